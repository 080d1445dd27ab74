import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Check, CheckStatus, CheckThreshold } from '../../evaluation/check.js';

export const CheckStatusEnum = { PASS: 'pass', REVIEW: 'review', FAIL: 'fail' } as const;
const DirectionEnum = { HIGHER: 'higher', LOWER: 'lower' } as const;
registerEnumType(CheckStatusEnum, { name: 'CheckStatus' });
registerEnumType(DirectionEnum, { name: 'Direction', description: 'Which way is better.' });

@ObjectType('CheckThreshold', {
  description: 'On the good side of `pass`: pass; on the bad side of `fail`: fail; between: review.',
})
export class CheckThresholdType implements CheckThreshold {
  @Field(() => Float)
  readonly pass!: number;

  @Field(() => Float)
  readonly fail!: number;

  @Field(() => String, { nullable: true, description: 'Why the limits are where they are.' })
  readonly reason?: string;
}

@ObjectType('Check')
export class CheckType implements Check {
  @Field(() => String)
  readonly name!: string;

  @Field(() => Float, {
    nullable: true,
    description: 'Null: it could not be computed, and counts as failed.',
  })
  readonly value!: number | null;

  @Field(() => DirectionEnum)
  readonly direction!: Check['direction'];

  @Field(() => CheckThresholdType)
  readonly threshold!: CheckThresholdType;

  @Field(() => CheckStatusEnum)
  readonly status!: CheckStatus;

  @Field(() => String)
  readonly explanation!: string;
}

/** All checks of one candidate under one policy. */
@ObjectType()
@Entity('evaluation')
export class Evaluation {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  requestId!: string;

  @Field(() => String)
  @Column('text')
  candidateHash!: string;

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Field(() => CheckStatusEnum, { description: 'The worst of the checks.' })
  @Column('text')
  outcome!: CheckStatus;

  @Field(() => [CheckType])
  @Column('jsonb')
  checks!: CheckType[];

  /** What happened meanwhile is not what the checks looked at. */
  @Column('timestamptz')
  begunAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  evaluatedAt!: Date;
}
