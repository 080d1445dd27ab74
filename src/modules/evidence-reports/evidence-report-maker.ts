import { Inject, Injectable } from '@nestjs/common';
import type { Report } from '../../evaluation/report/report.js';
import { CandidateChecks, Evaluation } from '../evaluations/index.js';
import { EvidenceService, plainSummary } from '../evidence/index.js';
import { Candidate } from '../generation/index.js';
import { FinalJobError, type JobContext, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { Source } from '../sources/index.js';
import { candidateReport } from './candidate-report.js';

/** Holds a candidate against its source and what the records say of it. */
@Injectable()
export class EvidenceReportMaker {
  constructor(
    private readonly transactions: Transactions,
    private readonly checks: CandidateChecks,
    private readonly evidence: EvidenceService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** @throws {FinalJobError} when the candidate that was evaluated is no longer that of the request */
  async make({ requestId, candidateHash, checks }: Evaluation, context: JobContext): Promise<Report> {
    const { reader } = this.transactions;
    const request = await reader.findOneByOrFail(ReleaseRequest, { id: requestId });
    const { attempt, sourceId } = request;
    const candidate = await reader.findOneBy(Candidate, { requestId, attempt, hash: candidateHash });
    const facts = await this.evidence.gather(reader, request);
    if (!candidate || !facts || request.candidateHash !== candidateHash)
      throw new FinalJobError('The request has another candidate by now, or none.');
    const source = await reader.findOneByOrFail(Source, { id: sourceId });
    return this.checks.withCompared({ request, candidate, source }, context, (compared) =>
      candidateReport({
        ...{ compared, checks, policy: this.policy, summary: plainSummary(facts) },
        hashes: { source: source.contentHash, candidate: candidateHash },
        signal: context.signal,
        onProgress: context.progress,
      }),
    );
  }
}
