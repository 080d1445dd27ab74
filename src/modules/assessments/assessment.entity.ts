import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { QuestionSet } from '../questions/index.js';
import {
  type Answer,
  type AssessmentContent,
  type FactGroup,
  type RiskJudgement,
} from './assessment-content.js';

const AssessmentStateEnum = { DRAFT: 'DRAFT', SIGNED: 'SIGNED' } as const;
registerEnumType(AssessmentStateEnum, { name: 'AssessmentState' });

@InputType('AnswerInput')
@ObjectType('Answer', { description: 'What a person wrote.' })
export class AnswerType implements Answer {
  @Field(() => String, { description: 'Id of the question, such as "processing.scope".' })
  readonly question!: string;

  @Field(() => String)
  readonly text!: string;
}

@InputType('RiskInput')
@ObjectType('Risk', { description: 'One risk as a person judges it, before and after the measures.' })
export class RiskType implements RiskJudgement {
  @Field(() => String, { description: 'Id of a risk of the question set, or a new name.' })
  readonly risk!: string;

  @Field(() => String, { description: 'What more there is to say of it; needed for a risk of your own.' })
  readonly description!: string;

  @Field(() => String)
  readonly likelihood!: string;

  @Field(() => String)
  readonly severity!: string;

  @Field(() => String)
  readonly measures!: string;

  @Field(() => String)
  readonly residualLikelihood!: string;

  @Field(() => String)
  readonly residualSeverity!: string;
}

/** A data protection impact assessment of one candidate, in one version. Signed, it never changes. */
@ObjectType()
@Entity('assessment')
export class Assessment {
  static readonly subject = 'Assessment';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  requestId!: string;

  @Column('integer')
  attempt!: number;

  @Field(() => String)
  @Column('text')
  candidateHash!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'The mechanism it speaks for as well; only for tiers whose mechanism is approved once.',
  })
  @Column('uuid', { nullable: true })
  mechanismId!: string | null;

  @Field(() => Int, { description: 'Of the assessments of its request.' })
  @Column('integer')
  version!: number;

  @Field(() => AssessmentStateEnum)
  @Column('text')
  state!: 'DRAFT' | 'SIGNED';

  @Column('jsonb')
  questionSet!: QuestionSet;

  @Column('text')
  questionSetHash!: string;

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Column('jsonb')
  facts!: FactGroup[];

  @Field(() => [AnswerType])
  @Column('jsonb')
  answers!: AnswerType[];

  @Field(() => [RiskType])
  @Column('jsonb')
  risks!: RiskType[];

  @Column('uuid')
  createdById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  changedAt!: Date;

  @Column('uuid', { nullable: true })
  signedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  signedAt!: Date | null;

  /** Of what was signed. */
  @Column('text', { nullable: true })
  signedHash!: string | null;

  /** The content of the columns alone; the class is not it. */
  get content(): AssessmentContent {
    const { version, requestId, attempt, candidateHash, mechanismId, policyHash } = this;
    const { questionSet, facts, answers, risks } = this;
    const about = { version, requestId, attempt, candidateHash, mechanismId, policyHash };
    return { ...about, questionSet, facts, answers, risks };
  }
}
