import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Profile } from '../../core/profile/profile.js';
import { StatisticDecisionType } from './added-statistic.type.js';
import type { StricterControl } from './stricter-control.rules.js';

export const profileStates = ['RUNNING', 'READY', 'SIGNED', 'FAILED'] as const;
const ProfileStateEnum = Object.fromEntries(profileStates.map((state) => [state, state]));
registerEnumType(ProfileStateEnum, { name: 'ProfileState' });

/** A profile and who answers for it. Signed: it may leave the real zone. */
@ObjectType('Profile')
@Entity('profile')
export class SourceProfile {
  static readonly subject = 'Profile';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  sourceId!: string;

  @Field(() => ProfileStateEnum)
  @Column('text')
  state!: (typeof profileStates)[number];

  @Field(() => String)
  @Column('text')
  policyHash!: string;

  @Column('jsonb', { nullable: true })
  content!: Profile | null;

  @Field(() => String, { nullable: true, description: 'SHA-256 of the content in canonical JSON.' })
  @Column('text', { nullable: true })
  hash!: string | null;

  @Field(() => String, { nullable: true })
  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('uuid')
  requestedById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  requestedAt!: Date;

  @Field(() => [StatisticDecisionType], { description: 'What its signer said of each statistic it added.' })
  @Column('jsonb')
  statistics!: StatisticDecisionType[];

  /** What it was asked to be stricter in than the policy. */
  @Column('jsonb')
  stricterControl!: StricterControl;

  /** Who declared a conflict of interest in it, or before in another profile of its source; it is not taken back. */
  @Column('uuid', { array: true })
  recusedIds!: string[];

  @Column('uuid', { nullable: true })
  signedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  signedAt!: Date | null;
}
