import { Inject, Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { Actor } from './actor.js';
import { Person } from './person.entity.js';
import { SignInSession } from './session.entity.js';

@Injectable()
export class SessionsService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

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
}
