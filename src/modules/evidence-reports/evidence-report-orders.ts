import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { Evaluation } from '../evaluations/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';
import { EvidenceReport } from './evidence-report.entity.js';
import { refuseOrder, refuseOutsider } from './judging.rules.js';

/** Whoever judges a candidate has its report made: real rows are read for it then, and not before. */
@Injectable()
export class EvidenceReportOrders {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
  ) {}

  order(actor: Actor, evaluationId: string): Promise<Evaluation | Refusal> {
    return this.transactions.run(async (manager) => {
      const evaluation = await manager.findOneBy(Evaluation, { id: evaluationId });
      if (!evaluation) return refusal('NOT_FOUND', 'There is no such evaluation.', evaluationId);
      const refused = await this.refuse(manager, actor, evaluation);
      if (!refused) await this.jobs.enqueueUnlessUnderWay(manager, 'report', evaluationId, actor);
      await this.audit.record(manager, {
        actor,
        action: 'order-evidence-report',
        subjectType: 'EvidenceReport',
        subjectId: evaluationId,
        refusal: refused,
        details: { requestId: evaluation.requestId },
      });
      return refused ?? evaluation;
    });
  }

  private async refuse(
    manager: EntityManager,
    actor: Actor,
    evaluation: Evaluation,
  ): Promise<Refusal | null> {
    const { id, requestId } = evaluation;
    const request = await manager.findOneByOrFail(ReleaseRequest, { id: requestId });
    const latest = await manager.findOne(Evaluation, {
      where: { requestId },
      order: { evaluatedAt: 'DESC' },
    });
    const isMade = await manager.existsBy(EvidenceReport, { evaluationId: id });
    return (
      actor.refuse('order', new EvidenceReport()) ??
      refuseOutsider(request, actor.id) ??
      refuseOrder({ request, evaluation, latestId: latest?.id, isMade })
    );
  }
}
