import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RequestCommand } from '../requests/index.js';
import type { Agreement, EndorsementTexts, KeptEndorsement, Scores } from './decision.rules.js';

@InputType('ScoresInput')
@ObjectType('Scores', { description: '1 (poor) to 5 (good), as the evaluator judges the evidence.' })
export class ScoresType implements Scores {
  @Field(() => Int)
  readonly privacy!: number;

  @Field(() => Int)
  readonly quality!: number;

  @Field(() => Int)
  readonly utility!: number;

  @Field(() => Int)
  readonly bias!: number;
}

@ObjectType('Agreement')
export class AgreementType implements Agreement {
  @Field(() => String)
  readonly feasibility!: string;

  @Field(() => String)
  readonly impact!: string;
}

@InputType('EndorsementInput')
export class EndorsementInput implements EndorsementTexts {
  @Field(() => String, { description: 'Why the score for privacy is what it is.' })
  readonly privacy!: string;

  @Field(() => String)
  readonly quality!: string;

  @Field(() => String)
  readonly utility!: string;

  @Field(() => String)
  readonly bias!: string;

  @Field(() => String, { description: 'What the people who get the release have to know.' })
  readonly releaseNotes!: string;

  @Field(() => String, { description: 'What the data are not good for.' })
  readonly limitations!: string;

  @Field(() => String, {
    description: 'For information governance, one paragraph in plain text; `proposedSummary` is a start.',
  })
  readonly summary!: string;
}

@ObjectType('Endorsement', { description: 'What the evaluator stands by, in words.' })
export class EndorsementType implements KeptEndorsement {
  @Field(() => String)
  readonly privacy!: string;

  @Field(() => String)
  readonly quality!: string;

  @Field(() => String)
  readonly utility!: string;

  @Field(() => String)
  readonly bias!: string;

  @Field(() => String)
  readonly releaseNotes!: string;

  @Field(() => String)
  readonly limitations!: string;

  @Field(() => String)
  readonly summary!: string;

  @Field(() => String, { description: 'What the records gave at the time, before it was edited.' })
  readonly generatedSummary!: string;
}

/** One person's recorded verdict. It is never changed. */
@ObjectType()
@Entity('decision')
export class Decision {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  requestId!: string;

  @Field(() => Int)
  @Column('integer')
  revision!: number;

  @Field(() => Int)
  @Column('integer')
  attempt!: number;

  @Column('integer')
  reviewRound!: number;

  @Field(() => String)
  @Column('text')
  command!: RequestCommand;

  @Column('uuid')
  personId!: string;

  /** In whose stead; null: in the person's own right. */
  @Column('uuid', { nullable: true })
  onBehalfOfId!: string | null;

  @Column('uuid', { nullable: true })
  delegationId!: string | null;

  @Field(() => String, { nullable: true, description: 'The name of the person.' })
  decidedBy: string | null = null;

  @Field(() => String, {
    nullable: true,
    description: 'The name of the person in whose stead it was decided.',
  })
  asDelegateOf: string | null = null;

  @Field(() => String)
  @Column('text')
  reason!: string;

  @Field(() => ScoresType, { nullable: true })
  @Column('jsonb', { nullable: true })
  scores!: ScoresType | null;

  @Field(() => AgreementType, { nullable: true })
  @Column('jsonb', { nullable: true })
  agreement!: AgreementType | null;

  @Field(() => EndorsementType, { nullable: true })
  @Column('jsonb', { nullable: true })
  endorsement!: EndorsementType | null;

  /** Of the candidate the person judged. */
  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  candidateHash!: string | null;

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Field(() => Date)
  @Column('timestamptz')
  decidedAt!: Date;
}
