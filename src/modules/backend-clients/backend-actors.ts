import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { type EntityManager, IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { type Actor, Actors, BearerTokens, Person } from '../identity/index.js';
import { CLOCK, idOfSecretToken, isSecretOf, Transactions } from '../platform/index.js';

export const tokenStart = 'picketfence-backend_';
const reading = new Set(['read Release', 'download Release']);

interface TokenRow {
  readonly secret_hash: string;
  readonly person_id: string;
}

/** Whose a token of a backend client is: the client's person, who may read and download releases by it and no more. */
@Injectable()
export class BackendActors implements OnModuleInit {
  constructor(
    private readonly transactions: Transactions,
    private readonly actors: Actors,
    private readonly bearers: BearerTokens,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.bearers.add(tokenStart, (token) => this.actorOf(token));
  }

  /** Null when the token is unknown or over, or its client or person counts no longer. */
  private async actorOf(token: string): Promise<Actor | null> {
    const secret = token.slice(tokenStart.length);
    const id = idOfSecretToken(secret);
    if (id === null) return null;
    const [row] = await this.transactions.reader.query<TokenRow[]>(
      `SELECT secret_hash, person_id FROM backend_token JOIN backend_client client ON client.id = client_id
       WHERE backend_token.id = $1 AND expires_at > $2 AND confirmed_at IS NOT NULL AND revoked_at IS NULL`,
      [id, this.clock.now()],
    );
    if (!isSecretOf(secret, row?.secret_hash ?? null) || !row) return null;
    const person = await findPerson(this.transactions.reader, row.person_id);
    return person && this.actors.of(person, { id, scopes: reading, isBackend: true });
  }
}

/** Null when the account is disabled. */
export function findPerson(reader: EntityManager, id: string): Promise<Person | null> {
  return reader.findOneBy(Person, { id, disabledAt: IsNull() });
}
