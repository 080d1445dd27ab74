import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { NotificationFacts, NotificationTopic } from './notification-texts.rules.js';

type Channel = 'inbox' | 'email' | 'webhook';

/** `WITHHELD`: the addressee may no longer be told. `FAILED`: a dead letter. */
type NotificationState = 'PENDING' | 'SENT' | 'WITHHELD' | 'FAILED';

/** What one event means for one person or webhook on one channel; written in the transaction of the event. */
@Entity('notification')
export class Notification {
  /** Goes along with every delivery, so that whoever gets it twice can tell. */
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('bigint')
  eventSequence!: string;

  @Column('uuid', { nullable: true })
  personId!: string | null;

  @Column('uuid', { nullable: true })
  webhookId!: string | null;

  @Column('text')
  channel!: Channel;

  @Column('text')
  topic!: NotificationTopic | typeof webhookTopic;

  @Column('text')
  subjectType!: string;

  @Column('uuid')
  subjectId!: string;

  @Column('jsonb')
  facts!: KeptFacts;

  @Column('text')
  state!: NotificationState;

  @Column('integer')
  attempts!: number;

  @Column('timestamptz', { nullable: true })
  nextAttemptAt!: Date | null;

  /** Why the last delivery failed, in our words. */
  @Column('text', { nullable: true })
  problem!: string | null;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  readAt!: Date | null;
}

/** What every webhook is told of. */
export const webhookTopic = 'request.changed';

interface KeptFacts extends NotificationFacts {
  /** They have files of the release: told whatever they may read. */
  readonly holdsFiles: boolean;
  /** Of a state change. */
  readonly from: string | null;
  readonly to: string | null;
}
