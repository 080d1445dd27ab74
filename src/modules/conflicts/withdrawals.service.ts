import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { barsOf, subjectOf } from './conflict-subject.js';
import { ConflictOfInterest } from './conflict.entity.js';
import { refuseAsking, refuseWithdrawal } from './withdrawal.rules.js';

/** Ends conflicts of interest: by whoever declared one, and a second person. What fell with one stays fallen. */
@Injectable()
export class WithdrawalsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  ask(actor: Actor, id: string, reason: string): Promise<ConflictOfInterest | Refusal> {
    return this.carryOut(actor, id, 'ask-conflict-withdrawal', (_, conflict) => {
      const refused = refuseAsking(actor.id, conflict, reason);
      if (!refused) conflict.withdrawalReason = reason.trim();
      return Promise.resolve(refused);
    });
  }

  confirm(actor: Actor, id: string): Promise<ConflictOfInterest | Refusal> {
    return this.carryOut(actor, id, 'withdraw-conflict', async (manager, conflict) => {
      const { personId: declaredById } = conflict;
      const subject = subjectOf(conflict);
      const bars = await barsOf(manager, subject, { personId: actor.id, declaredById });
      const refused = actor.refuse('absolve', conflict) ?? refuseWithdrawal(actor.id, conflict, bars);
      if (refused) return refused;
      Object.assign(conflict, { withdrawnById: actor.id, withdrawnAt: this.clock.now() });
      await manager.save(conflict);
      await manager.query(subject.sql.readmit, [subject.id, declaredById]);
      return null;
    });
  }

  private carryOut(
    actor: Actor,
    id: string,
    action: string,
    work: (manager: EntityManager, conflict: ConflictOfInterest) => Promise<Refusal | null>,
  ): Promise<ConflictOfInterest | Refusal> {
    return this.transactions.run(async (manager) => {
      const conflict = await manager.findOne(ConflictOfInterest, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!conflict) return refusal('NOT_FOUND', 'You declared no such conflict of interest.', 'conflictId');
      const refused = await work(manager, conflict);
      if (!refused) await manager.save(conflict);
      const { type: subjectType, id: subjectId } = subjectOf(conflict);
      const { personId: declaredBy, statementSalt, withdrawalReason } = conflict;
      const details = {
        conflict: id,
        declaredBy,
        reasonSha256: sha256Hex(`${statementSalt}${withdrawalReason}`),
      };
      await this.audit.record(manager, { actor, action, subjectType, subjectId, refusal: refused, details });
      return refused ?? conflict;
    });
  }
}
