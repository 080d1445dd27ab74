import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { Evaluation } from '../evaluations/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal } from '../platform/index.js';
import { checkPolicies, POLICY, type Policy } from '../policy/index.js';
import { type ReleaseRequest, RequestCommands } from '../requests/index.js';
import { isWaived, refuseWaiver, Waiver, withoutRecused } from '../waivers/index.js';
import { refuseReason } from './decision.rules.js';
import { DecisionRecords } from './decision-records.js';

export interface WaiverInput {
  readonly checks: readonly string[];
  readonly reason: string;
  readonly expiresAt: Date;
}

@Injectable()
export class WaiversService {
  constructor(
    private readonly commands: RequestCommands,
    private readonly records: DecisionRecords,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** The request moves on when the second person has waived the last failed check. */
  waive(actor: Actor, id: string, input: WaiverInput): Promise<ReleaseRequest | Refusal> {
    return this.commands.carryOut(actor, id, {
      command: 'waive',
      details: { checks: input.checks, reason: input.reason, expiresAt: input.expiresAt.toISOString() },
      refuse: (manager, request) => this.refuse(manager, request, actor, input),
      apply: async (manager, request) => {
        const evaluation = await latestEvaluation(manager, request);
        if (!evaluation) return false;
        await this.save(manager, actor, evaluation, input);
        await this.records.keep(manager, actor, request, { command: 'waive', reason: input.reason });
        if (!request.waiverIds.includes(actor.id)) request.waiverIds = [...request.waiverIds, actor.id];
        const given = await manager.findBy(Waiver, { evaluationId: evaluation.id });
        const isEnough = isWaived(evaluation.checks, withoutRecused(given, request), this.clock.now());
        if (isEnough) request.checksOutcome = 'review';
        return isEnough;
      },
    });
  }

  private async refuse(
    manager: EntityManager,
    request: ReleaseRequest,
    actor: Actor,
    input: WaiverInput,
  ): Promise<Refusal | null> {
    const incomplete = refuseReason(input.reason);
    if (incomplete) return incomplete;
    const evaluation = await latestEvaluation(manager, request);
    if (!evaluation) return refusal('NOT_WAIVABLE', 'There are no checks to waive.');
    if (evaluation.policyHash !== this.policy.hash) {
      return refusal('STALE_POLICY', 'The policy has changed since the checks ran; they have to run again.');
    }
    const given = await manager.findBy(Waiver, { evaluationId: evaluation.id });
    return refuseWaiver(
      { personId: actor.id, checkNames: input.checks, expiresAt: input.expiresAt },
      {
        checks: evaluation.checks,
        policies: checkPolicies(this.policy, request.tier),
        given,
        now: this.clock.now(),
        waiverDaysMax: this.policy.lifecycle.waiverDaysMax,
      },
    );
  }

  private async save(
    manager: EntityManager,
    actor: Actor,
    { id: evaluationId, requestId }: Evaluation,
    { checks, reason, expiresAt }: WaiverInput,
  ): Promise<void> {
    const common = { requestId, evaluationId, personId: actor.id, reason: reason.trim(), expiresAt };
    const givenAt = this.clock.now();
    await manager.insert(
      Waiver,
      [...new Set(checks)].map((checkName) => ({ ...common, checkName, givenAt })),
    );
  }
}

function latestEvaluation(manager: EntityManager, request: ReleaseRequest): Promise<Evaluation | null> {
  return manager.findOne(Evaluation, {
    where: { requestId: request.id, candidateHash: request.candidateHash ?? '' },
    order: { evaluatedAt: 'DESC' },
  });
}
