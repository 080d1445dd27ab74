import type { ColumnProfile } from '../../core/profile/profile.js';
import type { Column } from '../../core/table/table.js';
import { evaluate } from '../evaluate.js';
import { aCategoricalProfile, aNumericProfile, anEvaluation } from '../testing/an-evaluation.js';
import { categories, dates, numbers, sourceOf } from '../testing/columns.js';
import { univariateSimilarity } from './univariate-similarity.js';

type Tables = Record<'real' | 'made', Record<string, Column>>;
const ward = aCategoricalProfile({
  name: 'ward',
  categories: [
    { value: 'A', count: 50 },
    { value: 'B', count: 30 },
  ],
  pooledCount: 20,
});
const dose = aNumericProfile({ name: 'dose', edges: [0, 10], counts: [100] });
const context = (
  columns: readonly ColumnProfile[],
  { real, made }: Tables,
): ReturnType<typeof anEvaluation> =>
  anEvaluation({ columns, source: sourceOf(real), candidate: sourceOf(made) });

describe('univariate similarity', () => {
  it('is 1 for the same distributions, missing cells left out', async () => {
    const real = { dose: numbers([1, 2, null]), day: dates([1, 2, 3]) };
    const made = { dose: numbers([2, 1, 2]), day: dates([3, 2, 1]) };
    const day = aNumericProfile({ name: 'day', type: 'date' });
    const { value } = await univariateSimilarity.run(
      context([dose, day], { real, made: { ...made, dose: real.dose } }),
    );
    expect(value).toBe(1);
    // KS distance of {1, 2} and {1, 2, 2} is 1/2 - 1/3.
    expect((await univariateSimilarity.run(context([dose], { real, made }))).value).toBeCloseTo(5 / 6, 12);
  });

  it('takes pooled categories of the source for what the generator writes instead', async () => {
    const real = { ward: categories(['A', 'A', 'B', 'rare 1', 'rare 2']) };
    const made = { ward: categories(['(other)', '(other)', 'A', 'A', 'B']) };
    expect((await univariateSimilarity.run(context([ward], { real, made }))).value).toBeCloseTo(1, 6);
  });

  it('is the mean of the columns and names the worst', async () => {
    const real = { ward: categories(['A', 'A', 'B', 'B']), dose: numbers([1, 2, 3, 4]) };
    const made = { ward: categories(['A', 'A', 'B', 'B']), dose: numbers([9, 9, 9, 9]) };
    const { value, explanation } = await univariateSimilarity.run(context([ward, dose], { real, made }));
    expect(value).toBe(0.5);
    expect(explanation).toBe(
      'On average over 2 columns, 50.0 % of the values are spread as in the real data; the least alike is dose with 0.0 %.',
    );
  });

  it('fails when a column has nothing to compare, is withheld or is stored as something else', async () => {
    const thresholds = { 'univariate-similarity': { pass: 0, fail: 0 } };
    const good = { dose: numbers([1, 2]) };
    const withheld = { ...ward, kind: 'withheld', reason: 'too-few-values' } as const;
    const cases: [ColumnProfile, Tables, string][] = [
      [dose, { real: good, made: { dose: numbers([null, null]) } }, 'no value to compare in dose'],
      [withheld, { real: {}, made: {} }, 'withholds column "ward" (too-few-values)'],
      [dose, { real: good, made: { dose: dates([1, 2]) } }, 'is stored as date'],
    ];
    for (const [column, tables, reason] of cases) {
      const [check] = await evaluate(context([column], tables), thresholds, [univariateSimilarity]);
      expect(check).toMatchObject({ status: 'fail', value: null });
      expect(check?.explanation).toContain(reason);
    }
  });
});
