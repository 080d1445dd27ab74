import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { Evaluation } from '../evaluations/index.js';
import {
  CLOCK,
  type CommitResult,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { EvidenceReportMaker } from './evidence-report-maker.js';
import { EvidenceReport } from './evidence-report.entity.js';

/** Has the report of an evaluation made, for those who judge its candidate. */
@Injectable()
export class MakeEvidenceReportJob implements JobHandler {
  readonly kind = 'report';

  constructor(
    private readonly transactions: Transactions,
    private readonly maker: EvidenceReportMaker,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { subjectId: id } = context.job;
    const evaluation = await this.transactions.reader.findOneByOrFail(Evaluation, { id });
    const content = JSON.stringify(await this.maker.make(evaluation, context));
    const hash = createHash('sha256').update(content).digest('hex');
    return async (manager) => {
      const report = { evaluationId: id, content, hash, madeAt: this.clock.now() };
      await manager.insert(EvidenceReport, report);
      await this.record(manager, id, { requestId: evaluation.requestId, hash });
    };
  }

  /** The order is gone, so that another may be given. */
  giveUp(manager: EntityManager, { subjectId }: Job, reason: string): Promise<void> {
    return this.record(manager, subjectId, { gaveUp: reason });
  }

  private record(manager: EntityManager, id: string, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'make-evidence-report',
      subjectType: 'EvidenceReport',
      subjectId: id,
      details,
    });
  }
}
