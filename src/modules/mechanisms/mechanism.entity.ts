import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { DisclosureControl } from '../../core/profile/profile.js';
import type { Tier } from '../../generators/generator.js';
import { type MechanismState, mechanismStates } from './mechanism.state.js';
import { TierEnum, type UseCase, UseCaseEnum } from '../vocabulary/index.js';

const MechanismStateEnum = Object.fromEntries(mechanismStates.map((state) => [state, state]));
registerEnumType(MechanismStateEnum, { name: 'MechanismState' });

/** A generator with everything it is fed, pinned by hash. Only its approval changes: anything else is another one. */
@ObjectType()
@Entity('mechanism')
export class Mechanism {
  static readonly subject = 'Mechanism';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => String)
  @Column('text')
  hash!: string;

  @Field(() => String)
  @Column('text')
  generator!: string;

  @Field(() => String)
  @Column('text')
  generatorVersion!: string;

  @Field(() => TierEnum)
  @Column('text')
  tier!: Tier;

  @Column('jsonb')
  parameters!: object;

  @Field(() => ID, { nullable: true, description: 'Tier LOW: the signed profile it is given.' })
  @Column('uuid', { nullable: true })
  profileId!: string | null;

  @Field(() => ID, { nullable: true, description: 'Tier HIGH: the fitted model it is given.' })
  @Column('uuid', { nullable: true })
  modelId!: string | null;

  @Field(() => ID)
  @Column('uuid')
  sourceId!: string;

  @Field(() => String, {
    description: 'SHA-256 of what it is given: the public schema, the signed profile or the fitted model.',
  })
  @Column('text')
  inputHash!: string;

  @Column('jsonb')
  disclosureControl!: DisclosureControl;

  @Field(() => [UseCaseEnum])
  @Column('text', { array: true })
  permittedUses!: UseCase[];

  @Column('uuid')
  registeredById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  registeredAt!: Date;

  @Field(() => MechanismStateEnum)
  @Column('text')
  state!: MechanismState;

  @Column('uuid', { nullable: true })
  reviewedById!: string | null;

  @Column('uuid', { nullable: true })
  approvedById!: string | null;

  /** Who declared a conflict of interest; it is not taken back. */
  @Column('uuid', { array: true })
  recusedIds!: string[];

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  approvedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  reviewDueAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'The policy under which it was approved.' })
  @Column('text', { nullable: true })
  approvalPolicyHash!: string | null;

  @Field(() => String, { name: 'parameters', description: 'JSON.' })
  get parametersJson(): string {
    return JSON.stringify(this.parameters);
  }
}
