import fc from 'fast-check';
import { refuseCommand, type RequestFacts, type SignedAssessment } from './request.rules.js';
import { type RequestCommand, requestStates, requestTransitions, targetOf } from './request.state.js';

const signed: SignedAssessment = {
  id: 'dpia',
  version: 1,
  hash: 'feed',
  attempt: 1,
  candidateHash: 'c0ffee',
  policyHash: 'policy',
  questionsHash: 'questions',
};
const high = { tier: 'HIGH' } as const;

const aRequest = (change: Partial<RequestFacts> = {}): RequestFacts => ({
  state: 'IG_REVIEW',
  tier: 'LOW',
  requesterId: 'ann',
  operatorId: 'otto',
  evaluatorId: 'eva',
  approverIds: [],
  memberIds: ['mia'],
  waiverIds: ['wim'],
  endorserIds: ['eda'],
  reinstaterIds: [],
  suspendedById: 'sue',
  candidateHash: 'c0ffee',
  checksOutcome: 'pass',
  checksPolicyHash: 'policy',
  assessment: null,
  ...change,
});

const codeOf = (
  command: RequestCommand,
  personId: string,
  change: Partial<RequestFacts> = {},
): string | undefined =>
  refuseCommand(command, {
    request: aRequest(change),
    personId,
    policyHash: 'policy',
    questionsHash: 'questions',
  })?.code;

describe('giving a command', () => {
  it.each<[RequestCommand, string, Partial<RequestFacts>, string | undefined]>([
    ['agree', 'sam', { state: 'SUBMITTED' }, undefined],
    ['agree', 'ann', { state: 'SUBMITTED' }, 'OWN_REQUEST'],
    ['agree', 'sam', { state: 'DRAFT' }, 'WRONG_STATE'],
    ['generate', 'ann', { state: 'AGREED' }, 'OWN_REQUEST'],
    ['endorse', 'eva', { state: 'EVALUATING', evaluatorId: null }, undefined],
    ['endorse', 'otto', { state: 'EVALUATING', evaluatorId: null }, 'OPERATOR_DECIDES'],
    ['endorse', 'ann', { state: 'EVALUATING', evaluatorId: null }, 'OWN_REQUEST'],
    ['endorse', 'eva', { state: 'EVALUATING', checksOutcome: 'fail' }, 'CHECKS_NOT_PASSED'],
    ['endorse', 'eva', { state: 'EVALUATING', checksPolicyHash: 'older' }, 'STALE_POLICY'],
    ['approve', 'ina', {}, undefined],
    ['approve', 'ina', { checksOutcome: 'review' }, undefined],
    ['approve', 'ann', {}, 'OWN_REQUEST'],
    ['approve', 'otto', {}, 'OPERATOR_DECIDES'],
    ['approve', 'eva', {}, 'EVALUATOR_DECIDES'],
    ['approve', 'ina', { approverIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['approve', 'ina', { checksOutcome: null }, 'CHECKS_NOT_PASSED'],
    ['approve', 'ina', { candidateHash: null }, 'CHECKS_NOT_PASSED'],
    ['approve', 'ina', { checksPolicyHash: 'older' }, 'STALE_POLICY'],
    ['approve', 'ina', { state: 'CHECKING' }, 'WRONG_STATE'],
    ['approve', 'mia', {}, 'OWN_REQUEST'],
    ['approve', 'eda', {}, 'EVALUATOR_DECIDES'],
    ['approve', 'wim', {}, 'WAIVER_DECIDES'],
    ['waive', 'otto', { state: 'BLOCKED' }, 'OPERATOR_DECIDES'],
    ['waive', 'eva', { state: 'BLOCKED', evaluatorId: null }, undefined],
    ['reinstate', 'sue', { state: 'SUSPENDED' }, 'OWN_SUSPENSION'],
    ['reinstate', 'ina', { state: 'SUSPENDED', reinstaterIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['reinstate', 'ina', { state: 'SUSPENDED' }, undefined],
    ['endorse', 'eva', { ...high, state: 'EVALUATING', evaluatorId: null }, 'DPIA_MISSING'],
    ['endorse', 'eva', { ...high, state: 'EVALUATING', evaluatorId: null, assessment: signed }, undefined],
    ['approve', 'ina', high, 'DPIA_MISSING'],
    ['approve', 'ina', { ...high, assessment: signed }, undefined],
    ['approve', 'ina', { ...high, assessment: { ...signed, candidateHash: 'decaf' } }, 'DPIA_MISSING'],
    ['approve', 'ina', { ...high, assessment: { ...signed, questionsHash: 'older' } }, 'DPIA_MISSING'],
    ['approve', 'ina', { ...high, assessment: { ...signed, policyHash: 'older' } }, 'DPIA_MISSING'],
    ['publish', 'system', { ...high, state: 'APPROVED' }, 'DPIA_MISSING'],
    ['publish', 'system', { ...high, state: 'APPROVED', assessment: signed }, undefined],
    ['reject', 'ann', {}, 'OWN_REQUEST'],
    ['withdraw', 'ann', { state: 'GENERATING' }, 'WRONG_STATE'],
  ])('%s by %s on %j: %s', (command, personId, change, expected) => {
    expect(codeOf(command, personId, change)).toBe(expected);
  });

  it('never means anything outside the table', () => {
    const commands = requestTransitions.map(({ command }) => command);
    fc.assert(
      fc.property(fc.constantFrom(...commands), fc.constantFrom(...requestStates), (command, state) => {
        if (targetOf(command, state) === null) expect(codeOf(command, 'sam', { state })).toBe('WRONG_STATE');
      }),
      { numRuns: 1000 },
    );
  });

  it('never lets one of the people of a request approve it, whatever else is true', () => {
    const person = fc.constantFrom('ann', 'otto', 'eva', 'ina');
    fc.assert(
      fc.property(
        person,
        fc.record({ operatorId: person, evaluatorId: person, requesterId: person }),
        (who, roles) => {
          const took = Object.values(roles).includes(who);
          expect(codeOf('approve', who, roles) === undefined).toBe(!took);
        },
      ),
    );
  });
});
