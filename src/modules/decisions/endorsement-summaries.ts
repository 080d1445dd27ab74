import { Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import { groupBy } from '../../core/collections/group-by.js';
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

  /** Every endorsement of each request, the latest first. */
  async made(
    manager: EntityManager,
    requestIds: readonly string[],
  ): Promise<ReadonlyMap<string, Decision[]>> {
    const where = { requestId: In(requestIds), command: 'endorse' as const };
    const all = await manager.find(Decision, { where, order: { decidedAt: 'DESC' } });
    return groupBy(all, ({ requestId }) => requestId);
  }

  /** The one of these that stands: of this candidate, and not taken back by a query. */
  standing(made: readonly Decision[], request: ReleaseRequest): Decision | null {
    const { attempt, candidateHash, evaluatorId } = request;
    if (candidateHash === null || evaluatorId === null) return null;
    const stands = (one: Decision): boolean =>
      one.attempt === attempt && one.candidateHash === candidateHash && one.personId === evaluatorId;
    return made.find(stands) ?? null;
  }
}
