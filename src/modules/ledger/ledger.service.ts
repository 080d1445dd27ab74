import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
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
const samePeople = 'SELECT sources_of_same_people(:sourceId)';

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

  /** Newest first. */
  entriesOf(manager: EntityManager, sourceId: string): Promise<LedgerEntry[]> {
    return manager
      .createQueryBuilder(LedgerEntry, 'entry')
      .where(`entry.source_id IN (${samePeople})`, { sourceId })
      .orderBy('entry.reserved_at', 'DESC')
      .getMany();
  }

  /** What the model that a mechanism is given has cost; null where it promises nothing, or is given no model. */
  entryOfMechanism(manager: EntityManager, mechanismId: string | null): Promise<LedgerEntry | null> {
    return manager
      .createQueryBuilder(LedgerEntry, 'entry')
      .where('entry.model_id = (SELECT model_id FROM mechanism WHERE id = :mechanismId)', { mechanismId })
      .getOne();
  }

  async spentRho(manager: EntityManager, sourceId: string): Promise<number> {
    const [row] = await manager.query<{ rho: number | null }[]>(
      `SELECT sum(rho) AS rho FROM ledger_entry WHERE source_id IN (${samePeople.replaceAll(':sourceId', '$1')})`,
      [sourceId],
    );
    return row?.rho ?? 0;
  }
}
