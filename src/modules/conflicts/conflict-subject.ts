import type { EntityManager } from 'typeorm';
import type { ConflictOfInterest } from './conflict.entity.js';
import type { Bars } from './withdrawal.rules.js';

interface BarRow {
  readonly asked_by_ids: string[];
  readonly recused_ids: string[];
}

/** What a conflict is about: who stands behind it, and where the person is recused because of it. $1 is its id. */
interface SubjectSql {
  readonly type: 'Request' | 'Mechanism' | 'Profile';
  /** Locks what it is about, and tells who asked for it and who is recused. */
  readonly bars: string;
  /** $2 is the person. What follows from a request, and all profiles of the same people, go with it. */
  readonly readmit: string;
}

const request: SubjectSql = {
  type: 'Request',
  bars: 'SELECT requester_id || member_ids AS asked_by_ids, recused_ids FROM request WHERE id = $1 FOR UPDATE',
  readmit: `WITH RECURSIVE following (id) AS (
      SELECT $1::uuid UNION SELECT request.id FROM request JOIN following ON request.parent_id = following.id
    ) UPDATE request SET recused_ids = array_remove(recused_ids, $2::uuid) WHERE id IN (SELECT id FROM following)
      AND NOT EXISTS (SELECT 1 FROM conflict_of_interest other
        WHERE other.request_id = request.id AND other.person_id = $2 AND other.withdrawn_at IS NULL)`,
};

const mechanism: SubjectSql = {
  type: 'Mechanism',
  bars: 'SELECT ARRAY[registered_by_id] AS asked_by_ids, recused_ids FROM mechanism WHERE id = $1 FOR UPDATE',
  readmit: 'UPDATE mechanism SET recused_ids = array_remove(recused_ids, $2::uuid) WHERE id = $1',
};

const ofTheSamePeople = `SELECT id FROM profile WHERE source_id IN
  (SELECT sources_of_same_people(source_id) FROM profile WHERE id = $1)`;

const profile: SubjectSql = {
  type: 'Profile',
  bars: 'SELECT ARRAY[requested_by_id] AS asked_by_ids, recused_ids FROM profile WHERE id = $1 FOR UPDATE',
  readmit: `UPDATE profile SET recused_ids = array_remove(recused_ids, $2::uuid) WHERE id IN (${ofTheSamePeople})
    AND NOT EXISTS (SELECT 1 FROM conflict_of_interest other WHERE other.profile_id IN (${ofTheSamePeople})
      AND other.person_id = $2 AND other.withdrawn_at IS NULL)`,
};

export interface ConflictSubject {
  readonly type: SubjectSql['type'];
  readonly id: string;
  readonly sql: SubjectSql;
}

export function subjectOf({ requestId, mechanismId, profileId }: ConflictOfInterest): ConflictSubject {
  if (requestId !== null) return { type: 'Request', id: requestId, sql: request };
  if (mechanismId !== null) return { type: 'Mechanism', id: mechanismId, sql: mechanism };
  return { type: 'Profile', id: profileId ?? '', sql: profile };
}

/** `personId` is to agree with what `declaredById` asks. Locks what the conflict is about. */
export async function barsOf(
  manager: EntityManager,
  { id, sql }: ConflictSubject,
  people: { readonly personId: string; readonly declaredById: string },
): Promise<Bars> {
  const [row] = await manager.query<BarRow[]>(sql.bars, [id]);
  const delegations = await manager.query<unknown[]>(
    `SELECT 1 FROM delegation WHERE revoked_at IS NULL
       AND (delegator_id, delegate_id) IN (($1::uuid, $2::uuid), ($2, $1)) LIMIT 1`,
    [people.personId, people.declaredById],
  );
  return {
    askedByIds: row?.asked_by_ids ?? [],
    recusedIds: row?.recused_ids ?? [],
    speaksForEachOther: delegations.length > 0,
  };
}
