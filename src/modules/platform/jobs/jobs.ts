import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { In } from 'typeorm';
import type { Clock } from '../../../core/time/clock.js';
import { CLOCK } from '../tokens.js';
import { Job, type JobKind } from './job.entity.js';

const unfinished = In(['PENDING', 'QUEUED', 'RUNNING']);

/** On whose behalf work is done. */
export type AskedBy = { readonly id: string } | 'system';

/** The outbox: work is asked for and cancelled here, always inside the caller's transaction. */
@Injectable()
export class Jobs {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  async enqueue(manager: EntityManager, kind: JobKind, subjectId: string, askedBy: AskedBy): Promise<void> {
    await manager.insert(Job, this.pending(kind, subjectId, askedBy));
  }

  /** Work of the system's own. */
  async enqueueAll(manager: EntityManager, kind: JobKind, subjectIds: readonly string[]): Promise<void> {
    await manager.insert(
      Job,
      subjectIds.map((subjectId) => this.pending(kind, subjectId, 'system')),
    );
  }

  /** For work that looks at what there is when it runs: what is under way already does for both. */
  async enqueueUnlessUnderWay(
    manager: EntityManager,
    kind: JobKind,
    subjectId: string,
    askedBy: AskedBy,
  ): Promise<void> {
    const job = this.pending(kind, subjectId, askedBy);
    const insert = manager.createQueryBuilder().insert().into(Job).values(job);
    await insert.orIgnore().execute();
  }

  /** False when the subject has no unfinished work. The worker stops within a second and puts the subject back. */
  async requestCancel(manager: EntityManager, subjectId: string): Promise<boolean> {
    const found = await manager.update(
      Job,
      { subjectId, state: unfinished },
      { cancelRequestedAt: this.clock.now() },
    );
    return (found.affected ?? 0) > 0;
  }

  /** The latest of each subject that has one. */
  async latestForAll(manager: EntityManager, subjectIds: readonly string[]): Promise<Map<string, Job>> {
    const latest = await manager
      .createQueryBuilder(Job, 'job')
      .distinctOn(['job.subject_id'])
      .where({ subjectId: In(subjectIds) })
      .orderBy('job.subject_id')
      .addOrderBy('job.created_at', 'DESC')
      .getMany();
    return new Map(latest.map((job) => [job.subjectId, job]));
  }

  latestFor(manager: EntityManager, subjectId: string): Promise<Job | null> {
    return manager.findOne(Job, { where: { subjectId }, order: { createdAt: 'DESC' } });
  }

  private pending(kind: JobKind, subjectId: string, askedBy: AskedBy): Partial<Job> {
    const now = this.clock.now();
    return {
      kind,
      subjectId,
      askedById: askedBy === 'system' ? null : askedBy.id,
      state: 'PENDING',
      progress: 0,
      starts: 0,
      failures: 0,
      createdAt: now,
      touchedAt: now,
    };
  }
}
