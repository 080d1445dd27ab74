import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ReleaseRequest } from '../requests/index.js';

/** UCLH framework 9.5.6: releases are looked at again. A re-audit runs the checks on the released bytes. */
@Injectable()
export class ReauditService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
  ) {}

  ask(actor: Actor, id: string): Promise<ReleaseRequest | Refusal> {
    return this.transactions.run(async (manager) => {
      const request = await manager.findOne(ReleaseRequest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!request) return refusal('NOT_FOUND', 'There is no such request.', id);
      const { state } = request;
      const isReleased = state === 'PUBLISHED' || state === 'SUSPENDED';
      const latest = await this.jobs.latestFor(manager, id);
      const refused =
        actor.refuse('reaudit', request) ??
        (isReleased
          ? null
          : refusal('WRONG_STATE', `A request that is ${state} has no release to look at.`)) ??
        (latest?.finishedAt ? null : refusal('WRONG_STATE', 'Work on this request is under way already.'));
      if (!refused) await this.jobs.enqueue(manager, 'check', id, actor);
      await this.audit.record(manager, {
        actor,
        action: 'ask-for-re-audit',
        subjectType: 'Request',
        subjectId: id,
        refusal: refused,
      });
      return refused ?? request;
    });
  }
}
