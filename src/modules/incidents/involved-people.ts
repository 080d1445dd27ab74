import type { EntityManager } from 'typeorm';
import { ReleaseRequest } from '../requests/index.js';

/**
 * Whose work an incident of the release is about: who asked for it, made, judged, approved or let it out again, in
 * any round, and in whose stead; who declared a conflict of interest; and who approved the mechanism it cites.
 */
export async function involvedIn(manager: EntityManager, requestId: string): Promise<string[]> {
  const request = await manager.findOneByOrFail(ReleaseRequest, { id: requestId });
  const decided = await manager.query<{ id: string }[]>(
    `SELECT unnest(ARRAY[person_id, on_behalf_of_id]) AS id FROM decision
     WHERE request_id = $1 AND command IN ('endorse', 'waive', 'approve', 'reinstate')
     UNION SELECT approved_by_id FROM mechanism WHERE id = $2`,
    [requestId, request.standingMechanismId],
  );
  const { requesterId, operatorId, evaluatorId } = request;
  const ids = [
    ...[requesterId, operatorId, evaluatorId],
    ...[...request.memberIds, ...request.endorserIds, ...request.waiverIds, ...request.recusedIds],
    ...[...request.approverIds, ...request.delegatorIds],
    ...decided.map(({ id }) => id),
  ];
  return [...new Set(ids)].filter((id) => id !== null);
}
