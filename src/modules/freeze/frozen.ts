import type { EntityManager } from 'typeorm';
import { type Refusal, refusal } from '../platform/index.js';

const lock = "hashtext('picketfence-freeze')";

/** Of a row of no table: a queue in which a freeze waits for what has begun, and what comes later waits for it. */
export async function lockForFreezing(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(${lock})`);
}

/**
 * Until the end of the transaction no freeze begins or ends: one that committed first is seen afterwards, one that comes
 * later waits. For after the request is locked, and before anything is recorded.
 */
export async function holdOffFreezes(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(${lock})`);
}

/** For whatever is about to go on: holds off freezes, and looks for one. */
export async function refuseFrozen(manager: EntityManager): Promise<Refusal | null> {
  await holdOffFreezes(manager);
  return (await isFrozen(manager)) ? frozenRefusal() : null;
}

export const frozenRefusal = (): Refusal =>
  refusal('FROZEN', 'Everything is frozen: nothing is generated, published or given out for now.');

/** For what is only shown, or asked again later; nothing is locked. */
export async function isFrozen(manager: EntityManager): Promise<boolean> {
  const [found] = await manager.query<unknown[]>('SELECT FROM general_freeze WHERE thawed_at IS NULL');
  return found !== undefined;
}
