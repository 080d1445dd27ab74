import type { EntityManager } from 'typeorm';
import { sweepBatch } from '../platform/index.js';

/** The first batch of what a sweep has to deal with; `sql` is without LIMIT. */
export function dueRows<Row>(
  manager: EntityManager,
  sql: string,
  parameters: readonly unknown[],
): Promise<Row[]> {
  return manager.query<Row[]>(`${sql} LIMIT ${sweepBatch}`, [...parameters]);
}
