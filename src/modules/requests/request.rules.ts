import type { CheckStatus } from '../../evaluation/check.js';
import type { Tier } from '../../generators/generator.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { type RequestCommand, type RequestState, targetOf } from './request.state.js';

/** The signed impact assessment a request rests on, as it was when it was signed. */
export interface SignedAssessment {
  readonly id: string;
  readonly version: number;
  /** SHA-256 of what was signed. */
  readonly hash: string;
  readonly attempt: number;
  readonly candidateHash: string;
  readonly policyHash: string;
  readonly questionsHash: string;
}

/** What the rules need to know of a request. Ids are of persons. */
export interface RequestFacts {
  readonly state: RequestState;
  readonly tier: Tier;
  readonly requesterId: string;
  readonly operatorId: string | null;
  readonly evaluatorId: string | null;
  readonly approverIds: readonly string[];
  /** In whose stead a delegate has approved. */
  readonly delegatorIds: readonly string[];
  /** Who declared a conflict of interest. */
  readonly recusedIds: readonly string[];
  readonly memberIds: readonly string[];
  readonly waiverIds: readonly string[];
  /** In any round of this candidate. */
  readonly endorserIds: readonly string[];
  readonly reinstaterIds: readonly string[];
  readonly suspendedById: string | null;
  readonly candidateHash: string | null;
  /** How often a generation was started. */
  readonly attempt: number;
  readonly checksOutcome: CheckStatus | null;
  /** The policy the checks were held against. */
  readonly checksPolicyHash: string | null;
  readonly assessment: SignedAssessment | null;
}

interface Question {
  readonly request: RequestFacts;
  /** Who asks; null is the system. */
  readonly personId: string | null;
  /** In whose stead the person decides; null or absent: in their own right. */
  readonly delegatorId?: string | null;
  /** Of the policy in force. */
  readonly policyHash: string;
  /** Of the question set in force. */
  readonly questionsHash: string;
  /** By the policy in force. */
  readonly attemptsMax: Readonly<Record<Tier, number>>;
}

type Rule = (question: Question) => Refusal | null;

const notTheRequester: Rule = ({ request, personId }) =>
  personId !== null && [request.requesterId, ...request.memberIds].includes(personId)
    ? refusal('OWN_REQUEST', 'This is your own request; somebody else has to decide on it.')
    : null;

const notTheOperator: Rule = ({ request, personId }) =>
  personId === request.operatorId
    ? refusal('OPERATOR_DECIDES', 'You ran the generation; somebody else has to judge it.')
    : null;

const notTheEvaluator: Rule = ({ request, personId }) =>
  personId !== null && [request.evaluatorId, ...request.endorserIds].includes(personId)
    ? refusal('EVALUATOR_DECIDES', 'You endorsed this candidate; somebody else has to approve it.')
    : null;

const notAWaiver: Rule = ({ request, personId }) =>
  personId !== null && request.waiverIds.includes(personId)
    ? refusal('WAIVER_DECIDES', 'You let a failed check of this candidate pass; somebody else has to decide.')
    : null;

const notTheSuspender: Rule = ({ request, personId }) =>
  personId !== null && personId === request.suspendedById
    ? refusal('OWN_SUSPENSION', 'You suspended this release; two other people have to reinstate it.')
    : null;

const notReinstatedTwice: Rule = ({ request, personId }) =>
  personId !== null && request.reinstaterIds.includes(personId)
    ? refusal('ALREADY_DECIDED', 'You have asked for the reinstatement already; another person has to.')
    : null;

/** A delegate and who delegates are one person here: who has approved by the other has approved. */
const notTwice: Rule = ({ request, personId }) =>
  personId !== null && [...request.approverIds, ...request.delegatorIds].includes(personId)
    ? refusal('ALREADY_DECIDED', 'You have approved this candidate already; another person has to.')
    : null;

const notRecused: Rule = ({ request, personId }) =>
  personId !== null && request.recusedIds.includes(personId)
    ? refusal('CONFLICT_OF_INTEREST', 'You declared a conflict of interest; somebody else has to decide.')
    : null;

const checksHeld: Rule = ({ request, policyHash }) => {
  if (request.checksOutcome === null || request.checksOutcome === 'fail' || request.candidateHash === null) {
    return refusal('CHECKS_NOT_PASSED', 'The checks of this candidate have not all passed.');
  }
  return request.checksPolicyHash === policyHash
    ? null
    : refusal('STALE_POLICY', 'The policy has changed since the checks ran; they have to run again.');
};

