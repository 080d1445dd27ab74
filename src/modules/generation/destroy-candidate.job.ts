import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  type ObjectStore,
  QUARANTINE,
  ReleaseRoot,
} from '../platform/index.js';
import type { PackageFile } from './candidate.entity.js';
import { leftoverSql, lockForDestroying } from './leftovers.js';

interface Leftover {
  readonly attempt: number;
  readonly hash: string;
  readonly files: readonly PackageFile[];
}

/**
 * Destroys what a request has left in quarantine and, once it was recalled, below the release root: the chain of custody
 * ends with it on record. Hashes, checks and decisions stay.
 */
@Injectable()
export class DestroyCandidateJob implements JobHandler {
  readonly kind = 'destroy';

  constructor(
    private readonly audit: AuditService,
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
    private readonly releases: ReleaseRoot,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  run({ job }: JobContext): Promise<CommitResult> {
    return Promise.resolve((manager) => this.destroy(manager, job));
  }

  giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    return this.record(manager, job, { gaveUp: reason });
  }

  /** Under the lock: a candidate that comes to need the same bytes finds them gone, or is seen to need them. */
  private async destroy(manager: EntityManager, job: Job): Promise<void> {
    await lockForDestroying(manager);
    const left = await leftoversOf(manager, job.subjectId);
    if (left.length === 0) return;
    const keys = [...new Set(left.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))];
    const kept = await neededElsewhere(manager, job.subjectId, keys);
    const destroyed = keys.filter((key) => !kept.has(key));
    for (const key of destroyed) await this.quarantine.destroy(key);
    const folders = await foldersOf(manager, job.subjectId, left);
    for (const folder of folders) await this.releases.destroy(folder);
    await manager.query(
      'UPDATE candidate SET destroyed_at = $3 WHERE request_id = $1 AND attempt = ANY ($2)',
      [job.subjectId, left.map(({ attempt }) => attempt), this.clock.now()],
    );
    const candidates = left.map(({ hash }) => hash);
    await this.record(manager, job, { candidates, destroyed, kept: [...kept], folders });
  }

  private record(manager: EntityManager, job: Job, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'destroy-candidate',
      subjectType: 'Request',
      subjectId: job.subjectId,
      details,
    });
  }
}

function leftoversOf(manager: EntityManager, requestId: string): Promise<Leftover[]> {
  return manager.query<Leftover[]>(
    `SELECT candidate.attempt, candidate.hash, candidate.files
     FROM candidate JOIN request ON request.id = candidate.request_id
     WHERE candidate.request_id = $1 AND ${leftoverSql} ORDER BY candidate.attempt`,
    [requestId],
  );
}

/** Equal bytes are one object, of another request or another attempt. Whoever is destroyed last takes it along. */
async function neededElsewhere(
  manager: EntityManager,
  requestId: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await manager.query<{ sha256: string }[]>(
    `SELECT DISTINCT file ->> 'sha256' AS sha256
     FROM candidate JOIN request ON request.id = candidate.request_id, jsonb_array_elements(files) AS file
     WHERE candidate.destroyed_at IS NULL AND NOT (candidate.request_id = $1 AND ${leftoverSql})
       AND file ->> 'sha256' = ANY ($2)`,
    [requestId, keys],
  );
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Of the release, where the attempt it was made from is among what is left. */
async function foldersOf(
  manager: EntityManager,
  requestId: string,
  left: readonly Leftover[],
): Promise<string[]> {
  const rows = await manager.query<{ folder: string }[]>(
    `SELECT folder FROM release JOIN request ON request.id = release.request_id
     WHERE request.id = $1 AND request.attempt = ANY ($2)`,
    [requestId, left.map(({ attempt }) => attempt)],
  );
  return rows.map(({ folder }) => folder);
}
