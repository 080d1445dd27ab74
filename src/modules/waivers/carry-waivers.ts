import { type EntityManager, In } from 'typeorm';
import { stillWaiving, type WaiverFacts, withoutRecused } from './waiver.rules.js';
import { Waiver } from './waiver.entity.js';

interface Rerun extends Pick<WaiverFacts, 'checks' | 'policies' | 'now'> {
  readonly evaluationId: string;
}

interface WaivedRequest {
  readonly id: string;
  readonly candidateHash: string | null;
  readonly recusedIds: readonly string[];
}

/**
 * Lets the waivers of a candidate that still last count for checks of the same candidate that ran again, as records of
 * their own that name those they go back to. A waiver of one who declared a conflict of interest is left behind.
 */
export async function carryWaivers(
  manager: EntityManager,
  request: WaivedRequest,
  { evaluationId, ...rerun }: Rerun,
): Promise<Waiver[]> {
  const rows = await manager.query<{ id: string; value: number | null }[]>(
    `SELECT waiver.id, (checked ->> 'value')::double precision AS value
     FROM waiver JOIN evaluation ON evaluation.id = waiver.evaluation_id
     CROSS JOIN LATERAL jsonb_array_elements(evaluation.checks) AS checked
     WHERE waiver.request_id = $1 AND evaluation.candidate_hash = $2 AND waiver.carried_from_id IS NULL
       AND checked ->> 'name' = waiver.check_name`,
    [request.id, request.candidateHash],
  );
  const values = new Map(rows.map(({ id, value }) => [id, value]));
  const given = await manager.find(Waiver, {
    where: { id: In([...values.keys()]) },
    order: { givenAt: 'ASC' },
  });
  const valueOf = ({ id }: Waiver): number | null => values.get(id) ?? null;
  const carried = stillWaiving(withoutRecused(given, request), valueOf, rerun);
  return manager.save(
    carried.map(({ id: carriedFromId, requestId, checkName, personId, reason, expiresAt, givenAt }) =>
      manager.create(Waiver, {
        ...{ requestId, evaluationId, checkName, personId, reason, expiresAt, givenAt },
        carriedFromId,
      }),
    ),
  );
}
