import { type EntityManager, In, IsNull } from 'typeorm';
import { Person } from '../identity/index.js';
import { ReleaseRequest } from './request.entity.js';
import { RequestRevision } from './request-revision.entity.js';
import type { TeamFacts } from './team.rules.js';

/** What the records say of the people named as the team of a request; `request` is locked by the caller, or new. */
export async function teamFacts(
  manager: EntityManager,
  request: ReleaseRequest,
  memberIds: readonly string[],
): Promise<TeamFacts> {
  const active = await manager.find(Person, {
    where: { id: In([...memberIds]), disabledAt: IsNull() },
    select: { id: true },
  });
  return {
    requesterId: request.requesterId,
    submittedIds: await submittedIds(manager, request),
    declinedIds: request.declinedMemberIds,
    activeIds: active.map(({ id }) => id),
    deciderIds: await deciderIds(manager, request),
  };
}

async function submittedIds(
  manager: EntityManager,
  { id, parentId, declinedMemberIds = [] }: Partial<ReleaseRequest>,
): Promise<string[]> {
  if (id === undefined) return [];
  const last = await manager.findOne(RequestRevision, {
    where: { requestId: id },
    order: { revision: 'DESC' },
  });
  const parent = parentId ? await manager.findOneBy(ReleaseRequest, { id: parentId }) : null;
  // Forms of before there were teams have none.
  const { memberIds = [] } = (last?.form ?? {}) as Partial<ReleaseRequest>;
  const named = new Set([...memberIds, ...(parent?.memberIds ?? [])]);
  return [...named].filter((one) => !declinedMemberIds.includes(one));
}

/** Who decided for whom, and whoever put their name to an impact assessment. */
async function deciderIds(
  manager: EntityManager,
  { id, parentId }: Partial<ReleaseRequest>,
): Promise<string[]> {
  if (id === undefined) return [];
  const rows = await manager.query<{ id: string }[]>(
    `SELECT unnest(array_remove(ARRAY[person_id, on_behalf_of_id], NULL)) AS id
       FROM decision WHERE request_id = ANY ($1)
     UNION SELECT signed_by_id FROM assessment WHERE request_id = ANY ($1) AND signed_by_id IS NOT NULL`,
    [[id, parentId].filter((one) => typeof one === 'string')],
  );
  return rows.map((row) => row.id);
}
