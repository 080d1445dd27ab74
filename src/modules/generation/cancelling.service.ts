import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';

@Injectable()
export class CancellingService {
  constructor(
    private readonly transactions: Transactions,
    private readonly jobs: Jobs,
    private readonly audit: AuditService,
  ) {}

  /** Stops the work on a request; the worker then puts the request back. */
  cancel(actor: Actor, id: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOneBy(ReleaseRequest, { id });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const refused = actor.refuse('cancel', request) ?? (await this.requestCancel(manager, request));
      await this.audit.record(manager, {
        actor,
        action: 'cancel-request',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? request;
    });
  }

  private async requestCancel(
    manager: EntityManager,
    { id, state }: ReleaseRequest,
  ): Promise<Refusal | null> {
    const cancellable = state === 'GENERATING' || state === 'CHECKING';
    if (cancellable && (await this.jobs.requestCancel(manager, id))) return null;
    return refusal('NOT_RUNNING', 'Nothing that could be cancelled is running.');
  }
}
