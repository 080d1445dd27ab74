import { Injectable } from '@nestjs/common';
import type { Check } from '../../evaluation/check.js';
import type { EvaluationContext } from '../../evaluation/evaluation-context.js';
import type { Candidate } from '../generation/index.js';
import { type JobContext, Transactions } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { Source } from '../sources/index.js';
import { CandidateComparison, type CandidateUnderCheck } from './candidate-comparison.js';
import { CandidateFiles } from './candidate-files.js';
import { LivesChecks } from './lives-checks.js';

/** The checks of a candidate, by what it was made from. */
@Injectable()
export class CandidateChecks {
  constructor(
    private readonly transactions: Transactions,
    private readonly files: CandidateFiles,
    private readonly comparison: CandidateComparison,
    private readonly lives: LivesChecks,
  ) {}

  /** @throws {FinalJobError} when the candidate in quarantine is not the one that was generated */
  async run(request: ReleaseRequest, candidate: Candidate, context: JobContext): Promise<Check[]> {
    const found = await this.files.open(candidate);
    const source = await this.transactions.reader.findOneByOrFail(Source, { id: request.sourceId });
    return source.kind === 'RULES'
      ? this.lives.check(request, found, context)
      : this.comparison.check({ request, candidate, source, found }, context);
  }

  /**
   * Other work on a candidate and what it may be compared with; null where it was made from no extract.
   * @throws {FinalJobError} when the candidate in quarantine is not the one that was generated
   */
  async withCompared<Result>(
    under: Omit<CandidateUnderCheck, 'found'>,
    context: JobContext,
    work: (compared: EvaluationContext | null) => Promise<Result>,
  ): Promise<Result> {
    if (under.source.kind === 'RULES') return work(null);
    const found = await this.files.open(under.candidate);
    return this.comparison.withContext({ ...under, found }, context, work);
  }
}
