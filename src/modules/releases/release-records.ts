import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { Decision } from '../decisions/index.js';
import { EvidenceService } from '../evidence/index.js';
import type { Candidate } from '../generation/index.js';
import { CLOCK } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { folderOf } from './release-folder.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { Release } from './release.entity.js';
import { msPerDay } from '../../core/time/units.js';

/** Writes down a release and what it rests on. */
@Injectable()
export class ReleaseRecords {
  constructor(
    private readonly evidence: EvidenceService,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async save(manager: EntityManager, request: ReleaseRequest, candidate: Candidate): Promise<void> {
    const publishedAt = this.clock.now();
    const days = this.policy.lifecycle.releaseDays[request.tier];
    const release = manager.create(Release, {
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
    await manager.save(release);
    await this.seal(manager, request, release);
  }

  private async seal(manager: EntityManager, request: ReleaseRequest, release: Release): Promise<void> {
    const content = canonicalJson(await this.contentOf(manager, request, release));
    const hash = sha256Hex(content);
    await manager.insert(ReleaseEvidence, { releaseId: release.id, content, hash });
    await this.audit.record(manager, {
      actor: 'system',
      action: 'seal-evidence',
      subjectType: 'Release',
      subjectId: release.id,
      details: { hash, assessment: request.assessment?.hash ?? null },
    });
  }

  /** Hashes, figures and words; no row, and nobody by name. */
  private async contentOf(
    manager: EntityManager,
    request: ReleaseRequest,
    { publishedAt, expiresAt }: Release,
  ): Promise<object> {
    const { reference, tier, reviewRound, candidateHash, checksPolicyHash, assessment } = request;
    const facts = await this.evidence.gather(manager, request);
    const decisions = await manager.find(Decision, {
      where: { requestId: request.id, reviewRound, candidateHash: candidateHash ?? '' },
      order: { decidedAt: 'ASC' },
    });
    const given = await manager.findOne(Decision, {
      where: { requestId: request.id, command: 'endorse', candidateHash: candidateHash ?? '' },
      order: { decidedAt: 'DESC' },
    });
    return {
      version: 1,
      ...{ reference, tier, candidateHash, assessment, publishedAt, expiresAt },
      policies: { checks: checksPolicyHash, publication: this.policy.hash },
      mechanism: facts?.mechanism ?? null,
      declaredUse: request.declaredUse,
      candidate: facts?.candidate ?? null,
      attempts: facts?.attempts ?? [],
      attemptsElsewhere: facts?.attemptsElsewhere ?? null,
      evaluation: facts?.evaluation ?? null,
      endorsement: given && {
        texts: given.endorsement,
        scores: given.scores,
        reason: given.reason,
        decidedAt: given.decidedAt,
      },
      approvals: decisions
        .filter(({ command }) => command === 'approve')
        .map(({ reason, policyHash, decidedAt }) => ({ reason, policyHash, decidedAt })),
      standingMechanismId: request.standingMechanismId,
      deeds: facts?.deeds ?? [],
    };
  }
}
