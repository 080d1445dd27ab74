import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import {
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  type ObjectStore,
  QUARANTINE,
  Transactions,
} from '../platform/index.js';
import { Candidate } from './candidate.entity.js';

/** Destroys what a closed request left in quarantine: the chain of custody ends with it on record. */
@Injectable()
export class DestroyCandidateJob implements JobHandler {
  readonly kind = 'destroy';

  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(QUARANTINE) private readonly quarantine: ObjectStore,
  ) {}

  async run({ job }: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const own = await reader.findBy(Candidate, { requestId: job.subjectId });
    const keys = [...new Set(own.flatMap(({ files }) => files.map(({ sha256 }) => sha256)))];
    const kept = await this.neededElsewhere(reader, job.subjectId, keys);
    const destroyed = keys.filter((key) => !kept.has(key));
    for (const key of destroyed) await this.quarantine.destroy(key);
    return (manager) => this.record(manager, job, { destroyed, kept: [...kept] });
  }

  giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    return this.record(manager, job, { gaveUp: reason });
  }

  /** Equal bytes are one object: the same mechanism and seed in another, open request. */
  private async neededElsewhere(
    reader: EntityManager,
    requestId: string,
    keys: readonly string[],
  ): Promise<Set<string>> {
    const rows = await reader.query<{ sha256: string }[]>(
      `SELECT DISTINCT file ->> 'sha256' AS sha256
       FROM candidate JOIN request ON request.id = candidate.request_id, jsonb_array_elements(files) AS file
       WHERE candidate.request_id <> $1 AND request.state NOT IN ('WITHDRAWN', 'REJECTED')
         AND file ->> 'sha256' = ANY ($2)`,
      [requestId, keys],
    );
    return new Set(rows.map(({ sha256 }) => sha256));
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
