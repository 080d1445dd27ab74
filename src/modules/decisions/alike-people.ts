import type { EntityManager } from 'typeorm';
import {
  type Likeness,
  likenesses,
  type Participant,
  participantsOf,
  type Parts,
} from '../identity/index.js';
import type { ReleaseRequest } from '../requests/index.js';

/** Of the people of a request, and of who is about to judge it: who may be one human with two accounts. */
export async function alikePeople(
  manager: EntityManager,
  request: ReleaseRequest,
  judgeId: string,
): Promise<Likeness[]> {
  return alikeAmong(await participantsOf(manager, partsIn(request, judgeId)));
}

export function partsIn(request: ReleaseRequest, judgeId: string): Parts {
  const several = (part: string, ids: readonly string[]): (readonly [string, string])[] =>
    ids.map((id) => [part, id] as const);
  return [
    ['requester', request.requesterId],
    ...several('member', request.memberIds),
    ['operator', request.operatorId],
    ...several('evaluator', request.endorserIds),
    ...several('waiver', request.waiverIds),
    ...several('approver', [...request.approverIds, ...request.delegatorIds]),
    ['judge', judgeId],
  ];
}

/** Each likeness once. */
export function alikeAmong(participants: readonly Participant[]): Likeness[] {
  const seen = new Map(likenesses(participants).map((one) => [JSON.stringify(one), one]));
  return [...seen.values()];
}
