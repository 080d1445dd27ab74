import fc from 'fast-check';
import type { ColumnProfile, Profile } from '../../../core/profile/profile.js';
import { aCategoricalProfile, aNumericProfile, aProfile } from '../../testing/an-evaluation.js';
import { addedStatistics } from './added-statistics.js';

const age = aNumericProfile({ name: 'age', type: 'integer', edges: [40, 50, 90], counts: [60, 40] });
const category = (...values: string[]): ColumnProfile =>
  aCategoricalProfile({
    name: 'ward',
    categories: values.map((value) => ({ value, count: 50 })),
    pooledCount: 0,
  });
const withheld: ColumnProfile = {
  ...{ kind: 'withheld', name: 'age', type: 'free-text', reason: 'free-text' },
  ...{ count: 100, missingCount: 0 },
};

const names = (before: readonly ColumnProfile[], after: readonly ColumnProfile[]): string[] =>
  addedStatistics(aProfile(before), aProfile(after)).map(({ statistic }) => statistic);

describe('what a profile adds to the one before', () => {
  it.each<[string, readonly ColumnProfile[], readonly ColumnProfile[], string[]]>([
    ['nothing', [age], [age], []],
    ['a column', [age], [age, category('A')], ['column ward']],
    ['a column less', [age, category('A')], [age], []],
    ['other counts', [age], [{ ...age, counts: [40, 60] }], []],
    ['a finer range', [age], [{ ...age, edges: [40, 45, 50, 90], counts: [30, 30, 40] }], ['column age']],
    ['a coarser range', [age], [{ ...age, edges: [40, 90], counts: [100] }], []],
    ['a wider range', [age], [{ ...age, edges: [35, 50, 90] }], ['column age']],
    ['a new category', [category('A')], [category('A', 'B')], ['column ward']],
    ['a category less', [category('A', 'B')], [category('A')], []],
    ['values that were withheld', [withheld], [age], ['column age']],
    ['values withheld now', [age], [withheld], []],
    ['a missing count that was suppressed', [{ ...age, missingCount: null }], [age], ['column age']],
    ['a missing count suppressed now', [age], [{ ...age, missingCount: null }], []],
  ])('%s', (_, before, after, expected) => {
    expect(names(before, after)).toEqual(expected);
  });

  it('names each rule that has become laxer, and none that has become stricter', () => {
    const before = aProfile([age]);
    const changed = (change: Partial<Profile['disclosureControl']>): string[] =>
      addedStatistics(before, {
        ...before,
        disclosureControl: { ...before.disclosureControl, ...change },
      }).map(({ statistic }) => statistic);
    expect(changed({ countRounding: 1, binsMax: 51 })).toEqual(['rule countRounding', 'rule binsMax']);
    expect(changed({ countRounding: 10, binsMax: 49, cellCountMin: 20 })).toEqual([]);
  });

  it('is nothing exactly when every border was there before', () => {
    const borders = fc.uniqueArray(fc.integer({ min: 0, max: 9 }), { minLength: 2 });
    const column = (edges: readonly number[]): ColumnProfile => {
      const sorted = [...edges].sort((a, b) => a - b);
      return { ...age, edges: sorted, counts: sorted.slice(1).map(() => 50) };
    };
    fc.assert(
      fc.property(borders, borders, (before, after) => {
        const isKnown = after.every((edge) => before.includes(edge));
        expect(names([column(before)], [column(after)])).toEqual(isKnown ? [] : ['column age']);
      }),
    );
  });
});
