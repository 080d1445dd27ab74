import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Candidate } from '../generation/index.js';
import { CLOCK, type Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest, RequestCommands, voidApprovals } from '../requests/index.js';
import { PublicationGate } from './publication-gate.js';
import { folderOf } from './release-folder.js';
import { Release } from './release.entity.js';

const msPerDay = 86_400_000;

/** The end of a publication: the release is there, or information governance is asked again. */
@Injectable()
export class ReleasePublication {
  constructor(
    private readonly gate: PublicationGate,
    private readonly commands: RequestCommands,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  refuse(manager: EntityManager, request: ReleaseRequest, candidate: Candidate): Promise<Refusal | null> {
    return this.gate.refuse(manager, request, candidate);
  }

  async conclude(manager: EntityManager, requestId: string, candidate: Candidate): Promise<void> {
    const late: Refusal[] = [];
    await this.commands.carryOutAsSystem(manager, requestId, {
      command: 'publish',
      details: { candidateHash: candidate.hash },
      apply: async (_, request) => {
        // Asked again under the lock: what was true while the files were copied may not be any longer.
        const refused = await this.gate.refuse(manager, request, candidate);
        if (refused) late.push(refused);
        if (refused) return false;
        await this.save(manager, request, candidate);
        return true;
      },
    });
    for (const refused of late) await this.turnBack(manager, requestId, refused);
  }

  /** What was approved is not what there is: the approvals are void and the reason is on record. */
  async turnBack(manager: EntityManager, requestId: string, refused: Refusal): Promise<void> {
    // First the request, then the chain: the order in which everything else takes its locks.
    await manager.findOne(ReleaseRequest, { where: { id: requestId }, lock: { mode: 'pessimistic_write' } });
    await this.audit.record(manager, {
      actor: 'system',
      action: 'publish-request',
      subjectType: 'Request',
      subjectId: requestId,
      refusal: refused,
    });
    await this.commands.carryOutAsSystem(manager, requestId, {
      command: 'stale',
      details: { code: refused.code },
      apply: (_, request) => {
        voidApprovals(request);
        request.reviewRound += 1;
        return Promise.resolve(true);
      },
    });
  }

  private async save(manager: EntityManager, request: ReleaseRequest, candidate: Candidate): Promise<void> {
    const publishedAt = this.clock.now();
    const days = this.policy.lifecycle.releaseDays[request.tier];
    await manager.insert(Release, {
      requestId: request.id,
      requesterId: request.requesterId,
      title: request.title,
      tier: request.tier,
      candidateHash: candidate.hash,
      folder: folderOf(request, candidate),
      files: candidate.files,
      publishedAt,
      expiresAt: new Date(publishedAt.getTime() + days * msPerDay),
      policyHash: this.policy.hash,
      mechanismId: request.mechanismId,
    });
    await this.supersedeParent(manager, request);
  }

  /** An amendment takes the place of what it amends; a parent that is suspended stays so. */
  private async supersedeParent(
    manager: EntityManager,
    { parentId, linkKind, id }: ReleaseRequest,
  ): Promise<void> {
    if (linkKind !== 'amendment' || parentId === null) return;
    await this.commands.carryOutAsSystem(manager, parentId, {
      command: 'supersede',
      details: { successor: id },
    });
  }
}
