import { Inject, Injectable } from '@nestjs/common';
import { type EntityManager, In } from 'typeorm';
import type { LedgerEntry as Booking } from '../../core/privacy/ledger-entry.js';
import type { Clock } from '../../core/time/clock.js';
import { CLOCK, type Refusal } from '../platform/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { isWithin, type PrivacyCost, refuseSpending } from './ledger.rules.js';
import { LedgerEntry } from './ledger-entry.entity.js';

export interface Reservation {
  readonly sourceId: string;
  readonly modelId: string;
  readonly cost: PrivacyCost;
  readonly rowsPerSubject: number;
}

/** Versions of one name, the same bytes under any name, and what was matched with any of them. */
const samePeople = 'SELECT sources_of_same_people($1)';

/** A generator asked the rows more than was paid for. Its model is not kept. */
class OverspentError extends Error {
  constructor(modelId: string) {
    super(`The model ${modelId} cost more of the privacy budget than was reserved for it.`);
    this.name = 'OverspentError';
  }
}

/** The privacy budget of the people of a source: reserved before the rows are looked at, spent whatever comes of it. */
@Injectable()
export class LedgerService {
  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(POLICY) private readonly policy: Policy,
  ) {}

  /** Those who ask at once wait for each other until the transaction ends. */
  async refuse(manager: EntityManager, sourceId: string, cost: PrivacyCost): Promise<Refusal | null> {
    await manager.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-ledger'))");
    return refuseSpending(await this.spentRho(manager, sourceId), cost, this.policy.privacyBudget);
  }

  /** In the transaction of `refuse`. */
  async reserve(manager: EntityManager, reservation: Reservation): Promise<void> {
    const { sourceId, modelId, cost, rowsPerSubject } = reservation;
    await manager.insert(LedgerEntry, {
      ...{ sourceId, modelId, ...cost, rowsPerSubject },
      state: 'RESERVED',
      reservedAt: this.clock.now(),
    });
  }

  /** `booked` null: the work failed, and what it asked before that is not known. The budget is gone all the same. */
  async settle(manager: EntityManager, modelId: string, booked: readonly Booking[] | null): Promise<void> {
    const entry = await manager.findOneBy(LedgerEntry, { modelId, state: 'RESERVED' });
    if (!entry) return;
    if (booked && !isWithin(entry.rho, booked)) throw new OverspentError(modelId);
    await manager.update(LedgerEntry, entry.id, { state: 'SPENT', settledAt: this.clock.now() });
    if (booked)
      await manager.query('UPDATE ledger_entry SET booked = $2 WHERE id = $1', [
        entry.id,
        JSON.stringify(booked),
      ]);
  }

  /** By source, what was spent of the budget of its people. Newest first. */
  async entriesOf(
    manager: EntityManager,
    sourceIds: readonly string[],
  ): Promise<ReadonlyMap<string, LedgerEntry[]>> {
    const shared = await manager.query<{ source: string; same: string[] }[]>(
      `SELECT asked.id AS source, ARRAY(SELECT sources_of_same_people(asked.id)) AS same
       FROM unnest($1::uuid[]) AS asked(id)`,
      [sourceIds],
    );
    const entries = await manager.find(LedgerEntry, {
      where: { sourceId: In(shared.flatMap(({ same }) => same)) },
      order: { reservedAt: 'DESC' },
    });
    return new Map(
      shared.map(({ source, same }) => [source, entries.filter(({ sourceId }) => same.includes(sourceId))]),
    );
  }

  /** By mechanism, what the model that it is given has cost; of those whose model promises something. */
  async entriesOfMechanisms(
    manager: EntityManager,
    mechanismIds: readonly string[],
  ): Promise<ReadonlyMap<string, LedgerEntry>> {
    const models = await manager.query<{ id: string; model: string }[]>(
      'SELECT id, model_id AS model FROM mechanism WHERE id = ANY ($1) AND model_id IS NOT NULL',
      [mechanismIds],
    );
    const entries = await manager.findBy(LedgerEntry, { modelId: In(models.map(({ model }) => model)) });
    return new Map(
      models.flatMap(({ id, model }) => {
        const entry = entries.find(({ modelId }) => modelId === model);
        return entry ? [[id, entry] as const] : [];
      }),
    );
  }

  async spentRho(manager: EntityManager, sourceId: string): Promise<number> {
    const [row] = await manager.query<{ rho: number | null }[]>(
      `SELECT sum(rho) AS rho FROM ledger_entry WHERE source_id IN (${samePeople})`,
      [sourceId],
    );
    return row?.rho ?? 0;
  }
}
