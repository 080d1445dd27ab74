import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor, HeldDelegation } from '../identity/index.js';
import { CLOCK } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest, RequestCommand } from '../requests/index.js';
import { alikePeople } from './alike-people.js';
import { Decision } from './decision.entity.js';
import { EndorsementSummaries } from './endorsement-summaries.js';
import type { Agreement, EndorsementTexts, KeptEndorsement, Scores } from './decision.rules.js';

export interface Given {
  readonly command: RequestCommand;
  readonly reason: string;
  readonly scores?: Scores | null;
  /** In whose stead; null or absent: in the person's own right. */
  readonly delegation?: HeldDelegation | null;
  readonly agreement?: Agreement | null;
  readonly endorsement?: EndorsementTexts | null;
}

/** Keeps who decided what, about which candidate, under which policy. */
@Injectable()
export class DecisionRecords {
  constructor(
    private readonly summaries: EndorsementSummaries,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async keep(manager: EntityManager, actor: Actor, request: ReleaseRequest, given: Given): Promise<void> {
    await this.recordAlike(manager, actor, request);
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
      agreement: given.agreement ?? null,
      endorsement: await this.kept(manager, request, given.endorsement ?? null),
      candidateHash,
      policyHash: this.policy.hash,
      decidedAt: this.clock.now(),
    });
  }

  /** So that it is known what whoever decided could have seen: two accounts that may be one human's. */
  private async recordAlike(manager: EntityManager, actor: Actor, request: ReleaseRequest): Promise<void> {
    const found = await alikePeople(manager, request, actor.id);
    if (found.length === 0) return;
    const about = { subjectType: 'Request', subjectId: request.id, details: { found } };
    await this.audit.record(manager, { actor, action: 'find-alike-people', ...about });
  }

  /** The evaluator's words, and beside the summary what the records gave. */
  private async kept(
    manager: EntityManager,
    request: ReleaseRequest,
    endorsement: EndorsementTexts | null,
  ): Promise<KeptEndorsement | null> {
    if (!endorsement) return null;
    const generatedSummary = (await this.summaries.proposed(manager, request)) ?? '';
    return { ...endorsement, generatedSummary };
  }
}
