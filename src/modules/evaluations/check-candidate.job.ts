import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
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
import { declaredOf, ReleaseRequest } from '../requests/index.js';
import { Source } from '../sources/index.js';
import { CandidateChecks } from './candidate-checks.js';
import { EvaluationConclusion } from './evaluation-conclusion.js';
import { namesDemanded } from './demanded-checks.js';
import { checksThatDidNotRun } from './outcome.rules.js';

/** A published or suspended release is checked as it stands: a re-audit, which is no state of its own. */
const checkable: readonly string[] = ['CHECKING', 'PUBLISHED', 'SUSPENDED'];

/** Runs every check of the tier's policy on a candidate. What does not run is a fail. */
@Injectable()
export class CheckCandidateJob implements JobHandler {
  readonly kind = 'check';

  constructor(
    private readonly transactions: Transactions,
    private readonly checks: CandidateChecks,
    private readonly conclusion: EvaluationConclusion,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const begunAt = this.clock.now();
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: context.job.subjectId });
    if (!checkable.includes(request.state)) return () => Promise.resolve();
    const { id: requestId, attempt } = request;
    const candidate = await reader.findOneByOrFail(Candidate, { requestId, attempt });
    const checks = await this.checks.run(request, candidate, context);
    return (manager) => this.conclusion.conclude(manager, requestId, { checks, begunAt });
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    const request = await manager.findOneByOrFail(ReleaseRequest, { id: job.subjectId });
    const { kind } = await manager.findOneByOrFail(Source, { id: request.sourceId });
    const { rules, thresholds } = this.policy;
    const ofTier = thresholds[request.tier] ?? { checks: {}, declaredChecks: {} };
    const demanded =
      kind === 'RULES' ? Object.keys(rules.checks) : namesDemanded(ofTier, declaredOf(request.declaredUse));
    const checks = checksThatDidNotRun(demanded, reason);
    await this.conclusion.conclude(manager, job.subjectId, { checks, begunAt: job.createdAt });
  }
}
