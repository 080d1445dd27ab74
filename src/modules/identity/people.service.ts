import { Inject, Injectable } from '@nestjs/common';
import { hash } from '@node-rs/argon2';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Person } from './person.entity.js';

export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly roles: readonly string[];
  readonly demo: boolean;
}

const passwordLengthMin = 12;

@Injectable()
export class PeopleService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** @throws Error in words when a role is unknown, the password short, or the address taken. */
  async add(newcomer: NewPerson): Promise<Person> {
    const email = newcomer.email.trim().toLowerCase();
    const known = this.policy.roles.map(({ role }) => role);
    const unknown = newcomer.roles.find((role) => !known.includes(role));
    if (unknown !== undefined)
      throw new Error(`There is no role "${unknown}". The roles are: ${known.join(', ')}.`);
    if (newcomer.roles.length === 0) throw new Error('Give at least one role.');
    if (!email.includes('@')) throw new Error(`"${newcomer.email}" is not an e-mail address.`);
    if (newcomer.password.length < passwordLengthMin) {
      throw new Error(`The password needs at least ${passwordLengthMin} characters.`);
    }
    const passwordHash = await hash(newcomer.password);
    return this.transactions.run(async (manager) => {
      if (await manager.existsBy(Person, { email })) throw new Error(`${email} has an account already.`);
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
        actor: 'system',
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
