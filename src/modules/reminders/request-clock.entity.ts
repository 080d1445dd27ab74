import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PausedVisit, RequestClock as Clock } from './request-clock.rules.js';

/** How long a request has been in its state, and when its people are reminded. */
@Entity('request_clock')
export class RequestClock implements Clock {
  @PrimaryColumn('uuid')
  requestId!: string;

  @Column('text')
  state!: string;

  @Column('bigint')
  visit!: string;

  @Column('timestamptz')
  enteredAt!: Date;

  @Column('double precision')
  usedMs!: number;

  @Column('timestamptz', { nullable: true })
  remindAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  overdueAt!: Date | null;

  @Column('jsonb', { nullable: true })
  paused!: PausedVisit | null;
}
