import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import type { Check } from '../../evaluation/check.js';
import { runChecks } from '../../evaluation/evaluate.js';
import { recordMeasures } from '../../evaluation/records/measures.js';
import { CLOCK, type JobContext, type Logger, LOGGER } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { CandidateFiles, type CandidatePackage } from './candidate-files.js';
import { LivesFormats } from './lives-formats.js';

/** Looks at simulated lives. There is nothing real to hold them against: they have to be possible, and whole. */
@Injectable()
export class LivesChecks {
  constructor(
    private readonly files: CandidateFiles,
    private readonly formats: LivesFormats,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async check(request: ReleaseRequest, found: CandidatePackage, context: JobContext): Promise<Check[]> {
    const today = this.clock.now().toISOString().slice(0, 10);
    const run = {
      personsRequested: request.rows,
      package: found,
      records: () => this.files.recordsOf(found),
      formats: await this.formats.readersOf(found, context, today),
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
