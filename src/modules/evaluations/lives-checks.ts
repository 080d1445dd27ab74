import { Inject, Injectable } from '@nestjs/common';
import type { Check } from '../../evaluation/check.js';
import { runChecks } from '../../evaluation/evaluate.js';
import { recordMeasures } from '../../evaluation/records/measures.js';
import { type JobContext, type Logger, LOGGER } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { CandidateFiles, type CandidatePackage } from './candidate-files.js';

/** Looks at simulated lives. There is nothing real to hold them against: they have to be possible, and whole. */
@Injectable()
export class LivesChecks {
  constructor(
    private readonly files: CandidateFiles,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  check(request: ReleaseRequest, found: CandidatePackage, context: JobContext): Promise<Check[]> {
    const run = {
      personsRequested: request.rows,
      package: found,
      records: () => this.files.recordsOf(found),
      signal: context.signal,
      onProgress: ({ done, total }: { done: number; total: number }) => {
        context.progress(done / total);
      },
      onCheckCrash: (check: string, error: unknown) => {
        this.logger.error(
          { check, error: error instanceof Error ? error.name : typeof error },
          'a check crashed',
        );
      },
    };
    return runChecks(run, this.policy.rules.checks, recordMeasures);
  }
}
