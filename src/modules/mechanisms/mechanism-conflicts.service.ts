import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { keepConflict, refuseRecusal } from '../conflicts/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { Mechanism } from './mechanism.entity.js';
import { fallsWithMechanism } from './mechanism.rules.js';

/** Who has a conflict of interest leaves the mechanism to others, and what hung on them falls. */
@Injectable()
export class MechanismConflictsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  declare(actor: Actor, id: string, statement: string): Promise<Mechanism | Refusal> {
    return this.transactions.run(async (manager) => {
      const mechanism = await manager.findOne(Mechanism, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      if (!mechanism) return refusal('NOT_FOUND', 'There is no such mechanism.', id);
      const { registeredById: askedById, recusedIds, state } = mechanism;
      const refused =
        actor.refuse('recuse', mechanism) ??
        refuseRecusal(actor.id, statement, { askedById, recusedIds, isOver: state === 'RETIRED' });
      const entry = { actor, action: 'declare-conflict', subjectType: 'Mechanism', subjectId: id };
      if (refused) {
        await this.audit.record(manager, { ...entry, refusal: refused });
        return refused;
      }
      const said = { personId: actor.id, statement, declaredAt: this.clock.now() };
      const kept = await keepConflict(manager, { mechanismId: id }, said);
      const falls = fallsWithMechanism(mechanism, actor.id);
      await this.audit.record(manager, { ...entry, details: { state, falls, ...kept } });
      await this.recuse(manager, mechanism, actor.id, falls);
      return mechanism;
    });
  }

  private async recuse(
    manager: EntityManager,
    mechanism: Mechanism,
    personId: string,
    falls: ReturnType<typeof fallsWithMechanism>,
  ): Promise<void> {
    mechanism.recusedIds = [...mechanism.recusedIds, personId];
    if (falls === 'review') Object.assign(mechanism, { state: 'DRAFT', reviewedById: null });
    if (falls === 'approval') mechanism.state = 'REVIEW_DUE';
    await manager.save(mechanism);
    if (falls === 'nothing') return;
    await this.audit.record(manager, {
      actor: 'system',
      action: falls === 'review' ? 'return-mechanism' : 'review-due-mechanism',
      subjectType: 'Mechanism',
      subjectId: mechanism.id,
      details: { code: 'CONFLICT_OF_INTEREST' },
    });
  }
}
