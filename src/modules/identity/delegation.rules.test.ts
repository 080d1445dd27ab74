import fc from 'fast-check';
import {
  type DelegationFacts,
  type DelegationProposal,
  type DelegationTerms,
  refuseDelegation,
} from './delegation.rules.js';

const day = (number: number): Date => new Date(Date.UTC(2026, 0, 1 + number));
const facts: DelegationFacts = {
  now: day(0),
  daysMax: 30,
  startsWithinDays: 90,
  notToRoles: ['administrator', 'auditor'],
  delegate: { roles: ['researcher'], decidesAlready: false },
  open: [],
};
const proposal: DelegationProposal = {
  delegatorId: 'ina',
  delegateId: 'dee',
  startsAt: day(0),
  endsAt: day(14),
  reason: 'On leave for two weeks.',
};
const open = (delegatorId: string, delegateId: string, from = 0, to = 10): DelegationTerms => ({
  ...{ delegatorId, delegateId },
  startsAt: day(from),
  endsAt: day(to),
});

describe('a delegation', () => {
  it('is taken for a bounded time, to somebody who does not decide already', () => {
    expect(refuseDelegation(proposal, facts)).toBeNull();
    expect(refuseDelegation({ ...proposal, endsAt: day(30) }, facts)).toBeNull();
    expect(refuseDelegation(proposal, { ...facts, open: [open('ivo', 'dee')] })).toBeNull();
    expect(refuseDelegation(proposal, { ...facts, open: [open('ina', 'dan')] })).toBeNull();
    expect(refuseDelegation({ ...proposal, startsAt: day(90), endsAt: day(91) }, facts)).toBeNull();
    for (const length of [10, 4_000]) {
      expect(refuseDelegation({ ...proposal, reason: 'x'.repeat(length) }, facts)).toBeNull();
    }
  });

  it.each<[string, Partial<DelegationProposal>, Partial<DelegationFacts>, string]>([
    ['to oneself', { delegateId: 'ina' }, {}, 'FORBIDDEN_DELEGATION'],
    ['to nobody', {}, { delegate: null }, 'NOT_FOUND'],
    ['without a reason', { reason: '  leave ' }, {}, 'INCOMPLETE'],
    ['for a reason without end', { reason: 'x'.repeat(4_001) }, {}, 'INCOMPLETE'],
    ['for a day too long', { endsAt: new Date(day(30).getTime() + 1) }, {}, 'INCOMPLETE'],
    ['that ends before it starts', { endsAt: day(-1) }, {}, 'INCOMPLETE'],
    ['that ends when it starts', { endsAt: day(0) }, {}, 'INCOMPLETE'],
    ['that started yesterday', { startsAt: day(-1) }, {}, 'INCOMPLETE'],
    ['that starts in a year', { startsAt: day(365), endsAt: day(366) }, {}, 'INCOMPLETE'],
    ['from no date', { startsAt: new Date(NaN) }, {}, 'INCOMPLETE'],
    ['to no date', { endsAt: new Date(NaN) }, {}, 'INCOMPLETE'],
    [
      'to an administrator',
      {},
      { delegate: { roles: ['administrator'], decidesAlready: false } },
      'FORBIDDEN_DELEGATION',
    ],
    [
      'to an auditor',
      {},
      { delegate: { roles: ['researcher', 'auditor'], decidesAlready: false } },
      'FORBIDDEN_DELEGATION',
    ],
    [
      'to another approver',
      {},
      { delegate: { roles: ['ig-approver'], decidesAlready: true } },
      'FORBIDDEN_DELEGATION',
    ],
    ['by a delegate', {}, { open: [open('ivo', 'ina', 13, 20)] }, 'FORBIDDEN_DELEGATION'],
    ['to somebody who has delegated', {}, { open: [open('dee', 'dan')] }, 'FORBIDDEN_DELEGATION'],
    ['twice', {}, { open: [open('ina', 'dee')] }, 'ALREADY_REGISTERED'],
  ])('%s is refused', (_, change, situation, code) => {
    expect(refuseDelegation({ ...proposal, ...change }, { ...facts, ...situation })?.code).toBe(code);
  });

  it('may follow on another, when the times do not meet', () => {
    const later = { ...proposal, startsAt: day(10), endsAt: day(20) };
    expect(refuseDelegation(later, { ...facts, open: [open('ivo', 'ina', 0, 10)] })).toBeNull();
    expect(refuseDelegation(later, { ...facts, open: [open('ivo', 'ina', 20, 30)] })).toBeNull();
  });

  it('never leads to a chain at any time, in whatever order they are asked for', () => {
    const person = fc.constantFrom('a', 'b', 'c', 'd');
    const asked = fc.record({ delegatorId: person, delegateId: person, from: fc.nat(40), lasts: fc.nat(40) });
    fc.assert(
      fc.property(fc.array(asked, { maxLength: 12 }), (wishes) => {
        const taken: DelegationTerms[] = [];
        for (const { delegatorId, delegateId, from, lasts } of wishes) {
          const wish = { ...open(delegatorId, delegateId, from, from + lasts), reason: proposal.reason };
          if (refuseDelegation(wish, { ...facts, open: taken }) === null) taken.push(wish);
        }
        for (let at = 0; at <= 80; at += 1) {
          const live = taken.filter(({ startsAt, endsAt }) => startsAt <= day(at) && day(at) < endsAt);
          const delegators = new Set(live.map(({ delegatorId }) => delegatorId));
          expect(live.filter(({ delegateId }) => delegators.has(delegateId))).toEqual([]);
        }
        expect(taken.every(({ delegatorId, delegateId }) => delegatorId !== delegateId)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });
});
