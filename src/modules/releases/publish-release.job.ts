import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { frozenRefusal, isFrozen, refuseFrozen } from '../freeze/index.js';
import { Candidate } from '../generation/index.js';
import {
  ChangedBytesError,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  type ObjectReader,
  QUARANTINE,
  type Refusal,
  refusal,
  ReleaseRoot,
  Transactions,
} from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { folderOf } from './release-folder.js';
import { ReleasePublication } from './release-publication.js';

/** Copies an approved candidate to the release root, if it is still what was approved. */
@Injectable()
export class PublishReleaseJob implements JobHandler {
  readonly kind = 'publish';

  constructor(
    private readonly transactions: Transactions,
    private readonly publication: ReleasePublication,
    private readonly audit: AuditService,
    @Inject(QUARANTINE) private readonly quarantine: ObjectReader,
    private readonly releases: ReleaseRoot,
  ) {}

  async run({ job }: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: job.subjectId });
    if (request.state !== 'APPROVED') return () => Promise.resolve();
    const { id: requestId, attempt } = request;
    if (await isFrozen(reader)) return (manager) => this.leave(manager, requestId, frozenRefusal());
    const candidate = await reader.findOneByOrFail(Candidate, { requestId, attempt });
    const refused =
      (await this.publication.refuse(reader, request, candidate)) ?? (await this.copy(request, candidate));
    return refused
      ? (manager) => this.publication.turnBack(manager, requestId, refused)
      : (manager) => this.conclude(manager, requestId, candidate);
  }

  /** The request stays approved; an operator can ask for the publication again. */
  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await this.audit.record(manager, {
      actor: 'system',
      action: 'publish-request',
      subjectType: 'Request',
      subjectId: job.subjectId,
      details: { gaveUp: reason },
    });
  }

  private async conclude(manager: EntityManager, requestId: string, candidate: Candidate): Promise<void> {
    await lockRequest(manager, requestId);
    const frozen = await refuseFrozen(manager);
    if (frozen) await this.leave(manager, requestId, frozen);
    else await this.publication.conclude(manager, requestId, candidate);
  }

  /** A freeze says nothing of this candidate: the request stays approved, and is asked for again afterwards. */
  private async leave(manager: EntityManager, requestId: string, frozen: Refusal): Promise<void> {
    await this.audit.record(manager, {
      ...{ actor: 'system', action: 'publish-request', subjectType: 'Request', subjectId: requestId },
      refusal: frozen,
    });
  }

  private async copy(request: ReleaseRequest, candidate: Candidate): Promise<Refusal | null> {
    const isBound = candidate.files.some(
      ({ name, sha256 }) => name === 'manifest.json' && sha256 === candidate.hash,
    );
    if (!isBound)
      return refusal('CANDIDATE_CHANGED', 'The candidate does not hold the manifest that was approved.');
    try {
      await this.releases.publish(folderOf(request, candidate), candidate.files, this.quarantine);
      return null;
    } catch (error) {
      if (error instanceof ChangedBytesError) return refusal('CANDIDATE_CHANGED', error.message, error.file);
      throw error;
    }
  }
}

async function lockRequest(manager: EntityManager, id: string): Promise<void> {
  await manager.findOne(ReleaseRequest, { where: { id }, lock: { mode: 'pessimistic_write' } });
}
