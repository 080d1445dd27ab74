import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import { LedgerService } from '../ledger/index.js';
import {
  type CommitResult,
  FinalJobError,
  type Job,
  type JobContext,
  type JobHandler,
  Transactions,
} from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { ModelFitting } from './model-fitting.js';
import { SourceModel } from './model.entity.js';

/** Has a model learned, and settles what that cost. */
@Injectable()
export class FitModelJob implements JobHandler {
  readonly kind = 'fit';

  constructor(
    private readonly transactions: Transactions,
    private readonly fitting: ModelFitting,
    private readonly audit: AuditService,
    private readonly ledger: LedgerService,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async run(context: JobContext): Promise<CommitResult> {
    const { reader } = this.transactions;
    const model = await reader.findOneByOrFail(SourceModel, { id: context.job.subjectId });
    if (model.state !== 'RUNNING') return () => Promise.resolve();
    if (model.policyHash !== this.policy.hash) {
      throw new FinalJobError('The policy has changed since the model was asked for; ask again.');
    }
    const { spent, source, ...facts } = await this.fitting.fit(model, context);
    return async (manager) => {
      await manager.update(SourceModel, { id: model.id }, { state: 'READY', ...facts });
      await this.ledger.settle(manager, model.id, spent);
      await this.record(manager, model.id, { ...facts, source });
      await this.fitting.forgetUnfinished(context.job.id);
    };
  }

  async giveUp(manager: EntityManager, job: Job, reason: string): Promise<void> {
    await manager.update(SourceModel, { id: job.subjectId }, { state: 'FAILED', problem: reason });
    await this.ledger.settle(manager, job.subjectId, null);
    await this.record(manager, job.subjectId, { gaveUp: reason });
    await this.fitting.forgetUnfinished(job.id);
  }

  private record(manager: EntityManager, id: string, details: object): Promise<void> {
    return this.audit.record(manager, {
      actor: 'system',
      action: 'fit-model',
      subjectType: 'Model',
      subjectId: id,
      details,
    });
  }
}
