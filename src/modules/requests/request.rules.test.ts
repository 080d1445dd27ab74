import fc from 'fast-check';
import { refuseCommand, type RequestFacts, type SignedAssessment } from './request.rules.js';
import { type RequestCommand, requestStates, requestTransitions, targetOf } from './request.state.js';
import { aRequest, inForce } from './testing/a-request.js';

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
const codeOf = (
  command: RequestCommand,
  personId: string,
  change: Partial<RequestFacts> = {},
): string | undefined =>
  refuseCommand(command, {
    request: aRequest(change),
    personId,
    ...inForce,
  })?.code;

describe('giving a command', () => {
  it.each<[RequestCommand, string, Partial<RequestFacts>, string | undefined]>([
    ['agree', 'sam', { state: 'SUBMITTED' }, undefined],
    ['agree', 'ann', { state: 'SUBMITTED' }, 'OWN_REQUEST'],
    ['agree', 'sam', { state: 'DRAFT' }, 'WRONG_STATE'],
    ['generate', 'ann', { state: 'AGREED' }, 'OWN_REQUEST'],
    ['generate', 'otto', { state: 'AGREED', attempt: 4 }, undefined],
    ['generate', 'otto', { state: 'AGREED', attempt: 5 }, 'ATTEMPTS_SPENT'],
    ['generate', 'otto', { ...high, state: 'AGREED', attempt: 1 }, undefined],
    ['generate', 'otto', { ...high, state: 'AGREED', attempt: 2 }, 'ATTEMPTS_SPENT'],
    ['rework', 'otto', { ...high, state: 'BLOCKED', attempt: 1 }, undefined],
    ['return', 'ina', { state: 'IG_REVIEW', attempt: 5 }, 'ATTEMPTS_SPENT'],
    ['return', 'ina', { state: 'IG_REVIEW', attempt: 4 }, undefined],
    ['return', 'eva', { state: 'SUBMITTED', attempt: 5 }, undefined],
    ['query', 'ina', { state: 'IG_REVIEW', attempt: 5 }, undefined],
    ['reject', 'ina', { state: 'IG_REVIEW', attempt: 5 }, undefined],
    ['rework', 'otto', { ...high, state: 'BLOCKED', attempt: 2 }, 'ATTEMPTS_SPENT'],
    ['rework', 'eva', { ...high, state: 'EVALUATING', attempt: 2 }, 'ATTEMPTS_SPENT'],
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
    ['reinstate', 'ina', { ...high, state: 'SUSPENDED' }, 'DPIA_MISSING'],
    ['publish', 'system', { ...high, state: 'APPROVED', assessment: signed }, undefined],
    ['publish', 'system', { state: 'APPROVED', checksOutcome: 'fail' }, 'CHECKS_NOT_PASSED'],
    ['publish', 'system', { state: 'APPROVED', checksPolicyHash: 'older' }, 'STALE_POLICY'],
    ['reject', 'ann', {}, 'OWN_REQUEST'],
    ['withdraw', 'ann', { state: 'GENERATING' }, 'WRONG_STATE'],
  ])('%s by %s on %j: %s', (command, personId, change, expected) => {
    expect(codeOf(command, personId, change)).toBe(expected);
  });

  it.each<[RequestCommand, RequestFacts['state']]>([
    ['agree', 'SUBMITTED'],
    ['return', 'SUBMITTED'],
    ['decline', 'SUBMITTED'],
    ['generate', 'AGREED'],
    ['rework', 'EVALUATING'],
    ['waive', 'BLOCKED'],
    ['endorse', 'EVALUATING'],
    ['approve', 'IG_REVIEW'],
    ['query', 'IG_REVIEW'],
    ['reject', 'IG_REVIEW'],
    ['recheck', 'IG_REVIEW'],
    ['close', 'IG_REVIEW'],
    ['reinstate', 'SUSPENDED'],
    ['recall', 'SUSPENDED'],
  ])('%s is not for somebody who declared a conflict of interest', (command, state) => {
    expect(codeOf(command, 'rex', { state })).toBe('CONFLICT_OF_INTEREST');
  });

  const team = ['ann', 'mia'];
  const judged = [...team, 'otto', 'eva', 'eda', 'wim'];

  it.each<[RequestCommand, RequestFacts['state'], readonly string[]]>([
    ['agree', 'SUBMITTED', team],
    ['return', 'SUBMITTED', team],
    ['return', 'IG_REVIEW', team],
    ['decline', 'SUBMITTED', team],
    ['decline', 'BLOCKED', team],
    ['generate', 'AGREED', team],
    ['rework', 'BLOCKED', team],
    ['rework', 'EVALUATING', team],
    ['waive', 'BLOCKED', [...team, 'otto']],
    ['endorse', 'EVALUATING', [...team, 'otto']],
    ['approve', 'IG_REVIEW', judged],
    ['query', 'IG_REVIEW', team],
    ['reject', 'IG_REVIEW', team],
    ['reinstate', 'SUSPENDED', [...judged, 'sue']],
    ['suspend', 'PUBLISHED', []],
    ['recall', 'PUBLISHED', []],
    ['recheck', 'EVALUATING', []],
    ['close', 'BLOCKED', []],
  ])('%s of a request that is %s is kept from %j, and from nobody else', (command, state, barred) => {
    const everybody = [...judged, 'sue', 'una'];
    const refused = everybody.filter((person) => codeOf(command, person, { state }) !== undefined);
    expect(refused).toEqual(everybody.filter((person) => barred.includes(person)));
  });

  it('leaves stopping a release to everybody who sees a reason, a conflict of interest or not', () => {
    expect(codeOf('suspend', 'rex', { state: 'PUBLISHED' })).toBeUndefined();
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
