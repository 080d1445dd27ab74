import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Candidate } from '../generation/index.js';
import type { Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { refusePublication } from './release.rules.js';

/** Puts the question of publication to the records themselves. */
@Injectable()
export class PublicationGate {
  constructor(@Inject(POLICY) private readonly policy: Policy) {}

  async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    candidate: Candidate,
  ): Promise<Refusal | null> {
    return refusePublication({
      request,
      candidateHash: candidate.hash,
      storedOutcome: await this.storedOutcome(manager, candidate),
      recordedApprovers: await this.recordedApprovers(manager, request),
      approvalsNeeded: this.policy.approvals[request.tier],
      policyHash: this.policy.hash,
    });
  }

  private async storedOutcome(
    manager: EntityManager,
    { requestId, hash }: Candidate,
  ): Promise<string | null> {
    const [row] = await manager.query<{ outcome: string }[]>(
      `SELECT outcome FROM evaluation WHERE request_id = $1 AND candidate_hash = $2 AND policy_hash = $3
       ORDER BY evaluated_at DESC LIMIT 1`,
      [requestId, hash, this.policy.hash],
    );
    return row?.outcome ?? null;
  }

  private async recordedApprovers(manager: EntityManager, request: ReleaseRequest): Promise<number> {
    const [row] = await manager.query<{ approvers: string }[]>(
      `SELECT count(DISTINCT person_id) AS approvers FROM decision
       WHERE request_id = $1 AND review_round = $2 AND command = 'approve' AND candidate_hash = $3`,
      [request.id, request.reviewRound, request.candidateHash],
    );
    return Number(row?.approvers ?? 0);
  }
}
