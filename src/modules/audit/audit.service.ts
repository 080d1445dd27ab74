import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, type Refusal, Transactions } from '../platform/index.js';
import { AuditEvent } from './audit-event.entity.js';
import { AUDIT_OBSERVER, type AuditObserver } from './audit-observer.js';
import { type AuditFacts, chainStart, hashOf } from './audit.chain.js';
import { storable, storableText } from './storable.js';

export type AuditActor =
  | {
      readonly id: string;
      /** Of the API token that spoke for the person: its id, never the token. */
      readonly tokenId?: string | null;
    }
  | 'system'
  | 'anonymous';

export interface AuditEntry {
  readonly actor: AuditActor;
  readonly action: string;
  readonly subjectType: string;
  readonly subjectId: string | null;
  /** Present: the action was refused. */
  readonly refusal?: Refusal | null;
  /** Facts worth keeping; never a row value. */
  readonly details?: object;
}

const whoActed = (actor: AuditActor): Pick<AuditFacts, 'actorId' | 'actorKind'> =>
  typeof actor === 'string'
    ? { actorId: null, actorKind: actor }
    : { actorId: actor.id, actorKind: 'person' };

/** Comes last, so that no detail of the same name hides it. */
const byWhichToken = (actor: AuditActor): { apiTokenId?: string } =>
  typeof actor === 'string' || !actor.tokenId ? {} : { apiTokenId: actor.tokenId };

@Injectable()
export class AuditService {
  constructor(
    private readonly transactions: Transactions,
    @Inject(CLOCK) private readonly clock: Clock,
    // Null for the commands of an operator; the processes do not start without one.
    @Inject(AUDIT_OBSERVER) private readonly observer: AuditObserver | null = null,
  ) {}

  /** Appends one event in the caller's transaction: it is there exactly when what it records is. */
  async record(manager: EntityManager, entry: AuditEntry): Promise<void> {
    // Held until commit: the chain has one end, so events are appended one transaction after another.
    await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-audit-chain'))");
    const [last] = await manager.find(AuditEvent, { order: { sequence: 'DESC' }, take: 1 });
    const { refusal } = entry;
    const facts: AuditFacts = {
      sequence: (BigInt(last?.sequence ?? 0) + 1n).toString(),
      at: this.clock.now().toISOString(),
      ...whoActed(entry.actor),
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId === null ? null : storableText(entry.subjectId),
      outcome: refusal ? 'refused' : 'done',
      details: storable({ ...entry.details, ...(refusal ? { refusal } : {}), ...byWhichToken(entry.actor) }),
      previousHash: last?.hash ?? chainStart,
    };
    await manager.insert(AuditEvent, { ...facts, at: new Date(facts.at), hash: hashOf(facts) });
    await this.observer?.observe(manager, facts);
  }

  /** For what happens outside any other transaction, such as a download or a refusal at the door. */
  async recordAlone(entry: AuditEntry): Promise<void> {
    await this.transactions.run((manager) => this.record(manager, entry));
  }

  /** Newest first. */
  list(first: number, before: string | undefined): Promise<AuditEvent[]> {
    const query = this.transactions.reader
      .createQueryBuilder(AuditEvent, 'event')
      .orderBy('event.sequence', 'DESC')
      .limit(first);
    if (before !== undefined) query.where('event.sequence < :before', { before });
    return query.getMany();
  }
}
