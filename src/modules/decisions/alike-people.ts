import type { EntityManager } from 'typeorm';
import { type Likeness, likenesses, participantsOf } from '../identity/index.js';
import type { ReleaseRequest } from '../requests/index.js';

/** Of the people of a request, and of who is about to judge it: who may be one human with two accounts. */
export async function alikePeople(
  manager: EntityManager,
  request: ReleaseRequest,
  judgeId: string,
): Promise<Likeness[]> {
  const several = (part: string, ids: readonly string[]): (readonly [string, string])[] =>
    ids.map((id) => [part, id] as const);
  const found = likenesses(
    await participantsOf(manager, [
      ['requester', request.requesterId],
      ...several('member', request.memberIds),
      ['operator', request.operatorId],
      ...several('evaluator', request.endorserIds),
      ...several('waiver', request.waiverIds),
      ...several('approver', [...request.approverIds, ...request.delegatorIds]),
      ['judge', judgeId],
    ]),
  );
  const seen = new Map(found.map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
