import type { EntityManager } from 'typeorm';

/**
 * Of `candidate JOIN request`: bytes that nothing needs any more. They are of an earlier attempt, or of a request that was
 * turned down, withdrawn or recalled, or whose ended release was taken back. An appeal makes a candidate of its own.
 */
export const leftoverSql = `candidate.destroyed_at IS NULL AND (
  request.candidate_hash IS NULL OR candidate.attempt <> request.attempt
  OR request.state IN ('REJECTED', 'WITHDRAWN', 'REVOKED')
  OR (request.state IN ('EXPIRED', 'SUPERSEDED') AND EXISTS (
    SELECT FROM incident WHERE incident.request_id = request.id AND incident.confirmed_by_id IS NOT NULL)))`;

const lock = "hashtext('picketfence-quarantine')";

/** Whoever destroys waits for the candidates that are about to be written down, and sees them. */
export async function lockForDestroying(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock(${lock})`);
}

/** Until the end of the transaction nothing is destroyed. */
export async function holdOffDestroying(manager: EntityManager): Promise<void> {
  await manager.query(`SELECT pg_advisory_xact_lock_shared(${lock})`);
}
