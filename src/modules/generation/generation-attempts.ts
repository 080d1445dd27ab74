import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Clock } from '../../core/time/clock.js';
import { Mechanism } from '../mechanisms/index.js';
import { CLOCK, type Refusal } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';
import { refuseReusedSeed } from './generate.rules.js';
import { GenerationAttempt } from './generation-attempt.entity.js';

interface Start {
  readonly mechanismId: string;
  readonly seed: string;
  readonly isDrawn: boolean;
  readonly reason: string | null;
}

/** Keeps each start of a generation, and which seeds a mechanism was given for which request. */
@Injectable()
export class GenerationAttempts {
  constructor(@Inject(CLOCK) private readonly clock: Clock) {}

  /** Those who ask at once with one seed wait for each other until the transaction ends. */
  async refuseSeed(
    manager: EntityManager,
    { id }: ReleaseRequest,
    { mechanismId, seed }: Pick<Start, 'mechanismId' | 'seed'>,
  ): Promise<Refusal | null> {
    const { hash } = await manager.findOneByOrFail(Mechanism, { id: mechanismId });
    await manager.query('SELECT pg_advisory_xact_lock(hashtext($1))', [`seed ${hash} ${seed}`]);
    const [used] = await manager.query<{ request_id: string }[]>(
      'SELECT request_id FROM used_seed WHERE mechanism_hash = $1 AND seed = $2',
      [hash, seed],
    );
    return refuseReusedSeed(id, used?.request_id ?? null);
  }

  /** In the transaction of `refuseSeed`; the request counts this attempt already. */
  async record(manager: EntityManager, { id, attempt }: ReleaseRequest, start: Start): Promise<void> {
    const { mechanismId, seed, isDrawn, reason } = start;
    const { hash: mechanismHash } = await manager.findOneByOrFail(Mechanism, { id: mechanismId });
    await manager.query(
      `INSERT INTO used_seed (mechanism_hash, seed, request_id) VALUES ($1, $2, $3)
       ON CONFLICT (mechanism_hash, seed) DO NOTHING`,
      [mechanismHash, seed, id],
    );
    const startedAt = this.clock.now();
    const kept = { mechanismHash, seed, isDrawn, reason: reason?.trim() ?? null, startedAt };
    await manager.insert(GenerationAttempt, { requestId: id, attempt, ...kept });
  }
}
