import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { RequestCommand } from '../requests/index.js';
import type { Scores } from './decision.rules.js';

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
