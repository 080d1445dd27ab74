import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { AccessDeclarations } from './application.rules.js';
import {
  type DeclineReason,
  declineReasons,
  type GrantFacts,
  type SuspensionCause,
  suspensionCauses,
} from './grant.rules.js';
import { type GrantState, grantStates } from './grant.state.js';

const enumOf = (values: readonly string[]): Record<string, string> =>
  Object.fromEntries(values.map((value) => [value, value]));
const GrantStateEnum = enumOf(grantStates);
const DeclineReasonEnum = enumOf(declineReasons);
const SuspensionCauseEnum = enumOf(suspensionCauses);
registerEnumType(GrantStateEnum, { name: 'AccessGrantState' });
registerEnumType(DeclineReasonEnum, { name: 'DeclineReason' });
registerEnumType(SuspensionCauseEnum, { name: 'SuspensionCause' });

@InputType('AccessDeclarationsInput')
@ObjectType('AccessDeclarations')
export class AccessDeclarationsType implements AccessDeclarations {
  @Field(() => Boolean, { description: 'The use is lawful.' })
  readonly lawful!: boolean;

  @Field(() => Boolean, { description: 'The use is not commercial.' })
  readonly nonCommercial!: boolean;

  @Field(() => Boolean, { description: 'The purpose is scientific research or education, and no other.' })
  readonly researchOrEducation!: boolean;

  @Field(() => Boolean, { description: 'Nobody will try to identify a person from the data.' })
  readonly noReIdentification!: boolean;
}

/** One person's access to a HIGH release: from the application to the note at its end. */
@ObjectType()
@Entity('access_grant')
export class AccessGrant implements GrantFacts {
  static readonly subject = 'AccessGrant';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  releaseId!: string;

  @Field(() => ID)
  @Column('uuid')
  personId!: string;

  @Field(() => GrantStateEnum)
  @Column('text')
  state!: GrantState;

  @Field(() => Date)
  @Column('timestamptz')
  appliedAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  changedAt!: Date;

  /** Of the policy at the application, then of the one at the decision. */
  @Column('text')
  policyHash!: string;

  @Field(() => String)
  @Column('text')
  institution!: string;

  @Field(() => String)
  @Column('text')
  institutionalEmail!: string;

  @Field(() => String)
  @Column('text')
  intendedUse!: string;

  @Field(() => AccessDeclarationsType)
  @Column('jsonb')
  declarations!: AccessDeclarationsType;

  @Field(() => [String], { description: 'Colleagues on the same work; each needs a grant of their own.' })
  @Column('text', { array: true })
  teamEmails!: string[];

  @Column('uuid')
  trainingId!: string;

  @Field(() => String, { description: 'The terms that were accepted with the application.' })
  @Column('text')
  licenceVersion!: string;

  @Field(() => String)
  @Column('text')
  licenceHash!: string;

  @Field(() => String)
  @Column('text')
  refereeName!: string;

  @Field(() => String)
  @Column('text')
  refereeEmail!: string;

  @Column('integer')
  refereeMails!: number;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  refereeMailedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  refereeAnsweredAt!: Date | null;

  @Column('text', { nullable: true })
  refereeStatement!: string | null;

  @Field(() => DeclineReasonEnum, { nullable: true })
  @Column('text', { nullable: true })
  declineReason!: DeclineReason | null;

  @Column('uuid', { nullable: true })
  decidedById!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  decidedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was decided so, in words.' })
  @Column('text', { nullable: true })
  decisionNote!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  startsAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  endsAt!: Date | null;

  /** Null when the system suspended. */
  @Column('uuid', { nullable: true })
  suspendedById!: string | null;

  @Field(() => SuspensionCauseEnum, { nullable: true })
  @Column('text', { nullable: true })
  suspensionCause!: SuspensionCause | null;

  @Column('timestamptz', { nullable: true })
  endNoticedAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  endedAt!: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Of the note on the use and the destruction of the files.',
  })
  @Column('timestamptz', { nullable: true })
  noteDueAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  noteRemindedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'What the data were used for.' })
  @Column('text', { nullable: true })
  endNote!: string | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  endNoteAt!: Date | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  destructionConfirmedAt!: Date | null;
}
