import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { IsNull, LessThan, MoreThan } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { Person, SessionsService, type SignedInPerson } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { ExternalPeople } from './external-people.service.js';
import type { Expected, ProvenIdentity } from './identity-provider.js';
import { OidcSignIn } from './oidc-sign-in.entity.js';

const minutesAtProvider = 10;
const secondsToRedeem = 60;
const msPerMinute = 60_000;
const msPerSecond = 1_000;

const newSecret = (): string => randomBytes(32).toString('base64url');
const expired = refusal('WRONG_STATE', 'This sign-in is unknown, over or was answered already; begin again.');

/** The three steps of a sign-in at the provider, each of which can be done once. */
@Injectable()
export class OidcSignIns {
  constructor(
    private readonly transactions: Transactions,
    private readonly people: ExternalPeople,
    private readonly sessions: SessionsService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** Answers what the browser keeps, to be known by when it comes back. */
  async begin({ state, nonce, codeVerifier }: Expected, returnPath: string): Promise<string> {
    const { reader } = this.transactions;
    const now = this.clock.now();
    const browser = newSecret();
    await reader.delete(OidcSignIn, { expiresAt: LessThan(now) });
    await reader.insert(OidcSignIn, {
      ...{ nonce, codeVerifier, returnPath },
      stateHash: sha256Hex(state),
      browserHash: sha256Hex(browser),
      expiresAt: new Date(now.getTime() + minutesAtProvider * msPerMinute),
    });
    return browser;
  }

  /** Uses the state up, whatever comes of it: neither a second answer nor another browser gets a further try. */
  async take(state: string, browser: string | null): Promise<OidcSignIn | Refusal> {
    const { reader } = this.transactions;
    const now = this.clock.now();
    const unused = { stateHash: sha256Hex(state), usedAt: IsNull(), expiresAt: MoreThan(now) };
    const taken = await reader.update(OidcSignIn, unused, { usedAt: now });
    const found =
      taken.affected === 1 ? await reader.findOneBy(OidcSignIn, { stateHash: sha256Hex(state) }) : null;
    if (!found) return expired;
    if (browser !== null && sha256Hex(browser) === found.browserHash) return found;
    return refusal('NOT_PERMITTED', 'This sign-in was begun in another browser.');
  }

  /** Answers the code that the browser exchanges for a session. */
  admit({ id }: OidcSignIn, identity: ProvenIdentity): Promise<{ handOver: string } | Refusal> {
    return this.transactions.run(async (manager) => {
      const person = await this.people.admit(manager, identity);
      if (!(person instanceof Person)) return person;
      const handOver = newSecret();
      const expiresAt = new Date(this.clock.now().getTime() + secondsToRedeem * msPerSecond);
      const given = { personId: person.id, handOverHash: sha256Hex(handOver), expiresAt };
      await manager.update(OidcSignIn, { id }, given);
      return { handOver };
    });
  }

  /** The session is new, and goes to the browser that began. */
  redeem(handOver: string, browser: string | null): Promise<SignedInPerson | Refusal> {
    return this.transactions.run(async (manager) => {
      const now = this.clock.now();
      const found = await manager.findOne(OidcSignIn, {
        where: { handOverHash: sha256Hex(handOver), redeemedAt: IsNull(), expiresAt: MoreThan(now) },
        lock: { mode: 'pessimistic_write' },
      });
      if (!found) return expired;
      await manager.update(OidcSignIn, { id: found.id }, { redeemedAt: now });
      const isSameBrowser = browser !== null && sha256Hex(browser) === found.browserHash;
      const person = isSameBrowser
        ? await manager.findOneBy(Person, { id: found.personId ?? '', disabledAt: IsNull() })
        : null;
      return person ? this.sessions.openIn(manager, person, { method: 'oidc' }) : expired;
    });
  }
}
