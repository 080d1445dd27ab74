import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { SignInLimits } from '../identity/index.js';
import { CLOCK, makeSecretToken, refusal, Transactions } from '../platform/index.js';
import { findPerson, tokenStart } from './backend-actors.js';
import { BackendClient } from './backend-client.entity.js';
import { TokenRefusal } from './token-refusal.js';
import type { TokenRequest } from './token-request.rules.js';
import { issuerOf, verifyAssertion, type VerifiedAssertion } from './verify-assertion.js';

const secondsOfToken = 300;
const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

interface IssuedToken {
  readonly token: string;
  readonly seconds: number;
}

interface Attempt {
  /** Of the token endpoint. */
  readonly audience: string;
  /** Where it comes from. */
  readonly address: string;
}

/** Gives tokens for signed assertions, each assertion once. */
@Injectable()
export class BackendTokens {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    private readonly limits: SignInLimits,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws {TokenRefusal}; every answer is on record */
  async issue({ assertion }: TokenRequest, { audience, address }: Attempt): Promise<IssuedToken> {
    if ((await this.limits.admitAddress(address)) !== 'admitted')
      throw new TokenRefusal('invalid_client', 'Too many attempts from your address failed.', 429);
    const client = await this.clientOf(assertion);
    const verified = client ? await this.verify(client, assertion, audience) : 'There is no such client.';
    if (client === null || typeof verified === 'string') {
      await this.record(
        client,
        typeof verified === 'string' ? verified : 'There is no such client.',
        address,
      );
      throw new TokenRefusal('invalid_client', 'This assertion is not from a client that may sign in here.');
    }
    const issued = await this.transactions.run((manager) => this.save(manager, client, verified));
    if (issued === null) {
      await this.record(client, 'The assertion was used before.', address);
      throw new TokenRefusal('invalid_client', 'This assertion was used before.');
    }
    await this.limits.forgive(address, 1);
    return issued;
  }

  private async clientOf(assertion: string): Promise<BackendClient | null> {
    const id = issuerOf(assertion);
    return id !== null && uuid.test(id) ? this.transactions.reader.findOneBy(BackendClient, { id }) : null;
  }

  /** What is wrong, in words for the record. */
  private async verify(
    { id, keySet, personId, ...client }: BackendClient,
    assertion: string,
    audience: string,
  ): Promise<VerifiedAssertion | string> {
    if (client.confirmedAt === null) return 'Its person has not confirmed this client.';
    if (client.revokedAt !== null) return 'The client was revoked.';
    if (!(await findPerson(this.transactions.reader, personId)))
      return 'The account of its person is disabled.';
    try {
      const now = this.clock.now();
      return await verifyAssertion(assertion, { clientId: id, keys: keySet.keys, audience, now });
    } catch (error) {
      return error instanceof Error ? error.message : 'The assertion cannot be verified.';
    }
  }

  /** Null when the assertion was used before. */
  private async save(
    manager: EntityManager,
    client: BackendClient,
    { jti, expiresAt }: VerifiedAssertion,
  ): Promise<IssuedToken | null> {
    const now = this.clock.now();
    const spent = await manager.query<unknown[]>(
      `INSERT INTO backend_assertion (client_id, jti_hash, expires_at) VALUES ($1, $2, $3)
       ON CONFLICT DO NOTHING RETURNING 1`,
      [client.id, sha256Hex(jti), expiresAt],
    );
    if (spent.length === 0) return null;
    await manager.query('DELETE FROM backend_assertion WHERE expires_at < $1', [now]);
    await manager.query('DELETE FROM backend_token WHERE expires_at < $1', [now]);
    const { id, token, secretHash } = makeSecretToken();
    await manager.query(
      'INSERT INTO backend_token (id, client_id, secret_hash, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
      [id, client.id, secretHash, now, new Date(now.getTime() + secondsOfToken * 1000)],
    );
    await this.audit.record(manager, {
      actor: { id: client.personId, tokenId: id },
      action: 'issue-backend-token',
      subjectType: 'BackendClient',
      subjectId: client.id,
      details: { jtiHash: sha256Hex(jti), seconds: secondsOfToken },
    });
    return { token: tokenStart + token, seconds: secondsOfToken };
  }

  private record(client: BackendClient | null, why: string, address: string): Promise<void> {
    return this.audit.recordAlone({
      actor: 'anonymous',
      action: 'issue-backend-token',
      subjectType: 'BackendClient',
      subjectId: client?.id ?? null,
      refusal: refusal('WRONG_CREDENTIALS', why),
      details: { address },
    });
  }
}
