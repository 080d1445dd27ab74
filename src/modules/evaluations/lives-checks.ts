import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { Inject, Injectable } from '@nestjs/common';
import type { PatientRecord } from '../../core/events/patient-record.js';
import type { Check } from '../../evaluation/check.js';
import { runChecks } from '../../evaluation/evaluate.js';
import { recordMeasures } from '../../evaluation/records/measures.js';
import { type JobContext, type Logger, LOGGER, type ObjectReader, QUARANTINE } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import type { CandidatePackage } from './candidate-files.js';

/** Looks at simulated lives. There is nothing real to hold them against: they have to be possible, and whole. */
@Injectable()
export class LivesChecks {
  constructor(
    @Inject(QUARANTINE) private readonly quarantine: ObjectReader,
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(LOGGER) private readonly logger: Logger,
  ) {}

  async check(request: ReleaseRequest, found: CandidatePackage, context: JobContext): Promise<Check[]> {
    const path = await this.quarantine.localPath(found.data.sha256);
    const run = {
      personsRequested: request.rows,
      package: found,
      records: () => readRecords(path),
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

async function* readRecords(path: string): AsyncGenerator<PatientRecord> {
  const lines = createInterface({ input: createReadStream(path, 'utf8'), crlfDelay: Infinity });
  for await (const line of lines) yield JSON.parse(line) as PatientRecord;
}
