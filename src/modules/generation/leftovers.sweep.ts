import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Jobs, type Sweep, sweepBatch } from '../platform/index.js';
import { leftoverSql } from './leftovers.js';

/** Has destroyed what nothing needs any more, whatever the way by which it came to be left. */
@Injectable()
export class DestroyLeftovers implements Sweep {
  readonly name = 'destroy-leftovers';

  constructor(private readonly jobs: Jobs) {}

  /** Work that is under way may still read the bytes; what could not be destroyed is tried again after an hour. */
  async run(manager: EntityManager, now: Date): Promise<number> {
    const due = await manager.query<{ id: string }[]>(
      `SELECT DISTINCT request.id FROM candidate JOIN request ON request.id = candidate.request_id
       WHERE ${leftoverSql} AND NOT EXISTS (
         SELECT FROM job WHERE job.subject_id = request.id AND (
           job.state IN ('PENDING', 'QUEUED', 'RUNNING')
           OR (job.kind = 'destroy' AND job.state = 'FAILED' AND job.finished_at > $1::timestamptz - interval '1 hour')))
       ORDER BY request.id LIMIT $2`,
      [now, sweepBatch],
    );
    for (const { id } of due) await this.jobs.enqueueUnlessUnderWay(manager, 'destroy', id, 'system');
    return due.length;
  }
}
