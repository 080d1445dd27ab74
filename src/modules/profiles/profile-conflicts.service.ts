import { Inject, Injectable } from '@nestjs/common';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { keepConflict, refuseRecusal } from '../conflicts/index.js';
import type { Actor } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { SourceProfile } from './profile.entity.js';
import { lockRecusals, recuseFromOpenProfiles } from './source-recusals.js';

/**
 * Who has a conflict of interest leaves the signature to others, of this profile and of every later one of the source. What is signed stays signed: it has left the real
 * zone, and the declaration stands beside it.
 */
@Injectable()
export class ProfileConflictsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  declare(actor: Actor, id: string, statement: string): Promise<SourceProfile | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await manager.findOneBy(SourceProfile, { id });
      if (!found) return refusal('NOT_FOUND', 'There is no such profile.', id);
      const { sourceId } = found;
      await lockRecusals(manager);
      const profile = await manager.findOneOrFail(SourceProfile, {
        where: { id },
        lock: { mode: 'pessimistic_write' },
      });
      const { requestedById: askedById, recusedIds, state } = profile;
      const refused =
        actor.refuse('recuse', profile) ??
        refuseRecusal(actor.id, statement, { askedById, recusedIds, isOver: state === 'FAILED' });
      const entry = { actor, action: 'declare-conflict', subjectType: 'Profile', subjectId: id };
      if (refused) {
        await this.audit.record(manager, { ...entry, refusal: refused });
        return refused;
      }
      const said = { personId: actor.id, statement, declaredAt: this.clock.now() };
      const kept = await keepConflict(manager, { profileId: id }, said);
      await this.audit.record(manager, { ...entry, details: { state, ...kept } });
      profile.recusedIds = [...recusedIds, actor.id];
      await manager.update(SourceProfile, { id }, { recusedIds: profile.recusedIds });
      await recuseFromOpenProfiles(manager, sourceId, actor.id);
      return profile;
    });
  }
}
