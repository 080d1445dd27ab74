import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IsNull, MoreThan } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import type { Actor } from './actor.js';
import { Actors } from './actors.js';
import { ApiToken } from './api-token.entity.js';
import { isDecision } from './decision-actions.rules.js';
import { Person } from './person.entity.js';
import { type ApiTokenForm, pairsOf, refuseApiToken } from './token-scopes.rules.js';
import { msPerDay } from '../../core/time/units.js';

/** No session token begins so, but by one chance in 64^12. */
export const apiTokenStart = 'picketfence_';
const prefixLength = apiTokenStart.length + 6;
const lastUsedStepMs = 60_000;
/** Of one person, at a time. */
const activeMax = 50;
const listMax = 200;

@Injectable()
export class ApiTokensService {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly actors: Actors,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  create(actor: Actor, form: ApiTokenForm): Promise<{ token: string; apiToken: ApiToken } | Refusal> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const active = await manager.countBy(ApiToken, {
        personId: actor.id,
        revokedAt: IsNull(),
        expiresAt: MoreThan(now),
      });
      const refused =
        refuseApiToken(form, this.mayHave.bind(this, actor)) ??
        (active < activeMax
          ? null
          : refusal('WRONG_STATE', `You have ${activeMax} tokens; revoke one first.`));
      const { name, scopes } = form;
      const entry = { actor, action: 'create-api-token', subjectType: 'ApiToken' };
      if (refused) {
        await this.audit.record(manager, { ...entry, subjectId: null, refusal: refused });
        return refused;
      }
      const token = apiTokenStart + randomBytes(32).toString('base64url');
      const apiToken = await manager.save(
        manager.create(ApiToken, {
          personId: actor.id,
          name: name.trim(),
          prefix: token.slice(0, prefixLength),
          tokenHash: sha256Hex(token),
          scopes: [...new Set(scopes)],
          createdAt: now,
          expiresAt: new Date(now.getTime() + form.expiresInDays * msPerDay),
        }),
      );
      const { prefix, expiresAt } = apiToken;
      const details = {
        name: apiToken.name,
        prefix,
        scopes: apiToken.scopes,
        expiresAt: expiresAt.toISOString(),
      };
      await this.audit.record(manager, { ...entry, subjectId: apiToken.id, details });
      return { token, apiToken };
    });
  }

  /** The person's own, newest first. */
  list(actor: Actor): Promise<ApiToken[]> {
    return this.transactions.reader.find(ApiToken, {
      where: { personId: actor.id },
      order: { createdAt: 'DESC' },
      take: listMax,
    });
  }

  revoke(actor: Actor, id: string): Promise<ApiToken | Refusal> {
    return this.transactions.run(async (manager) => {
      const found = await manager.findOneBy(ApiToken, { id, personId: actor.id });
      const refused = found ? null : refusal('NOT_FOUND', 'You have no such token.', 'id');
      await this.audit.record(manager, {
        actor,
        action: 'revoke-api-token',
        subjectType: 'ApiToken',
        subjectId: id,
        refusal: refused,
      });
      if (!found) return refusal('NOT_FOUND', 'You have no such token.', 'id');
      if (found.revokedAt) return found;
      found.revokedAt = this.clock.now();
      await manager.update(ApiToken, { id }, { revokedAt: found.revokedAt });
      return found;
    });
  }

  /** Null when the token is unknown, expired, revoked, or its person was disabled or has to sign in at the provider. */
  async actorOf(token: string): Promise<Actor | null> {
    const now = this.clock.now();
    const found = await this.transactions.reader.findOneBy(ApiToken, {
      tokenHash: sha256Hex(token),
      revokedAt: IsNull(),
      expiresAt: MoreThan(now),
    });
    if (!found) return null;
    const person = await this.transactions.reader.findOneBy(Person, {
      id: found.personId,
      disabledAt: IsNull(),
    });
    if (!person) return null;
    if (!found.lastUsedAt || now.getTime() - found.lastUsedAt.getTime() >= lastUsedStepMs) {
      await this.transactions.reader.update(ApiToken, { id: found.id }, { lastUsedAt: now });
    }
    return this.actors.of(person, { id: found.id, scopes: this.scopesInForce(found) });
  }

  /** Scopes to decide are for people who signed in, unless the policy lets programs decide. */
  private mayHave(actor: Actor, action: string, subject: string): boolean {
    return this.isForTokens(action, subject) && actor.mayEver(action, subject);
  }

  /** A token that was made under another policy may do what this one allows. */
  private scopesInForce({ scopes }: ApiToken): ReadonlySet<string> {
    const pairs = [...pairsOf(scopes)].filter((pair) => {
      const [action = '', subject = ''] = pair.split(' ');
      return this.isForTokens(action, subject);
    });
    return new Set(pairs);
  }

  private isForTokens(action: string, subject: string): boolean {
    return this.policy.accounts.decisionsByApiToken || !isDecision(action, subject);
  }
}
