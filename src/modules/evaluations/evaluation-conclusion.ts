import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Check, CheckStatus } from '../../evaluation/check.js';
import { AuditService } from '../audit/index.js';
import { CLOCK } from '../platform/index.js';
import { checkPolicies, POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest, RequestCommands, suspensionBySystem } from '../requests/index.js';
import { carryWaivers, isWaived } from '../waivers/index.js';
import { Evaluation } from './evaluation.entity.js';
import { outcomeOf } from './outcome.rules.js';
import { completeChecks } from './stored-checks.js';

/** Keeps an evaluation and moves its request accordingly. A check that is needed and missing counts as failed. */
@Injectable()
export class EvaluationConclusion {
  constructor(
    private readonly audit: AuditService,
    private readonly commands: RequestCommands,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async conclude(
    manager: EntityManager,
    requestId: string,
    { checks: ran, begunAt }: { readonly checks: readonly Check[]; readonly begunAt: Date },
  ): Promise<void> {
    const request = await manager.findOneByOrFail(ReleaseRequest, { id: requestId });
    const checks = await completeChecks(manager, this.policy, request, ran);
    const outcome = outcomeOf(checks);
    const failed = checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
    const { id: evaluationId } = await manager.save(
      manager.create(Evaluation, {
        requestId,
        candidateHash: request.candidateHash ?? '',
        policyHash: this.policy.hash,
        outcome,
        checks: checks.map((check) => ({ ...check })),
        begunAt,
        evaluatedAt: this.clock.now(),
      }),
    );
    const details = { outcome, failed, policyHash: this.policy.hash };
    if (request.state === 'CHECKING') await this.moveOn(manager, requestId, outcome, details);
    else await this.closeAudit(manager, request, { evaluationId, checks, details });
  }

  private async moveOn(
    manager: EntityManager,
    requestId: string,
    outcome: CheckStatus,
    details: object,
  ): Promise<void> {
    await this.commands.carryOutAsSystem(manager, requestId, {
      command: outcome === 'fail' ? 'checks-failed' : 'checks-complete',
      details,
      apply: (_, request) => {
        request.checksOutcome = outcome;
        request.checksPolicyHash = this.policy.hash;
        return Promise.resolve(true);
      },
    });
  }

  /** A release that fails its re-audit is stopped at once, unless people let the very checks pass and it still lasts. */
  private async closeAudit(manager: EntityManager, request: ReleaseRequest, run: Rerun): Promise<void> {
    const { evaluationId, checks, details } = run;
    const now = this.clock.now();
    const policies = checkPolicies(this.policy, request.tier);
    const waivers = await carryWaivers(manager, request, { evaluationId, checks, policies, now });
    await this.audit.record(manager, {
      actor: 'system',
      action: 're-audit-request',
      subjectType: 'Request',
      subjectId: request.id,
      details: {
        ...details,
        waivers: waivers.map(({ checkName: check, carriedFromId: id }) => ({ check, id })),
      },
    });
    if (outcomeOf(checks) !== 'fail' || isWaived(checks, waivers, now)) return;
    await this.commands.carryOutAsSystem(
      manager,
      request.id,
      suspensionBySystem('The re-audit failed.', now),
    );
  }
}

/** Checks of a release, kept and to be told of. */
interface Rerun {
  readonly evaluationId: string;
  readonly checks: readonly Check[];
  readonly details: object;
}
