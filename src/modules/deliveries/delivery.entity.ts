import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

const outcomes = ['DELIVERED', 'CONFLICTS', 'STOPPED', 'CANCELLED', 'FAILED'] as const;
export type DeliveryOutcome = (typeof outcomes)[number];
const OutcomeEnum = Object.fromEntries(outcomes.map((outcome) => [outcome, outcome]));
registerEnumType(OutcomeEnum, {
  name: 'DeliveryOutcome',
  description:
    'CONFLICTS: all but what the server has something else of. STOPPED: by the server, or because the release was.',
});

@ObjectType()
export class DeliveryConflict {
  @Field(() => String)
  readonly bundle!: string;

  @Field(() => [String], { description: 'Type/id of what the server has something else of.' })
  readonly urls!: readonly string[];
}

@ObjectType({ description: 'Of bundles; each is one transaction.' })
export class DeliveryCounts {
  @Field(() => Int, { description: 'In a dry run: that would be.' })
  readonly posted!: number;

  @Field(() => Int, { description: 'That the server had, the same, before.' })
  readonly unchanged!: number;

  @Field(() => Int)
  readonly inConflict!: number;

  @Field(() => [DeliveryConflict], { description: 'The first hundred, with twenty resources each.' })
  readonly conflicts!: readonly DeliveryConflict[];
}

/** That a release went, or was to go, to a FHIR server. */
@ObjectType()
@Entity('delivery')
export class Delivery {
  static readonly subject = 'Delivery';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => ID)
  @Column('uuid')
  releaseId!: string;

  @Field(() => String, { description: 'Its name in the settings.' })
  @Column('text')
  server!: string;

  @Field(() => String)
  @Column('text')
  baseUrl!: string;

  @Field(() => Boolean, { description: 'Only looks at what the server has.' })
  @Column('boolean')
  isDryRun!: boolean;

  @Field(() => ID)
  @Column('uuid')
  askedById!: string;

  @Field(() => Date)
  @Column('timestamptz')
  askedAt!: Date;

  @Field(() => OutcomeEnum, { nullable: true, description: 'Null while it is under way.' })
  @Column('text', { nullable: true })
  outcome!: DeliveryOutcome | null;

  @Field(() => String, { nullable: true, description: 'Why it did not come to its end.' })
  @Column('text', { nullable: true })
  reason!: string | null;

  @Field(() => DeliveryCounts, {
    nullable: true,
    description: 'Null while it is under way, and where the work was lost before it could be counted.',
  })
  @Column('jsonb', { nullable: true })
  counts!: DeliveryCounts | null;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
