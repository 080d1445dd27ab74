import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Jobs, type Sweep, sweepBatch } from '../platform/index.js';

/** Deliveries that failed are tried again when their pause is over. */
@Injectable()
export class RetryNotifications implements Sweep {
  readonly name = 'retry-notifications';

  constructor(private readonly jobs: Jobs) {}

  async run(manager: EntityManager, now: Date): Promise<number> {
    const [due] = await manager.query<[{ id: string }[], number]>(
      `UPDATE notification SET next_attempt_at = NULL WHERE id IN (
         SELECT id FROM notification WHERE state = 'PENDING' AND next_attempt_at <= $1
         ORDER BY next_attempt_at LIMIT $2 FOR UPDATE SKIP LOCKED)
       RETURNING id`,
      [now, sweepBatch],
    );
    const ids = due.map(({ id }) => id);
    if (ids.length > 0) await this.jobs.enqueueAll(manager, 'notify', ids);
    return ids.length;
  }
}
