import type { EntityManager } from 'typeorm';

/**
 * SQL: has information governance queried or returned the `request` of the statement around it? The audit team
 * returns a request too, before information governance was asked in any round.
 */
export const questionedSql = `EXISTS (
  SELECT FROM decision WHERE decision.request_id = request.id
    AND (decision.command = 'query' OR (decision.command = 'return' AND decision.review_round > 0)))`;

export async function wasQuestioned(manager: EntityManager, requestId: string): Promise<boolean> {
  const [row] = await manager.query<{ questioned: boolean }[]>(
    `SELECT ${questionedSql} AS questioned FROM request WHERE id = $1`,
    [requestId],
  );
  return row?.questioned ?? true;
}
