import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { refuseDisabling, refuseEnabling, refuseMove } from './account.rules.js';
import type { Actor } from './actor.js';
import { Delegation } from './delegation.entity.js';
import { endSignIns } from './end-sign-ins.js';
import { Person } from './person.entity.js';

const listMax = 200;

/** Closes accounts and opens them again. Either way nothing that was held before opens anything any longer. */
@Injectable()
export class AccountsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Nothing the person holds opens anything from the next request on. What they did stays theirs. */
  disable(actor: Actor, id: string): Promise<Person | Refusal> {
    return this.change(actor, id, {
      action: 'disable',
      refuse: (person) => refuseDisabling(person, actor.id),
      apply: async (manager, person) => {
        person.disabledAt = this.clock.now();
        person.disabledById = actor.id;
        return { delegations: await this.endDelegations(manager, id, actor.id) };
      },
    });
  }

  /** The person signs in anew; delegations that ended do not begin again. */
  enable(actor: Actor, id: string): Promise<Person | Refusal> {
    return this.change(actor, id, {
      action: 'enable',
      refuse: (person) => refuseEnabling(person, actor.id, this.policy.accounts.enabledByAnother),
      apply: (_, person) => {
        const { disabledById } = person;
        person.disabledAt = null;
        person.disabledById = null;
        return Promise.resolve({ disabledById });
      },
    });
  }

  /** Whoever has the same address at the identity provider, verified, has this account from their next sign-in on. */
  letMove(actor: Actor, id: string): Promise<Person | Refusal> {
    return this.change(actor, id, {
      action: 'move',
      refuse: (person) => refuseMove(person),
      apply: (_, person) => {
        person.mayMoveToProvider = true;
        return Promise.resolve({});
      },
    });
  }

  list(): Promise<Person[]> {
    return this.transactions.reader.find(Person, { order: { createdAt: 'ASC', id: 'ASC' }, take: listMax });
  }

  private change(actor: Actor, id: string, step: AccountStep): Promise<Person | Refusal> {
    return this.transactions.run(async (manager) => {
      const person = await manager.findOne(Person, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const refused = (person && actor.refuse(step.action, person)) ?? step.refuse(person);
      const entry = { actor, action: `${step.action}-person`, subjectType: 'Person', subjectId: id };
      if (refused || !person) {
        await this.audit.record(manager, { ...entry, refusal: refused });
        return refused ?? refusal('NOT_FOUND', 'There is no such person.', 'id');
      }
      const details = await step.apply(manager, person);
      const { disabledAt, disabledById, mayMoveToProvider } = person;
      await manager.update(Person, { id }, { disabledAt, disabledById, mayMoveToProvider });
      await endSignIns(manager, id, this.clock.now());
      await this.audit.record(manager, { ...entry, details });
      return person;
    });
  }

  /** Given ones and held ones; answers how many. */
  private async endDelegations(
    manager: EntityManager,
    personId: string,
    revokedById: string,
  ): Promise<number> {
    const now = this.clock.now();
    const ended = { revokedAt: now, revokedById };
    const given = await manager.update(Delegation, { delegatorId: personId, revokedAt: IsNull() }, ended);
    const held = await manager.update(Delegation, { delegateId: personId, revokedAt: IsNull() }, ended);
    return (given.affected ?? 0) + (held.affected ?? 0);
  }
}

interface AccountStep {
  readonly action: 'disable' | 'enable' | 'move';
  readonly refuse: (person: Person | null) => Refusal | null;
  /** Answers what is kept with the audit event. */
  readonly apply: (manager: EntityManager, person: Person) => Promise<object>;
}
