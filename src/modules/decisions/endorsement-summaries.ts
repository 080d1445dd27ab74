import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { EvidenceService, plainSummary } from '../evidence/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { Decision } from './decision.entity.js';

/** The paragraph for information governance: what the records give, and what an evaluator made of it. */
@Injectable()
export class EndorsementSummaries {
  constructor(private readonly evidence: EvidenceService) {}

  /** Null while there is no candidate that was checked. */
  async proposed(manager: EntityManager, request: ReleaseRequest): Promise<string | null> {
    const facts = await this.evidence.gather(manager, request);
    return facts && plainSummary(facts);
  }

  /** The endorsement that stands: of this candidate, and not taken back by a query. */
  standing(manager: EntityManager, request: ReleaseRequest): Promise<Decision | null> {
    const { id: requestId, attempt, candidateHash, evaluatorId } = request;
    if (candidateHash === null || evaluatorId === null) return Promise.resolve(null);
    return manager.findOne(Decision, {
      where: { requestId, attempt, candidateHash, command: 'endorse', personId: evaluatorId },
      order: { decidedAt: 'DESC' },
    });
  }
}
