import { Inject, Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import type { Clock } from '../../core/time/clock.js';
import { type AuditActor, AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { findByEmail } from './accounts-by-email.js';
import { takesTwoToGive } from './decision-actions.rules.js';
import { refusePerson } from './new-person.rules.js';
import { Person } from './person.entity.js';

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

  /**
   * An account that one administrator must not make alone, or they could be their own second person, begins closed, as if
   * they had disabled it: another one opens it, where the policy asks for another.
   */
  async add(actor: AuditActor, newcomer: NewPerson): Promise<Person | Refusal> {
    const email = newcomer.email.trim().toLowerCase();
    const passwordHash = await hash(newcomer.password);
    return this.transactions.run(async (manager) => {
      const isTaken = (await findByEmail(manager, email)) !== null;
      const refused = isTaken
        ? refusal('ALREADY_REGISTERED', `${email} has an account already.`, 'email')
        : refusePerson({ ...newcomer, email }, this.policy.roles);
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
          providerSignInAt: null,
          mayMoveToProvider: false,
          createdAt: this.clock.now(),
          ...this.closedBy(actor, newcomer.roles),
        }),
      );
      await this.audit.record(manager, {
        actor,
        action: 'add-person',
        subjectType: 'Person',
        subjectId: person.id,
        details: { roles: person.roles, demo: person.demo, isClosed: person.disabled },
      });
      return person;
    });
  }

  private closedBy(actor: AuditActor, roles: readonly string[]): Pick<Person, 'disabledAt' | 'disabledById'> {
    const takesTwo = this.policy.accounts.enabledByAnother && takesTwoToGive(roles, this.policy.roles);
    return takesTwo && typeof actor !== 'string'
      ? { disabledAt: this.clock.now(), disabledById: actor.id }
      : { disabledAt: null, disabledById: null };
  }

  count(): Promise<number> {
    return this.transactions.reader.count(Person);
  }

  countDemo(): Promise<number> {
    return this.transactions.reader.countBy(Person, { demo: true });
  }
}
