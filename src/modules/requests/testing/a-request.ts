import type { RequestFacts } from '../request.rules.js';

/** What is in force where these requests are. */
export const inForce = {
  policyHash: 'policy',
  questionsHash: 'questions',
  attemptsMax: { STRUCTURAL: 5, LOW: 5, HIGH: 2 },
};

/** A request in review, with one person in each part. */
export const aRequest = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  state: 'IG_REVIEW',
  tier: 'LOW',
  requesterId: 'ann',
  operatorId: 'otto',
  evaluatorId: 'eva',
  approverIds: [],
  delegatorIds: [],
  recusedIds: ['rex'],
  memberIds: ['mia'],
  waiverIds: ['wim'],
  endorserIds: ['eda'],
  reinstaterIds: [],
  suspendedById: 'sue',
  candidateHash: 'c0ffee',
  attempt: 1,
  checksOutcome: 'pass',
  checksPolicyHash: 'policy',
  assessment: null,
  ...change,
});
