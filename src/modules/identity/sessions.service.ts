import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, IsNull, MoreThan } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, CONFIG, type Config, Transactions } from '../platform/index.js';
import type { Actor } from './actor.js';
import { Actors } from './actors.js';
import { Person } from './person.entity.js';
import { SignInSession } from './session.entity.js';

export interface SignedInPerson {
  readonly token: string;
  readonly expiresAt: Date;
  readonly person: Person;
}

const msPerHour = 3_600_000;

@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly actors: Actors,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  /** For somebody whose identity was just proved. The token is new, whatever the caller held before. */
  open(person: Person, details: object = {}): Promise<SignedInPerson> {
    return this.transactions.run((manager) => this.openIn(manager, person, details));
  }

  /** The same in the caller's transaction. */
  async openIn(manager: EntityManager, person: Person, details: object): Promise<SignedInPerson> {
    const token = randomBytes(32).toString('base64url');
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.session.hours * msPerHour);
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
      details,
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

  /** Ends every sign-in of the person, the one that asks included. */
  async revokeAll(actor: Actor): Promise<void> {
    await this.transactions.run(async (manager) => {
      const { affected } = await manager.update(
        SignInSession,
        { personId: actor.id, revokedAt: IsNull() },
        { revokedAt: this.clock.now() },
      );
      await this.audit.record(manager, {
        actor,
        action: 'revoke-sessions',
        subjectType: 'Person',
        subjectId: actor.id,
        details: { sessions: affected ?? 0 },
      });
    });
  }

  /** Null when the token is unknown, expired, revoked, or its person was disabled or has to sign in at the provider. */
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
    return person && this.actors.of(person, null);
  }
}
