import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { Lane } from '../queue/queue-backend.js';

const jobKinds = [
  'inspect',
  'profile',
  'fit',
  'generate',
  'check',
  'report',
  'publish',
  'deliver',
  'destroy',
  'notify',
  'refer',
  'remind',
] as const;
export type JobKind = (typeof jobKinds)[number];

const letterKinds: readonly JobKind[] = ['notify', 'refer', 'remind'];

/** Where a job waits for a place. */
export const laneOf = (kind: JobKind): Lane => (letterKinds.includes(kind) ? 'letters' : 'work');

const jobStates = ['PENDING', 'QUEUED', 'RUNNING', 'DONE', 'FAILED', 'CANCELLED'] as const;
export type JobState = (typeof jobStates)[number];

const JobKindEnum = Object.fromEntries(jobKinds.map((kind) => [kind, kind]));
const JobStateEnum = Object.fromEntries(jobStates.map((state) => [state, state]));
registerEnumType(JobKindEnum, { name: 'JobKind' });
registerEnumType(JobStateEnum, { name: 'JobState' });

/**
 * Work to be done, written in the transaction that made it necessary (the outbox), sent to the queue by the
 * dispatcher, and finished in the transaction that holds its result: so it takes effect once, whatever crashes.
 */
@ObjectType()
@Entity('job')
export class Job {
  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Field(() => JobKindEnum)
  @Column('text')
  kind!: JobKind;

  /** The upload, profile, request, evaluation, delivery, access grant or notification the work is for. */
  @Column('uuid')
  subjectId!: string;

  /** Who asked for it; null: the system, such as the clock. */
  @Column('uuid', { nullable: true })
  askedById!: string | null;

  @Field(() => JobStateEnum)
  @Column('text')
  state!: JobState;

  @Field(() => Float, { description: 'Share done, 0 to 1.' })
  @Column('double precision')
  progress!: number;

  @Field(() => Int, { description: 'How often work on it began; more than one after a crash or an error.' })
  @Column('integer')
  starts!: number;

  @Column('integer')
  failures!: number;

  @Field(() => String, { nullable: true, description: 'Why it failed or was cancelled.' })
  @Column('text', { nullable: true })
  reason!: string | null;

  @Column('timestamptz', { nullable: true })
  cancelRequestedAt!: Date | null;

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  /** Last sign of life: dispatched, started or progressed. */
  @Column('timestamptz')
  touchedAt!: Date;

  @Field(() => Date, { nullable: true })
  @Column('timestamptz', { nullable: true })
  finishedAt!: Date | null;
}
