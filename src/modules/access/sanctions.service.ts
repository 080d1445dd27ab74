import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { refuseReason } from '../decisions/index.js';
import { type Actor, Person } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { AccessBlock } from './access-block.entity.js';
import { GrantCommands } from './grant-commands.js';
import { lockLiveGrants } from './live-grants.js';

/** UCLH framework 9.5.5: sanctions, "e.g., removal of user permissions". */
@Injectable()
export class SanctionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly commands: GrantCommands,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Suspends every access of the person at once. */
  block(actor: Actor, personId: string, reason: string): Promise<AccessBlock | Refusal> {
    return this.transactions.run(async (manager) => {
      await lockPerson(manager, personId);
      const block = manager.create(AccessBlock, {
        ...{ personId, reason: reason.trim(), blockedById: actor.id, blockedAt: this.clock.now() },
      });
      const refused =
        actor.refuse('block', block) ??
        refuseReason(reason) ??
        (await refuseBlock(manager, { personId, actorId: actor.id }));
      if (!refused) {
        await manager.save(block);
        await this.suspendAll(manager, actor, personId);
      }
      await this.record(manager, actor, { action: 'block-person', personId, reason, refused });
      return refused ?? block;
    });
  }

  /** What was suspended with it stays so until information governance lets each come back. */
  lift(actor: Actor, personId: string, reason: string): Promise<AccessBlock | Refusal> {
    return this.transactions.run(async (manager) => {
      await lockPerson(manager, personId);
      const block = await manager.findOneBy(AccessBlock, { personId, liftedAt: IsNull() });
      const refused = block
        ? (actor.refuse('lift', block) ?? refuseReason(reason) ?? refuseLift(block, actor.id))
        : refusal('NOT_FOUND', 'The person is not blocked.', 'personId');
      if (block && !refused) {
        Object.assign(block, { liftedById: actor.id, liftedAt: this.clock.now() });
        await manager.save(block);
      }
      await this.record(manager, actor, { action: 'lift-block', personId, reason, refused });
      return refused ?? block ?? refusal('NOT_FOUND', 'The person is not blocked.', 'personId');
    });
  }

  list(): Promise<AccessBlock[]> {
    return this.transactions.reader.find(AccessBlock, { order: { blockedAt: 'DESC' }, take: 200 });
  }

  private async suspendAll(manager: EntityManager, actor: Actor, personId: string): Promise<void> {
    const because = { suspensionCause: 'PERSON', suspendedById: actor.id } as const;
    for (const grant of await lockLiveGrants(manager, { personId })) {
      // What sleeps with its release must not wake up with it.
      if (grant.state === 'SUSPENDED') await manager.save(Object.assign(grant, because));
      if (grant.state !== 'ACTIVE') continue;
      await this.commands.carryOutAsSystem(manager, grant, {
        command: 'suspend',
        apply: () => {
          Object.assign(grant, because);
        },
        details: { cause: 'PERSON' },
      });
    }
  }

  private record(
    manager: EntityManager,
    actor: Actor,
    what: { action: string; personId: string; reason: string; refused: Refusal | null },
  ): Promise<void> {
    const { action, personId, reason, refused } = what;
    return this.audit.record(manager, {
      actor,
      action,
      subjectType: 'Person',
      subjectId: personId,
      refusal: refused,
      details: { reason },
    });
  }
}

const lockPerson = (manager: EntityManager, personId: string): Promise<unknown> =>
  manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`access block ${personId}`]);

async function refuseBlock(
  manager: EntityManager,
  { personId, actorId }: { readonly personId: string; readonly actorId: string },
): Promise<Refusal | null> {
  if (personId === actorId) return refusal('NOT_PERMITTED', 'Nobody blocks themselves.', 'personId');
  if (!(await manager.existsBy(Person, { id: personId }))) {
    return refusal('NOT_FOUND', 'There is no such person.', 'personId');
  }
  const isBlockedAlready = await manager.existsBy(AccessBlock, { personId, liftedAt: IsNull() });
  return isBlockedAlready ? refusal('ALREADY_DECIDED', 'The person is blocked already.', 'personId') : null;
}

function refuseLift({ personId, blockedById }: AccessBlock, actorId: string): Refusal | null {
  if (actorId === personId) return refusal('OWN_REQUEST', 'Somebody else has to lift what is on you.');
  if (actorId !== blockedById) return null;
  return refusal('OWN_SUSPENSION', 'You blocked this person; somebody else has to lift it.');
}