/**
 * A candidate of tier HIGH goes on only with an impact assessment of that very candidate, signed under the questions
 * and the policy in force (UCLH framework 9.5.3 and 9.5.4).
 */
export function refuseUnassessed({
  request,
  policyHash,
  questionsHash,
}: Pick<Question, 'request' | 'policyHash' | 'questionsHash'>): Refusal | null {
  const { tier, assessment, candidateHash } = request;
  if (tier !== 'HIGH') return null;
  const missing = (why: string): Refusal => refusal('DPIA_MISSING', why, 'assessment');
  if (assessment === null) return missing('Nobody has signed an impact assessment of this candidate.');
  if (candidateHash === null || assessment.candidateHash !== candidateHash) {
    return missing('The impact assessment that was signed is about another candidate.');
  }
  if (assessment.questionsHash !== questionsHash) {
    return missing('The questions of the impact assessment have changed; a new version has to be signed.');
  }
  return assessment.policyHash === policyHash
    ? null
    : missing('The policy has changed since the impact assessment was signed; a new version has to be.');
}

/** Whoever generates often enough finds a candidate that passes by chance: a further one is another request. */
const attemptsLeft: Rule = ({ request: { attempt, tier }, attemptsMax }) =>
  attempt < attemptsMax[tier]
    ? null
    : refusal(
        'ATTEMPTS_SPENT',
        `A request of tier ${tier} is generated ${attemptsMax[tier]} times at most, and this one was.`,
      );

/**
 * What is returned by information governance needs a further candidate. Where none is left it would come back, be
 * agreed again and stand still: it is queried or rejected instead, and an appeal is a request with attempts of its own.
 */
const attemptsLeftToReturn: Rule = (question) => {
  if (question.request.state !== 'IG_REVIEW' || attemptsLeft(question) === null) return null;
  const why = 'What is returned needs another candidate, and this request has had its last one.';
  return refusal('ATTEMPTS_SPENT', `${why} Query it, or reject it: the requester may appeal.`);
};

const assessed: Rule = (question) => refuseUnassessed(question);

/** In order of precedence. A command without an entry has no rule about persons or evidence. */
const rules: Readonly<Partial<Record<RequestCommand, readonly Rule[]>>> = {
  agree: [notTheRequester, notRecused],
  return: [notTheRequester, notRecused, attemptsLeftToReturn],
  decline: [notTheRequester, notRecused],
  generate: [notTheRequester, notRecused, attemptsLeft],
  rework: [notTheRequester, notRecused, attemptsLeft],
  waive: [notTheRequester, notTheOperator, notRecused],
  endorse: [notTheRequester, notTheOperator, notRecused, checksHeld, assessed],
  approve: [
    notTheRequester,
    notTheOperator,
    notTheEvaluator,
    notAWaiver,
    notRecused,
    notTwice,
    checksHeld,
    assessed,
  ],
  reinstate: [
    ...[notTheRequester, notTheOperator, notTheEvaluator, notAWaiver, notTheSuspender, notRecused],
    ...[notReinstatedTwice, assessed],
  ],
  query: [notTheRequester, notRecused],
  reject: [notTheRequester, notRecused],
  recall: [notRecused],
  recheck: [notRecused],
  close: [notRecused],
  publish: [checksHeld, assessed],
};

/** Asked of the delegator, whatever the delegate decides: what bars the one from a request bars the other. */
const rulesForDelegators: readonly Rule[] = [
  notTheRequester,
  notTheOperator,
  notTheEvaluator,
  notAWaiver,
  notRecused,
];

/** Why this person may not give this command now, or null. What the roles allow is asked before, elsewhere. */
export function refuseCommand(command: RequestCommand, question: Question): Refusal | null {
  const { state } = question.request;
  if (!targetOf(command, state)) {
    return refusal('WRONG_STATE', `A request that is ${state} cannot be given the command "${command}".`);
  }
  return firstRefusal(rules[command] ?? [], question) ?? refuseDelegator(command, question);
}

function refuseDelegator(command: RequestCommand, question: Question): Refusal | null {
  const { delegatorId } = question;
  if (delegatorId === undefined || delegatorId === null) return null;
  const asked = command === 'approve' ? [...rulesForDelegators, notTwice] : rulesForDelegators;
  const refused = firstRefusal(asked, { ...question, personId: delegatorId });
  return refused && refusal(refused.code, `The person you decide for would be told: ${refused.message}`);
}

function firstRefusal(asked: readonly Rule[], question: Question): Refusal | null {
  for (const rule of asked) {
    const refused = rule(question);
    if (refused) return refused;
  }
  return null;
}
