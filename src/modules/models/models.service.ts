import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ModelOrders, type ModelProposal } from './model-orders.js';
import { SourceModel } from './model.entity.js';

const listMax = 200;

/** Asking for models; the worker learns them. */
@Injectable()
export class ModelsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
    private readonly orders: ModelOrders,
  ) {}

  find(id: string): Promise<SourceModel | null> {
    return this.transactions.reader.findOneBy(SourceModel, { id });
  }

  /** Newest first. */
  listFor(sourceId: string): Promise<SourceModel[]> {
    return this.transactions.reader.find(SourceModel, {
      where: { sourceId },
      order: { requestedAt: 'DESC' },
      take: listMax,
    });
  }

  request(actor: Actor, proposal: ModelProposal): Promise<SourceModel | Refusal> {
    return this.transactions.run(async (manager) => {
      const order = await this.orders.accept(manager, proposal);
      const refused = 'code' in order ? order : null;
      const model = 'code' in order ? null : await this.orders.place(manager, actor, proposal, order);
      const { sourceId, generator, columns } = proposal;
      await this.audit.record(manager, {
        actor,
        action: 'request-model',
        subjectType: 'Source',
        subjectId: sourceId,
        refusal: refused,
        details: {
          ...{ model: model?.id ?? null, generator, columns: columns.map(({ name }) => name) },
          cost: 'code' in order ? null : (order.privacy?.cost ?? null),
        },
      });
      return model ?? refused ?? refusal('NOT_FOUND', 'There is no such source.', 'sourceId');
    });
  }

  cancel(actor: Actor, id: string): Promise<SourceModel | Refusal> {
    return this.transactions.run(async (manager) => {
      const model = await manager.findOneBy(SourceModel, { id });
      if (!model) return refusal('NOT_FOUND', 'There is no such model.', id);
      const refused =
        actor.refuse('cancel', model) ??
        ((await this.jobs.requestCancel(manager, id))
          ? null
          : refusal('NOT_RUNNING', 'Nothing is running to cancel.'));
      await this.audit.record(manager, {
        actor,
        action: 'cancel-model',
        subjectType: 'Model',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? model;
    });
  }
}
