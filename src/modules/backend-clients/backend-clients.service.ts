import { Inject, Injectable } from '@nestjs/common';
import { calculateJwkThumbprint } from 'jose';
import { IsNull } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { AuditService } from '../audit/index.js';
import { type Actor, Person } from '../identity/index.js';
import { CLOCK, type Refusal, refusal, Transactions } from '../platform/index.js';
import { BackendClient } from './backend-client.entity.js';
import { readKeySet } from './key-set.rules.js';

const nameLengthMax = 100;
const listMax = 200;
/** Of one person, at a time. */
const activeMax = 20;

export interface ClientForm {
  readonly name: string;
  readonly personId: string;
  /** A JWK Set as JSON. */
  readonly keySet: string;
}

/**
 * Who may sign in with a key. An administrator registers a client, and the person for whom it will speak confirms it: neither can
 * make a program for the other alone.
 */
@Injectable()
export class BackendClients {
  constructor(
    private readonly transactions: Transactions,
    private readonly audit: AuditService,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  register(actor: Actor, { name, personId, keySet: text }: ClientForm): Promise<BackendClient | Refusal> {
    return this.transactions.run(async (manager) => {
      const keySet = readKeySet(text);
      const person = await manager.findOneBy(Person, { id: personId, disabledAt: IsNull() });
      const active = await manager.countBy(BackendClient, { personId, revokedAt: IsNull() });
      const facts = { name, isKnown: person !== null, isOwn: personId === actor.id, active };
      const refused = refuseRegistration(facts) ?? ('code' in keySet ? keySet : null);
      if (refused || 'code' in keySet) {
        await this.record(manager, { actor, action: 'register-backend-client', id: null, refused });
        return refused ?? refusal('BAD_PARAMETERS', 'This is no JWK Set.', 'keySet');
      }
      const client = await manager.save(
        manager.create(BackendClient, {
          ...{
            name: name.trim(),
            personId,
            keySet,
            registeredById: actor.id,
            registeredAt: this.clock.now(),
          },
          ...{ confirmedAt: null, revokedAt: null },
        }),
      );
      const thumbprints = await thumbprintsOf(client);
      await this.record(manager, {
        ...{ actor, action: 'register-backend-client', id: client.id, refused: null },
        details: { name: client.name, personId, thumbprints },
      });
      return client;
    });
  }

  /** By the person for whom it speaks, who has compared the thumbprints with those of the program. */
  confirm(actor: Actor, id: string, thumbprints: readonly string[]): Promise<BackendClient | Refusal> {
    return this.change(actor, id, 'confirm-backend-client', async (client) => {
      if (client.personId !== actor.id) return notYours;
      if (client.revokedAt) return refusal('WRONG_STATE', 'This client was revoked.', 'id');
      const known = await thumbprintsOf(client);
      if (known.length !== thumbprints.length || known.some((one) => !thumbprints.includes(one)))
        return refusal('BAD_PARAMETERS', 'These are not the thumbprints of its keys.', 'thumbprints');
      return { confirmedAt: client.confirmedAt ?? this.clock.now() };
    });
  }

  /** By the person for whom it speaks, or by whoever may end clients. */
  revoke(actor: Actor, id: string): Promise<BackendClient | Refusal> {
    return this.change(actor, id, 'revoke-backend-client', (client) => {
      const mayRevoke = client.personId === actor.id || actor.mayInOwnRight('disable', client);
      return Promise.resolve(mayRevoke ? { revokedAt: client.revokedAt ?? this.clock.now() } : notYours);
    });
  }

  /** Newest first: all of them for those who may read them, else those that speak for this person. */
  list(actor: Actor): Promise<BackendClient[]> {
    const isAll = actor.mayEver('read', 'BackendClient');
    return this.transactions.reader.find(BackendClient, {
      where: isAll ? {} : { personId: actor.id },
      order: { registeredAt: 'DESC' },
      take: listMax,
    });
  }

  private change(
    actor: Actor,
    id: string,
    action: string,
    decide: (client: BackendClient) => Promise<Partial<BackendClient> | Refusal>,
  ): Promise<BackendClient | Refusal> {
    return this.transactions.run(async (manager) => {
      const client = await manager.findOneBy(BackendClient, { id });
      const answer = client ? await decide(client) : notYours;
      const refused = 'code' in answer ? answer : null;
      await this.record(manager, { actor, action, id: client?.id ?? null, refused });
      if (!client || 'code' in answer) return refused ?? notYours;
      const { confirmedAt = client.confirmedAt, revokedAt = client.revokedAt } = answer;
      await manager.update(BackendClient, { id }, { confirmedAt, revokedAt });
      return Object.assign(client, answer);
    });
  }

  private record(
    manager: Parameters<AuditService['record']>[0],
    event: {
      readonly actor: Actor;
      readonly action: string;
      readonly id: string | null;
      readonly refused: Refusal | null;
      readonly details?: object;
    },
  ): Promise<void> {
    const { actor, action, id: subjectId, refused, details = {} } = event;
    return this.audit.record(manager, {
      ...{ actor, action, subjectType: 'BackendClient', subjectId, refusal: refused, details },
    });
  }
}

const notYours = refusal('NOT_FOUND', 'There is no such client, or it does not speak for you.', 'id');

/** RFC 7638, of each key, in base64url. */
export function thumbprintsOf({ keySet }: Pick<BackendClient, 'keySet'>): Promise<string[]> {
  return Promise.all(keySet.keys.map((key) => calculateJwkThumbprint({ ...key })));
}

function refuseRegistration(facts: {
  readonly name: string;
  readonly isKnown: boolean;
  readonly isOwn: boolean;
  readonly active: number;
}): Refusal | null {
  const { name, isKnown, isOwn, active } = facts;
  if (name.trim() === '' || name.length > nameLengthMax)
    return refusal('INCOMPLETE', `Give a name of 1 to ${nameLengthMax} characters.`, 'name');
  if (!isKnown) return refusal('NOT_FOUND', 'There is no such person.', 'personId');
  if (isOwn) return refusal('NOT_PERMITTED', 'Somebody else registers a client for you.', 'personId');
  return active < activeMax
    ? null
    : refusal('WRONG_STATE', `They have ${activeMax} clients; revoke one first.`);
}
