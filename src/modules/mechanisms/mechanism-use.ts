import type { EntityManager } from 'typeorm';
import { type Refusal, refusal } from '../platform/index.js';
import type { Mechanism } from './mechanism.entity.js';
import { refuseUse } from './mechanism.rules.js';

/**
 * May a candidate be made by this mechanism, or one that was go on its way? Whoever stops the mechanism waits for the
 * end of the transaction, and then finds what came of it; or comes first, and is seen here.
 */
export async function refuseStopped(
  manager: EntityManager,
  mechanismId: string | null,
): Promise<Refusal | null> {
  const [mechanism] = await manager.query<Pick<Mechanism, 'state'>[]>(
    'SELECT state FROM mechanism WHERE id = $1 FOR SHARE',
    [mechanismId],
  );
  if (mechanism) return refuseUse(mechanism);
  return refusal('MECHANISM_MISMATCH', 'The mechanism that made the candidate is not on record.');
}

/** Was a candidate made by it, for whatever request, or begun? Another source may have a mechanism of equal hash. */
export async function isUsed(
  manager: EntityManager,
  { hash, sourceId }: Pick<Mechanism, 'hash' | 'sourceId'>,
): Promise<boolean> {
  const [row] = await manager.query<unknown[]>(
    `SELECT 1 FROM generation_attempt JOIN request ON request.id = request_id
     WHERE mechanism_hash = $1 AND source_id = $2 LIMIT 1`,
    [hash, sourceId],
  );
  return row !== undefined;
}

/** By id, for lists; nothing is locked. */
export async function statesOfMechanisms(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, Pick<Mechanism, 'state'>>> {
  const found = await manager.query<Pick<Mechanism, 'id' | 'state'>[]>(
    'SELECT id, state FROM mechanism WHERE id = ANY ($1)',
    [ids],
  );
  return new Map(found.map((mechanism) => [mechanism.id, mechanism]));
}
