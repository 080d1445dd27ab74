import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** What the rules need to know of a request. Ids are of persons. */
export interface ConflictFacts {
  readonly state: string;
  readonly requesterId: string;
  readonly memberIds: readonly string[];
  readonly operatorId: string | null;
  readonly evaluatorId: string | null;
  readonly endorserIds: readonly string[];
  readonly waiverIds: readonly string[];
  readonly approverIds: readonly string[];
  readonly delegatorIds: readonly string[];
  readonly recusedIds: readonly string[];
}

export function refuseDeclaration(personId: string, request: ConflictFacts, isOver: boolean): Refusal | null {
  if ([request.requesterId, ...request.memberIds].includes(personId)) {
    return refusal('OWN_REQUEST', 'This is your own request: you decide nothing on it that you could leave.');
  }
  if (isOver) {
    return refusal('WRONG_STATE', `A request that is ${request.state} has nothing left to decide.`);
  }
  if (!request.recusedIds.includes(personId)) return null;
  return refusal('ALREADY_DECIDED', 'You have declared a conflict of interest in this request already.');
}

/**
 * What falls with a person who has a conflict of interest, as long as nothing is published: the evidence they vouched
 * for has to be looked at anew (`evidence`), or the approvals that were given with or beside theirs (`approvals`).
 * `hasDecided`: there is a decision of this person on record that the lists do not show, such as the agreement.
 */
export function fallsWith(
  personId: string,
  request: ConflictFacts,
  hasDecided: boolean,
): 'evidence' | 'approvals' | 'nothing' {
  const { state } = request;
  const vouched = [...request.endorserIds, ...request.waiverIds, request.evaluatorId].includes(personId);
  const isBeforeApproval = state === 'EVALUATING' || state === 'IG_REVIEW';
  if (vouched && (isBeforeApproval || state === 'APPROVED')) return 'evidence';
  const approved = [...request.approverIds, ...request.delegatorIds].includes(personId);
  const tookPart = approved || hasDecided || request.operatorId === personId;
  return tookPart && (state === 'IG_REVIEW' || state === 'APPROVED') ? 'approvals' : 'nothing';
}
