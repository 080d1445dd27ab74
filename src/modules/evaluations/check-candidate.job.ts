import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import type { Check } from '../../evaluation/check.js';
import { Candidate } from '../generation/index.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest, RequestCommands } from '../requests/index.js';
import { CandidateComparison } from './candidate-comparison.js';
import { Evaluation } from './evaluation.entity.js';
import { checksThatDidNotRun, outcomeOf } from './outcome.rules.js';

/** Runs every check of the tier's policy on a candidate. What does not run is a fail. */
@Injectable()
export class CheckCandidateJob implements JobHandler {
  readonly kind = 'check';

  constructor(
    private readonly transactions: Transactions,
    private readonly commands: RequestCommands,
    private readonly comparison: CandidateComparison,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: context.job.subjectId });
    if (request.state !== 'CHECKING') return () => Promise.resolve();
    const { id: requestId, attempt } = request;
    const candidate = await reader.findOneByOrFail(Candidate, { requestId, attempt });
    const checks = await this.comparison.check(request, candidate, context);
    return (manager) => this.conclude(manager, requestId, checks);
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    const request = await manager.findOneByOrFail(ReleaseRequest, { id: job.subjectId });
    const demanded = Object.keys(this.policy.thresholds[request.tier]?.checks ?? {});
    await this.conclude(manager, job.subjectId, checksThatDidNotRun(demanded, reason));
  }

  private async conclude(manager: EntityManager, requestId: string, checks: readonly Check[]): Promise<void> {
    const outcome = outcomeOf(checks);
    const failed = checks.filter(({ status }) => status === 'fail').map(({ name }) => name);
    await this.commands.carryOutAsSystem(manager, requestId, {
      command: outcome === 'fail' ? 'checks-failed' : 'checks-complete',
      details: { outcome, failed, policyHash: this.policy.hash },
      apply: async (_, request) => {
        await manager.insert(Evaluation, {
          requestId,
          candidateHash: request.candidateHash ?? '',
          policyHash: this.policy.hash,
          outcome,
          checks: checks.map((check) => ({ ...check })),
          evaluatedAt: this.clock.now(),
        });
        request.checksOutcome = outcome;
        request.checksPolicyHash = this.policy.hash;
        return true;
      },
    });
  }
}
