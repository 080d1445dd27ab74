import type { Check } from '../../evaluation/check.js';
import {
  type GivenWaiver,
  isWaived,
  refuseWaiver,
  stillWaiving,
  type WaiverFacts,
  type WaiverProposal,
  withoutRecused,
} from './waiver.rules.js';

const now = new Date('2026-01-01T00:00:00Z');
const later = (days: number): Date => new Date(now.getTime() + days * 86_400_000);
const check = (name: string, status: Check['status'], value: number | null): Check => ({
  name,
  status,
  value,
  direction: 'higher',
  threshold: { pass: 0.85, fail: 0.6 },
  explanation: '',
});
const facts: WaiverFacts = {
  checks: [check('likeness', 'fail', 0.5), check('copies', 'fail', 0.5), check('label', 'pass', 1)],
  policies: {
    likeness: { waivable: true, floor: 0.4 },
    copies: { waivable: false },
    label: { waivable: true, floor: 0 },
  },
  given: [],
  now,
  waiverDaysMax: 90,
};
const proposal: WaiverProposal = { personId: 'sam', checkNames: ['likeness'], expiresAt: later(30) };
const given = (personId: string, checkName: string, days = 30): GivenWaiver => ({
  personId,
  checkName,
  expiresAt: later(days),
});

describe('a waiver', () => {
  it.each<[string, Partial<WaiverProposal>, Partial<WaiverFacts>]>([
    ['that the policy lets people waive', {}, {}],
    ['that is on its floor', {}, { checks: [check('likeness', 'fail', 0.4)] }],
    ['where less is better', {}, { checks: [{ ...check('likeness', 'fail', 0.39), direction: 'lower' }] }],
    ['for as long as may be', { expiresAt: later(90) }, {}],
    ['that another person has waived', {}, { given: [given('pat', 'likeness')] }],
    ['by somebody who has waived another', {}, { given: [given('sam', 'copies')] }],
  ])('is taken for a failed check %s', (_, change, world) => {
    expect(refuseWaiver({ ...proposal, ...change }, { ...facts, ...world })).toBeNull();
  });

  it.each<[Partial<WaiverProposal>, Partial<WaiverFacts>, string]>([
    [{ checkNames: [] }, {}, 'INCOMPLETE'],
    [{ checkNames: ['copies'] }, {}, 'NOT_WAIVABLE'],
    [{ checkNames: ['label'] }, {}, 'NOT_WAIVABLE'],
    [{ checkNames: ['unheard-of'] }, {}, 'NOT_WAIVABLE'],
    [{ checkNames: ['likeness', 'copies'] }, {}, 'NOT_WAIVABLE'],
    [{ expiresAt: now }, {}, 'INCOMPLETE'],
    [{ expiresAt: later(91) }, {}, 'INCOMPLETE'],
    [{ expiresAt: new Date(NaN) }, {}, 'INCOMPLETE'],
    [{}, { checks: [check('likeness', 'fail', 0.39)] }, 'NOT_WAIVABLE'],
    [{}, { checks: [check('likeness', 'fail', null)] }, 'NOT_WAIVABLE'],
    [{}, { checks: [{ ...check('likeness', 'fail', 0.41), direction: 'lower' }] }, 'NOT_WAIVABLE'],
    [{}, { policies: { likeness: { waivable: true } } }, 'NOT_WAIVABLE'],
    [{}, { policies: { likeness: { waivable: false, floor: 0.4 } } }, 'NOT_WAIVABLE'],
    [
      { checkNames: ['constructor'] },
      { checks: [check('constructor', 'fail', 0.5)], policies: {} },
      'NOT_WAIVABLE',
    ],
    [
      {},
      {
        checks: [{ ...check('likeness', 'fail', null), direction: 'lower' }],
        policies: { likeness: { waivable: true, floor: 0 } },
      },
      'NOT_WAIVABLE',
    ],
    [{}, { given: [given('sam', 'likeness')] }, 'ALREADY_DECIDED'],
  ])('is refused for %j with %j: %s', (change, world, code) => {
    expect(refuseWaiver({ ...proposal, ...change }, { ...facts, ...world })?.code).toBe(code);
  });

  it.each<[string, readonly GivenWaiver[], boolean]>([
    ['by nobody', [], false],
    ['by one person', [given('sam', 'likeness')], false],
    ['by one person twice', [given('sam', 'likeness'), given('sam', 'likeness')], false],
    ['by two people', [given('sam', 'likeness'), given('pat', 'likeness')], true],
    [
      'by two people, one of them too long ago',
      [given('sam', 'likeness', -1), given('pat', 'likeness')],
      false,
    ],
    ['by two people, one of them until now', [given('sam', 'likeness', 0), given('pat', 'likeness')], false],
    ['by two people, for two checks', [given('sam', 'likeness'), given('pat', 'copies')], false],
  ])('given %s', (_, waivers, expected) => {
    expect(isWaived([check('likeness', 'fail', 0.5), check('label', 'pass', 1)], waivers, now)).toBe(
      expected,
    );
  });

  it('saves nothing where no check failed by name', () => {
    expect(isWaived([], [], now)).toBe(false);
    expect(isWaived([check('label', 'pass', 1)], [], now)).toBe(false);
  });
});

describe('when the checks of the candidate have run again, a waiver', () => {
  const earlier = { ...given('sam', 'likeness'), value: 0.5 as number | null };
  const again = (value: number | null, status: Check['status'] = 'fail'): Check[] => [
    check('likeness', status, value),
    check('copies', 'fail', 0.5),
  ];
  const { policies } = facts;
  const lower = (value: number): Check[] => [{ ...check('likeness', 'fail', value), direction: 'lower' }];
  const lowerFloor = { likeness: { waivable: true, floor: 0.9 } };

  it.each<[string, Partial<typeof earlier>, Partial<WaiverFacts>, boolean]>([
    ['of the same figure', {}, {}, true],
    ['of a worse figure than now', {}, { checks: again(0.55) }, true],
    ['of a better figure than now', {}, { checks: again(0.49) }, false],
    ['that has ended', { expiresAt: now }, {}, false],
    ['of a check that does not run any more', {}, { checks: again(null) }, false],
    ['of a check that is gone', { checkName: 'unheard-of' }, {}, false],
    ['of a check that passes now', {}, { checks: again(0.7, 'pass') }, false],
    ['of a check that nobody may waive', { checkName: 'copies' }, {}, false],
    ['that the policy lets nobody give any more', {}, { policies: { likeness: { waivable: false } } }, false],
    [
      'below the floor that was raised since',
      {},
      { policies: { likeness: { waivable: true, floor: 0.51 } } },
      false,
    ],
    ['of no known figure', { value: null }, {}, false],
    [
      'of a higher figure than now where less is better',
      {},
      { checks: lower(0.39), policies: lowerFloor },
      true,
    ],
    [
      'of a lower figure than now where less is better',
      {},
      { checks: lower(0.51), policies: lowerFloor },
      false,
    ],
  ])('%s counts: %#', (_, change, world, counts) => {
    const carried = stillWaiving([{ ...earlier, ...change }], ({ value }) => value, {
      ...{ checks: again(0.5), policies, now },
      ...world,
    });
    expect(carried).toHaveLength(counts ? 1 : 0);
  });
});

it('a waiver of somebody who declared a conflict of interest does not count', () => {
  const given = [{ personId: 'wim' }, { personId: 'eva' }];
  expect(withoutRecused(given, { recusedIds: ['wim', 'ann'] })).toEqual([{ personId: 'eva' }]);
  expect(withoutRecused(given, { recusedIds: [] })).toEqual(given);
});
