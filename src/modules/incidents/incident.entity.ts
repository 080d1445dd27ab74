import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import { type IncidentState, incidentStates, severities, type Severity } from './incident.state.js';

export const SeverityEnum = Object.fromEntries(severities.map((severity) => [severity, severity]));
const IncidentStateEnum = Object.fromEntries(incidentStates.map((state) => [state, state]));
registerEnumType(SeverityEnum, { name: 'Severity' });
registerEnumType(IncidentStateEnum, { name: 'IncidentState' });

/** A reported problem with a release, such as somebody who seems to be recognisable. */
@ObjectType()
@Entity('incident')
export class Incident {
  static readonly subject = 'Incident';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  requestId!: string;

  @Field(() => IncidentStateEnum)
  @Column('text')
  state!: IncidentState;

  @Field(() => SeverityEnum, { description: 'As reported, until whoever triages it says otherwise.' })
  @Column('text')
  severity!: Severity;

  @Field(() => SeverityEnum)
  @Column('text')
  reportedSeverity!: Severity;

  @Field(() => String)
  @Column('text')
  description!: string;

  @Column('uuid')
  reportedById!: string;

  @Column('uuid', { nullable: true })
  triagedById!: string | null;

  @Column('uuid', { nullable: true })
  dismissedById!: string | null;

  @Column('uuid', { nullable: true })
  confirmedById!: string | null;

  @Column('uuid', { nullable: true })
  closedById!: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  reportedAt!: Date;

  @Field(() => Date, {
    description: 'UK GDPR article 33: the regulator is told within 72 hours, where it has to be.',
  })
  @Column('timestamptz')
  regulatorDeadlineAt!: Date;

  @Field(() => String, { nullable: true, description: 'What was learnt; asked for when it is closed.' })
  @Column('text', { nullable: true })
  lessons!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What was changed in the policy because of it: an address, or the hash of the new policy.',
  })
  @Column('text', { nullable: true })
  policyChange!: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  changedAt!: Date;
}
