import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Actor } from './actor.js';
import { Delegation } from './delegation.entity.js';
import { type DelegationProposal, refuseDelegation } from './delegation.rules.js';
import { Person } from './person.entity.js';

const listMax = 200;

@Injectable()
export class DelegationsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Without a start it counts from now. */
  delegate(
    actor: Actor,
    { startsAt, ...terms }: Omit<DelegationProposal, 'delegatorId' | 'startsAt'> & { startsAt: Date | null },
  ): Promise<Delegation | Refusal> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const proposal = { ...terms, delegatorId: actor.id, startsAt: startsAt ?? now };
      // One after the other: two that were made at once would not see each other.
      await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-delegation'))");
      const asked = manager.create(Delegation, {
        ...proposal,
        reason: proposal.reason.trim(),
        createdAt: now,
      });
      const refused = actor.refuse('create', asked) ?? (await this.refuse(manager, proposal, now));
      const saved = refused ? null : await manager.save(asked);
      const { delegateId, endsAt } = asked;
      await this.audit.record(manager, {
        actor,
        action: 'delegate-approval',
        subjectType: 'Delegation',
        subjectId: saved?.id ?? null,
        refusal: refused,
        details: {
          delegateId,
          startsAt: asked.startsAt.toISOString(),
          endsAt: endsAt.toISOString(),
          reason: asked.reason,
        },
      });
      return refused ?? asked;
    });
  }

  /** Counts from the next decision on. Any approver may: the delegator can be away. */
  revoke(actor: Actor, id: string): Promise<Delegation | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await manager.findOne(Delegation, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const refused = found
        ? (actor.refuse('revoke', found) ??
          (found.revokedAt ? refusal('WRONG_STATE', 'The delegation was revoked already.', 'id') : null))
        : refusal('NOT_FOUND', 'There is no such delegation.', 'id');
      await this.audit.record(manager, {
        actor,
        action: 'revoke-delegation',
        subjectType: 'Delegation',
        subjectId: id,
        refusal: refused,
      });
      if (refused || !found) return refused ?? refusal('NOT_FOUND', 'There is no such delegation.', 'id');
      found.revokedAt = this.clock.now();
      found.revokedById = actor.id;
      await manager.update(Delegation, { id }, { revokedAt: found.revokedAt, revokedById: actor.id });
      return found;
    });
  }

  /** Newest first: all of them for those who may read any, else those that concern the person. */
  list(actor: Actor): Promise<Delegation[]> {
    const where = actor.may('read', new Delegation())
      ? {}
      : [{ delegatorId: actor.id }, { delegateId: actor.id }];
    return this.transactions.reader.find(Delegation, { where, order: { createdAt: 'DESC' }, take: listMax });
  }

  /** Whom this approver can let decide in their stead, by name. */
  async possibleDelegates(actor: Actor): Promise<Person[]> {
    const people = await this.transactions.reader.find(Person, {
      where: { disabledAt: IsNull() },
      order: { name: 'ASC' },
    });
    const { notToRoles } = this.policy.delegation;
    return people
      .filter(({ id, roles }) => id !== actor.id && !roles.some((role) => notToRoles.includes(role)))
      .filter((person) => !this.decidesAlready(person))
      .slice(0, listMax);
  }

  private async refuse(
    manager: EntityManager,
    proposal: DelegationProposal,
    now: Date,
  ): Promise<Refusal | null> {
    const { daysMax, startsWithinDays, notToRoles } = this.policy.delegation;
    const delegate = await manager.findOneBy(Person, { id: proposal.delegateId, disabledAt: IsNull() });
    const open = await manager.findBy(Delegation, { revokedAt: IsNull(), endsAt: MoreThan(now) });
    return refuseDelegation(proposal, {
      ...{ now, daysMax, startsWithinDays, notToRoles, open },
      delegate: delegate && { roles: delegate.roles, decidesAlready: this.decidesAlready(delegate) },
    });
  }

  private decidesAlready({ id, name, roles }: Person): boolean {
    return new Actor(id, name, roles, this.policy.roles).mayEver('approve', 'Request');
  }
}
