import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { Jobs, type Refusal, refusal, Transactions } from '../platform/index.js';
import { Notification } from './notification.entity.js';

/** Notifications that could not be delivered. */
@Injectable()
export class DeadLettersService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly jobs: Jobs,
  ) {}

  /** Newest first; `before` is the id of the last one that is known. */
  list(first: number, before: string | undefined): Promise<Notification[]> {
    const query = this.transactions.reader
      .createQueryBuilder(Notification, 'letter')
      .where("letter.state = 'FAILED'")
      .orderBy('letter.eventSequence', 'DESC')
      .addOrderBy('letter.id', 'DESC')
      .limit(first);
    if (before === undefined) return query.getMany();
    const last = 'SELECT event_sequence, id FROM notification WHERE id = :before';
    return query.andWhere(`(letter.eventSequence, letter.id) < (${last})`, { before }).getMany();
  }

  /** As if it had never been tried, under the same id. */
  resend(actor: Actor, id: string): Promise<Notification | Refusal> {
    return this.transactions.run(async (manager) => {
      const where = { id, state: 'FAILED' } as const;
      const found = await manager.findOne(Notification, { where, lock: { mode: 'pessimistic_write' } });
      const refused = found ? null : refusal('NOT_FOUND', 'There is no such dead letter.', 'id');
      if (found) {
        Object.assign(found, { state: 'PENDING', attempts: 0, nextAttemptAt: null });
        await manager.save(found);
        await this.jobs.enqueue(manager, 'notify', id, 'system');
      }
      const entry = { actor, action: 'resend-dead-letter', subjectType: 'DeadLetter', subjectId: id };
      await this.audit.record(manager, { ...entry, refusal: refused });
      return found ?? refusal('NOT_FOUND', 'There is no such dead letter.', 'id');
    });
  }
}
