import { type Refusal, refusal } from '../platform/refusal/refusal.js';

export interface Scores {
  readonly privacy: number;
  readonly quality: number;
  readonly utility: number;
  readonly bias: number;
}

/** What a person says with a verdict. */
export interface Verdict {
  readonly reason: string;
  /** The candidate that was judged; null before there is one. */
  readonly candidateHash: string | null;
  readonly scores: Scores | null;
  /** Asked of approvers only. */
  readonly declaresNoConflict: boolean | null;
}

const reasonLengthMin = 10;
const reasonLengthMax = 4_000;
const scoreMax = 5;

/** A decision is explained. */
export function refuseReason(reason: string): Refusal | null {
  const { length } = reason.trim();
  if (length >= reasonLengthMin && length <= reasonLengthMax) return null;
  return refusal(
    'INCOMPLETE',
    `Give the reason in ${reasonLengthMin} to ${reasonLengthMax} characters.`,
    'reason',
  );
}

/** Is the verdict complete, and about what there is? */
export function refuseVerdict(
  verdict: Verdict,
  request: { readonly candidateHash: string | null },
): Refusal | null {
  const incomplete = refuseReason(verdict.reason);
  if (incomplete) return incomplete;
  if (verdict.candidateHash !== null && verdict.candidateHash !== request.candidateHash) {
    return refusal(
      'CANDIDATE_CHANGED',
      'This is not the candidate you judged: the hash differs.',
      'candidateHash',
    );
  }
  if (verdict.declaresNoConflict === false) {
    return refusal(
      'CONFLICT_OF_INTEREST',
      'Who has a conflict of interest does not decide.',
      'declaresNoConflict',
    );
  }
  return verdict.scores ? refuseScores(verdict.scores) : null;
}

function refuseScores(scores: Scores): Refusal | null {
  const bad = Object.entries(scores).find(([, score]: [string, unknown]) => !isScore(score))?.[0];
  if (bad === undefined) return null;
  return refusal('INCOMPLETE', `Score "${bad}" from 1 to ${scoreMax}.`, bad);
}

const isScore = (score: unknown): boolean =>
  typeof score === 'number' && Number.isInteger(score) && score >= 1 && score <= scoreMax;

interface ReviewFacts {
  readonly state: string;
  readonly reviewRound: number;
  readonly approverIds: readonly string[];
  readonly delegatorIds: readonly string[];
}

/** While a candidate is decided on, who still has to decide does not see how the others did. */
export function isBlindTo(
  request: ReviewFacts,
  { personId, mayDecide }: { readonly personId: string; readonly mayDecide: boolean },
): (decision: { readonly command: string; readonly reviewRound: number }) => boolean {
  const decided = [...request.approverIds, ...request.delegatorIds];
  const isPending = request.state === 'IG_REVIEW' && mayDecide && !decided.includes(personId);
  return ({ command, reviewRound }) =>
    isPending && command === 'approve' && reviewRound === request.reviewRound;
}
