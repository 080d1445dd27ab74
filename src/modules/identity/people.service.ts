import { Inject, Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import type { Clock } from '../../core/time/clock.js';
import { type AuditActor, AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { findByEmail } from './accounts-by-email.js';
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

  count(): Promise<number> {
    return this.transactions.reader.count(Person);
  }

  countDemo(): Promise<number> {
    return this.transactions.reader.countBy(Person, { demo: true });
  }
}
