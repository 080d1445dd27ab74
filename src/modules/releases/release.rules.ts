import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface PublicationFacts {
  readonly request: {
    readonly state: string;
    readonly candidateHash: string | null;
    readonly approverIds: readonly string[];
    readonly checksOutcome: string | null;
    readonly checksPolicyHash: string | null;
    readonly requesterId: string;
    readonly memberIds: readonly string[];
    readonly operatorId: string | null;
    readonly evaluatorId: string | null;
    readonly endorserIds: readonly string[];
    readonly waiverIds: readonly string[];
    readonly recusedIds: readonly string[];
  };
  /** What the candidate's own record says, and the checks that were stored for it. */
  readonly candidateHash: string;
  readonly storedOutcome: string | null;
  /** Did they run within the days after which the policy has a release of this tier checked again? */
  readonly checksAreFresh: boolean;
  /** Distinct people with an approval on record in this round that is no older than the policy lets it count. */
  readonly recordedApprovers: number;
  readonly approvalsNeeded: number;
  /** Where the policy lets a release cite the approval of its mechanism: the mechanism it cites. */
  readonly standing: {
    readonly state: string;
    readonly approvedById: string | null;
    /** The policy it was approved under. */
    readonly approvalPolicyHash: string | null;
  } | null;
  /** An appeal, or information governance has asked back: people decide on it, whatever its mechanism. */
  readonly isDoubted: boolean;
  readonly policyHash: string;
  /** Why the impact assessment on record does not bear the publication; null when it does, or none is needed. */
  readonly assessmentRefusal: Refusal | null;
}

/**
 * May these bytes be published? Asked of the records behind the request's own columns as well: a request whose
 * columns say more than the evidence and the decisions do is not published.
 */
export function refusePublication(facts: PublicationFacts): Refusal | null {
  const { request } = facts;
  if (request.state !== 'APPROVED') {
    return refusal('WRONG_STATE', `A request that is ${request.state} is not published.`);
  }
  if (request.candidateHash !== facts.candidateHash) {
    return refusal('CANDIDATE_CHANGED', 'The candidate is not the one that was approved.');
  }
  const outcomes = [request.checksOutcome, facts.storedOutcome];
  if (outcomes.some((outcome) => outcome !== 'pass' && outcome !== 'review')) {
    return refusal('CHECKS_NOT_PASSED', 'The checks of this candidate have not all passed.');
  }
  if (!facts.checksAreFresh) {
    return refusal(
      'CHECKS_NOT_PASSED',
      'The checks of this candidate have grown old; they have to run again.',
    );
  }
  const isApproved = Math.min(request.approverIds.length, facts.recordedApprovers) >= facts.approvalsNeeded;
  if (!isApproved && !standsOnItsMechanism(facts)) {
    return refusal(
      'INCOMPLETE',
      `It takes ${facts.approvalsNeeded} approvals by different people, none of which has grown old.`,
    );
  }
  if (request.checksPolicyHash !== facts.policyHash) {
    return refusal('STALE_POLICY', 'The policy has changed since the checks ran.');
  }
  return facts.assessmentRefusal;
}

/** The mechanism is live, approved under the policy in force by somebody who has no part in this request. */
function standsOnItsMechanism({ standing, request, isDoubted, policyHash }: PublicationFacts): boolean {
  if (isDoubted || standing?.state !== 'APPROVED' || standing.approvedById === null) return false;
  if (standing.approvalPolicyHash !== policyHash) return false;
  return !barredFromApproving(request).includes(standing.approvedById);
}

/** Who has a part in the request, or a conflict of interest: no approval of theirs counts. */
export function barredFromApproving(request: PublicationFacts['request']): (string | null)[] {
  const { requesterId, memberIds, operatorId, evaluatorId, endorserIds, waiverIds, recusedIds } = request;
  return [requesterId, operatorId, evaluatorId, ...memberIds, ...endorserIds, ...waiverIds, ...recusedIds];
}
