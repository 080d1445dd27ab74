import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import { Evaluation } from '../evaluations/index.js';
import type { Actor } from '../identity/index.js';
import { type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { EvidenceReport } from './evidence-report.entity.js';
import { refuseOutsider } from './judging.rules.js';

const notThere = refusal('NOT_FOUND', 'There is no report of this evaluation; it may have to be ordered.');

/** Who gets to read reports. */
@Injectable()
export class EvidenceReportReading {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
  ) {}

  /** Null while there is none, and for whoever may not read it. */
  async of(actor: Actor, { id, requestId }: Evaluation): Promise<EvidenceReport | null> {
    if (!actor.mayEver('read', EvidenceReport.subject)) return null;
    const request = await this.transactions.reader.findOneByOrFail(ReleaseRequest, { id: requestId });
    if (refuseOutsider(request, actor.id)) return null;
    return this.transactions.reader.findOneBy(EvidenceReport, { evaluationId: id });
  }

  /** Handing out a report is on record, and so is a refusal to. */
  async exportFor(actor: Actor, evaluationId: string, form: string): Promise<EvidenceReport | Refusal> {
    const { reader } = this.transactions;
    const report = await reader.findOneBy(EvidenceReport, { evaluationId });
    const evaluation = report && (await reader.findOneByOrFail(Evaluation, { id: evaluationId }));
    const request =
      evaluation && (await reader.findOneByOrFail(ReleaseRequest, { id: evaluation.requestId }));
    const refused =
      actor.refuse('read', new EvidenceReport()) ?? (request ? refuseOutsider(request, actor.id) : notThere);
    await this.audit.recordAlone({
      actor,
      action: 'export-evidence-report',
      subjectType: 'EvidenceReport',
      subjectId: evaluationId,
      refusal: refused,
      details: { form, hash: refused ? null : (report?.hash ?? null) },
    });
    return refused ?? report ?? notThere;
  }
}
