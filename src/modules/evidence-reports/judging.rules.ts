import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import type { ReleaseRequest } from '../requests/index.js';

type Judged = Pick<ReleaseRequest, 'requesterId' | 'memberIds' | 'operatorId' | 'recusedIds'>;

/**
 * The figures tell of real rows, and of how a candidate could be made to look better: they are for those who judge it,
 * and for nobody who asked for it, made it or stepped back from it.
 */
export function refuseOutsider(request: Judged, personId: string): Refusal | null {
  if ([request.requesterId, ...request.memberIds].includes(personId))
    return refusal('OWN_REQUEST', 'This is your own request; its report is for those who judge it.');
  if (personId === request.operatorId)
    return refusal('OPERATOR_DECIDES', 'You ran the generation; the report is for those who judge it.');
  if (request.recusedIds.includes(personId))
    return refusal(
      'CONFLICT_OF_INTEREST',
      'You declared a conflict of interest; the report is for those who judge it.',
    );
  return null;
}

interface Order {
  readonly request: Pick<ReleaseRequest, 'candidateHash'>;
  readonly evaluation: { readonly id: string; readonly candidateHash: string };
  /** The evaluation of the request that ran last. */
  readonly latestId: string | undefined;
  readonly isMade: boolean;
}

/** A report is made once, of the candidate as it lies in quarantine. */
export function refuseOrder({ request, evaluation, latestId, isMade }: Order): Refusal | null {
  if (isMade) return refusal('ALREADY_DECIDED', 'The report of this evaluation is there already.');
  if (request.candidateHash !== evaluation.candidateHash)
    return refusal('CANDIDATE_CHANGED', 'The request has another candidate by now, or none.');
  if (latestId !== evaluation.id)
    return refusal('CANDIDATE_CHANGED', 'The checks have run again since; ask for the report of those.');
  return null;
}
