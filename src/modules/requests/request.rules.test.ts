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
const inForce = {
  policyHash: 'policy',
  questionsHash: 'questions',
  attemptsMax: { STRUCTURAL: 5, LOW: 5, HIGH: 2 },
};

const aRequest = (change: Partial<RequestFacts> = {}): RequestFacts => ({
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

describe('in the stead of another', () => {
  const codeFor = (
    command: RequestCommand,
    [personId, delegatorId]: readonly [string, string],
    change: Partial<RequestFacts> = {},
  ): string | undefined =>
    refuseCommand(command, {
      request: aRequest(change),
      personId,
      delegatorId,
      ...inForce,
    })?.code;

  it.each<[string, string, Partial<RequestFacts>, string | undefined]>([
    ['dee', 'ina', {}, undefined],
    ['dee', 'ina', { approverIds: ['ivo'] }, undefined],
    ['dee', 'ina', { approverIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ina', { approverIds: ['dan'], delegatorIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ivo', { approverIds: ['dee'], delegatorIds: ['ina'] }, 'ALREADY_DECIDED'],
    ['dee', 'ann', {}, 'OWN_REQUEST'],
    ['dee', 'mia', {}, 'OWN_REQUEST'],
    ['dee', 'otto', {}, 'OPERATOR_DECIDES'],
    ['dee', 'eva', {}, 'EVALUATOR_DECIDES'],
    ['dee', 'eda', {}, 'EVALUATOR_DECIDES'],
    ['dee', 'wim', {}, 'WAIVER_DECIDES'],
    ['dee', 'rex', {}, 'CONFLICT_OF_INTEREST'],
    ['otto', 'ina', {}, 'OPERATOR_DECIDES'],
    ['rex', 'ina', {}, 'CONFLICT_OF_INTEREST'],
  ])('%s for %s on %j: %s', (person, delegator, change, expected) => {
    expect(codeFor('approve', [person, delegator], change)).toBe(expected);
  });

  it('whoever delegated does not approve after the delegate', () => {
    expect(codeOf('approve', 'ina', { approverIds: ['dee'], delegatorIds: ['ina'] })).toBe('ALREADY_DECIDED');
  });

  it.each<RequestCommand>(['query', 'reject', 'return'])('%s asks about both as well', (command) => {
    expect(codeFor(command, ['dee', 'otto'])).toBe('OPERATOR_DECIDES');
    expect(codeFor(command, ['dee', 'ina'])).toBeUndefined();
  });

  it('nobody is let do what either of the two would be refused (I11)', () => {
    const people = ['ann', 'mia', 'otto', 'eva', 'eda', 'wim', 'rex', 'dee', 'ina', 'ivo', 'dan'];
    const person = fc.constantFrom(...people);
    const approved = fc.uniqueArray(person, { maxLength: 3 });
    fc.assert(
      fc.property(person, person, approved, approved, (personId, delegatorId, approverIds, delegatorIds) => {
        const change = { approverIds, delegatorIds };
        const together = codeFor('approve', [personId, delegatorId], change);
        const each = [codeOf('approve', personId, change), codeOf('approve', delegatorId, change)];
        expect(together === undefined).toBe(each.every((code) => code === undefined));
      }),
      { numRuns: 1000 },
    );
  });

  it('however approvals come in, no two of them share a person (I1)', () => {
    const person = fc.constantFrom('ina', 'ivo', 'dee', 'dan', 'una');
    const wish = fc.record({ personId: person, delegatorId: fc.option(person) });
    fc.assert(
      fc.property(fc.array(wish, { maxLength: 8 }), (wishes) => {
        const state: { approverIds: string[]; delegatorIds: string[] } = {
          approverIds: [],
          delegatorIds: [],
        };
        for (const { personId, delegatorId } of wishes) {
          const request = aRequest(state);
          if (personId === delegatorId) continue;
          if (
            refuseCommand('approve', {
              request,
              personId,
              delegatorId,
              ...inForce,
            })
          )
            continue;
          state.approverIds.push(personId);
          if (delegatorId !== null) state.delegatorIds.push(delegatorId);
        }
        const involved = [...state.approverIds, ...state.delegatorIds];
        expect(new Set(involved).size).toBe(involved.length);
      }),
      { numRuns: 1000 },
    );
  });
});
