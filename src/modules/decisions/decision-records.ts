import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Actor, HeldDelegation } from '../identity/index.js';
import { CLOCK } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest, RequestCommand } from '../requests/index.js';
import { Decision } from './decision.entity.js';
import type { Scores } from './decision.rules.js';

export interface Given {
  readonly command: RequestCommand;
  readonly reason: string;
  readonly scores?: Scores | null;
  /** In whose stead; null or absent: in the person's own right. */
  readonly delegation?: HeldDelegation | null;
}

/** Keeps who decided what, about which candidate, under which policy. */
@Injectable()
export class DecisionRecords {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async keep(manager: EntityManager, actor: Actor, request: ReleaseRequest, given: Given): Promise<void> {
    const { id: requestId, revision, attempt, reviewRound, candidateHash } = request;
    await manager.insert(Decision, {
      requestId,
      revision,
      attempt,
      reviewRound,
      command: given.command,
      personId: actor.id,
      onBehalfOfId: given.delegation?.delegatorId ?? null,
      delegationId: given.delegation?.delegationId ?? null,
      reason: given.reason.trim(),
      scores: given.scores ?? null,
      candidateHash,
      policyHash: this.policy.hash,
      decidedAt: this.clock.now(),
    });
  }
}
