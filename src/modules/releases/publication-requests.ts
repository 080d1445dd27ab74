import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { refuseFrozen } from '../freeze/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest, RequestRules } from '../requests/index.js';

/** Asks again for a publication that did not come about. */
@Injectable()
export class PublicationRequests {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly rules: RequestRules,
    private readonly jobs: Jobs,
  ) {}

  ask(actor: Actor, id: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const latest = await this.jobs.latestFor(manager, id);
      const refused =
        actor.refuse('publish', request) ??
        this.rules.refuseNow('publish', request, actor.id) ??
        (await refuseFrozen(manager)) ??
        (latest?.finishedAt ? null : refusal('WRONG_STATE', 'The publication is under way already.'));
      if (!refused) await this.jobs.enqueue(manager, 'publish', id, actor);
      await this.audit.record(manager, {
        actor,
        action: 'ask-for-publication',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? request;
    });
  }
}
