import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { hash, verify } from '@node-rs/argon2';
import { IsNull, MoreThan } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, CONFIG, type Config, type Refusal, refusal, Transactions } from '../platform/index.js';
import { Actor } from './actor.js';
import { Person } from './person.entity.js';
import { SignInSession } from './session.entity.js';
import { POLICY, type Policy } from '../policy/index.js';

export interface SignedInPerson {
  readonly token: string;
  readonly expiresAt: Date;
  readonly person: Person;
}

const msPerHour = 3_600_000;
/** Verified when nobody has the e-mail address, so that the answer takes as long as for a wrong password. */
const nobodysHash = hash('nobody has this password');

@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  async signIn(email: string, password: string): Promise<SignedInPerson | Refusal> {
    const person = await this.transactions.reader.findOneBy(Person, {
      email: email.trim().toLowerCase(),
      disabledAt: IsNull(),
    });
    const right = await verify(person?.passwordHash ?? (await nobodysHash), password);
    if (!person || !right) return this.refuseSignIn(person);
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.session.hours * msPerHour);
    await this.transactions.run(async (manager) => {
      await manager.insert(SignInSession, {
        tokenHash: sha256Hex(token),
        personId: person.id,
        createdAt: now,
        expiresAt,
      });
      await this.audit.record(manager, {
        actor: person,
        action: 'sign-in',
        subjectType: 'Person',
        subjectId: person.id,
      });
    });
    return { token, expiresAt, person };
  }

  async signOut(actor: Actor, token: string): Promise<void> {
    await this.transactions.run(async (manager) => {
      await manager.update(SignInSession, { tokenHash: sha256Hex(token) }, { revokedAt: this.clock.now() });
      await this.audit.record(manager, {
        actor,
        action: 'sign-out',
        subjectType: 'Person',
        subjectId: actor.id,
      });
    });
  }

  /** Null when the token is unknown, expired, revoked, or its person was disabled. */
  async actorOf(token: string): Promise<Actor | null> {
    const session = await this.transactions.reader.findOneBy(SignInSession, {
      tokenHash: sha256Hex(token),
      revokedAt: IsNull(),
      expiresAt: MoreThan(this.clock.now()),
    });
    if (!session) return null;
    const person = await this.transactions.reader.findOneBy(Person, {
      id: session.personId,
      disabledAt: IsNull(),
    });
    return person ? new Actor(person.id, person.name, person.roles, this.policy.roles) : null;
  }

  private async refuseSignIn(person: Person | null): Promise<Refusal> {
    const refused = refusal('WRONG_CREDENTIALS', 'The e-mail address or the password is wrong.');
    await this.audit.recordAlone({
      actor: 'anonymous',
      action: 'sign-in',
      subjectType: 'Person',
      subjectId: person?.id ?? null,
      refusal: refused,
    });
    return refused;
  }
}
