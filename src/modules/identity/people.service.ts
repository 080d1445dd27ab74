import { Inject, Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import { IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { type AuditActor, AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { Actor } from './actor.js';
import { ApiToken } from './api-token.entity.js';
import { refusePerson } from './new-person.rules.js';
import { Person } from './person.entity.js';
import { SignInSession } from './session.entity.js';

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly demo: boolean;
}

@Injectable()
export class PeopleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async add(actor: AuditActor, newcomer: NewPerson): Promise<Person | Refusal> {
    const email = newcomer.email.trim().toLowerCase();
    const knownRoles = this.policy.roles.map(({ role }) => role);
    const passwordHash = await hash(newcomer.password);
    return this.transactions.run(async (manager) => {
      const isTaken = await manager.existsBy(Person, { email });
      const refused = isTaken
        ? refusal('ALREADY_REGISTERED', `${email} has an account already.`, 'email')
        : refusePerson({ ...newcomer, email }, knownRoles);
      if (refused) {
        await this.audit.record(manager, {
          actor,
          action: 'add-person',
          subjectType: 'Person',
          subjectId: null,
          refusal: refused,
        });
        return refused;
      }
      const person = await manager.save(
        manager.create(Person, {
          email,
          name: newcomer.name,
          roles: [...newcomer.roles],
          demo: newcomer.demo,
          passwordHash,
          createdAt: this.clock.now(),
        }),
      );
      await this.audit.record(manager, {
        actor,
        action: 'add-person',
        subjectType: 'Person',
        subjectId: person.id,
        details: { roles: person.roles, demo: person.demo },
      });
      return person;
    });
  }

  /** Nothing the person holds opens anything from the next request on. What they did stays theirs. */
  disable(actor: Actor, id: string): Promise<Person | Refusal> {
    return this.transactions.run(async (manager) => {
      const person = await manager.findOne(Person, { where: { id }, lock: { mode: 'pessimistic_write' } });
      const refused = refuseDisabling(person, actor.id);
      const entry = { actor, action: 'disable-person', subjectType: 'Person', subjectId: id };
      await this.audit.record(manager, { ...entry, refusal: refused });
      if (refused || !person) return refused ?? refusal('NOT_FOUND', 'There is no such person.', 'id');
      const now = this.clock.now();
      person.disabledAt = now;
      await manager.update(Person, { id }, { disabledAt: now });
      const open = { personId: id, revokedAt: IsNull() };
      await manager.update(SignInSession, open, { revokedAt: now });
      await manager.update(ApiToken, open, { revokedAt: now });
      return person;
    });
  }

  count(): Promise<number> {
    return this.transactions.reader.count(Person);
  }

  countDemo(): Promise<number> {
    return this.transactions.reader.countBy(Person, { demo: true });
  }
}

function refuseDisabling(person: Person | null, actorId: string): Refusal | null {
  if (!person) return refusal('NOT_FOUND', 'There is no such person.', 'id');
  // So that the last administrator cannot lock everybody out by mistake.
  if (person.id === actorId) return refusal('NOT_PERMITTED', 'Nobody disables their own account.', 'id');
  return person.disabledAt ? refusal('WRONG_STATE', 'The account is disabled already.', 'id') : null;
}
