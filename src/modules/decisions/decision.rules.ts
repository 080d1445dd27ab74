import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

export interface Scores {
  readonly privacy: number;
  readonly quality: number;
  readonly utility: number;
  readonly bias: number;
}

/** What the audit team says when it agrees to a request (UCLH framework 9.5.1). */
export interface Agreement {
  readonly feasibility: string;
  readonly impact: string;
}

/** What the evaluator stands by, in words: one for each score, and what goes with the release. */
export interface EndorsementTexts {
  readonly privacy: string;
  readonly quality: string;
  readonly utility: string;
  readonly bias: string;
  readonly releaseNotes: string;
  readonly limitations: string;
  /** One paragraph for information governance. */
  readonly summary: string;
}

export interface KeptEndorsement extends EndorsementTexts {
  /** What the summary was made from: the words the records give. */
  readonly generatedSummary: string;
}

/** What a person says with a verdict. */
export interface Verdict {
  readonly reason: string;
  /** The candidate that was judged; null before there is one. */
  readonly candidateHash: string | null;
  readonly scores: Scores | null;
  /** Asked of evaluators only. */
  readonly endorsement: EndorsementTexts | null;
  /** Asked of who agrees only. */
  readonly agreement: Agreement | null;
  /** Asked of approvers only. */
  readonly declaresNoConflict: boolean | null;
  /** The revision of the form that was read; null where the person does not say. */
  readonly revision: number | null;
  /** The round that the endorsement that was read began; null where the person does not say. */
  readonly reviewRound: number | null;
}

/** What a verdict has to be about. */
interface Judged {
  readonly candidateHash: string | null;
  readonly revision: number;
  readonly reviewRound: number;
}

const scoreMax = 5;

/** A decision is explained. */
export function refuseReason(reason: string): Refusal | null {
  return refuseWords(reason, (bounds) => `Give the reason in ${bounds}.`, 'reason');
}

function refuseStale(verdict: Verdict, request: Judged): Refusal | null {
  if (verdict.revision !== null && verdict.revision !== request.revision)
    return refusal('STALE', `The form was submitted again: it is revision ${request.revision}.`, 'revision');
  if (verdict.reviewRound !== null && verdict.reviewRound !== request.reviewRound)
    return refusal('STALE', 'It was endorsed again since you read it.', 'reviewRound');
  return null;
}

/** Is the verdict complete, and about what there is? */
export function refuseVerdict(verdict: Verdict, request: Judged): Refusal | null {
  const incomplete = verdict.agreement ? null : refuseReason(verdict.reason);
  if (incomplete) return incomplete;
  if (verdict.candidateHash !== null && verdict.candidateHash !== request.candidateHash) {
    return refusal(
      'CANDIDATE_CHANGED',
      'This is not the candidate you judged: the hash differs.',
      'candidateHash',
    );
  }
  const stale = refuseStale(verdict, request);
  if (stale) return stale;
  if (verdict.declaresNoConflict === false) {
    return refusal(
      'CONFLICT_OF_INTEREST',
      'Who has a conflict of interest does not decide.',
      'declaresNoConflict',
    );
  }
  return (
    (verdict.scores && refuseScores(verdict.scores)) ??
    (verdict.agreement && refuseTexts(verdict.agreement, agreementWords)) ??
    (verdict.endorsement && refuseTexts(verdict.endorsement, endorsementWords)) ??
    refuseEndorsement(verdict)
  );
}

/** Scores come with words, and words with scores. */
function refuseEndorsement({ scores, endorsement }: Verdict): Refusal | null {
  if ((scores === null) === (endorsement === null)) return null;
  const place = scores === null ? 'scores' : 'endorsement';
  return refusal('INCOMPLETE', 'An endorsement has scores and says why in words.', place);
}

const agreementWords: Readonly<Record<keyof Agreement, string>> = {
  feasibility: 'why the request can be met',
  impact: 'what it is good for',
};

const endorsementWords: Readonly<Record<keyof EndorsementTexts, string>> = {
  privacy: 'why the score for privacy is what it is',
  quality: 'why the score for quality is what it is',
  utility: 'why the score for utility is what it is',
  bias: 'why the score for bias is what it is',
  releaseNotes: 'what the people who get the release have to know',
  limitations: 'what the data are not good for',
  summary: 'one paragraph for information governance',
};

function refuseTexts<Field extends string>(
  texts: Readonly<Record<Field, string>>,
  wanted: Readonly<Record<Field, string>>,
): Refusal | null {
  for (const field of Object.keys(wanted) as Field[]) {
    const unsaid = refuseWords(texts[field], (bounds) => `Say ${wanted[field]}, in ${bounds}.`, field);
    if (unsaid) return unsaid;
  }
  return null;
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
