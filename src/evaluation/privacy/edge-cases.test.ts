import type { Column } from '../../core/table/table.js';
import { evaluate } from '../evaluate.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { aComparison } from '../testing/a-comparison.js';
import { aPopulation } from '../testing/a-population.js';
import { categories, dates, numbers, sourceOf, texts } from '../testing/columns.js';
import { privacyMeasures } from './measures.js';

type Columns = Record<string, Column>;

const thresholds = Object.fromEntries(privacyMeasures.map(({ name }) => [name, { pass: 1, fail: 1 }]));
/** Fitting again takes long with many columns; one case of its own below does it. */
const quick = privacyMeasures.filter(({ name }) => name !== 'membership-of-chosen-people');
const tables = (make: (seed: number) => Columns): EvaluationContext =>
  aComparison(
    { train: make(1), holdout: make(2), candidate: make(3) },
    { refit: () => Promise.resolve(() => Promise.resolve(sourceOf(make(4)))) },
  );
const some = <Value>(rows: number, value: (row: number) => Value): Value[] =>
  Array.from({ length: rows }, (_, row) => value(row));

const odd: Columns = {
  '': numbers(some(60, (row) => (row * 7) % 13)),
  'a,"b"\n': categories(some(60, (row) => ['=1+1', '', 'é'][row % 3] ?? '')),
  constructor: numbers(some(60, (row) => row % 5)),
  __proto: categories(some(60, (row) => `${row % 2}`)),
};

const cases: readonly [string, EvaluationContext][] = [
  ['odd column names', tables(() => odd)],
  ['one column', tables((seed) => ({ age: numbers(some(60, (row) => (row * seed) % 17)) }))],
  ['constant columns', tables(() => ({ a: numbers(some(60, () => 4)), b: categories(some(60, () => 'x')) }))],
  [
    'columns that are missing throughout',
    tables((seed) => ({
      a: numbers(some(60, () => null)),
      b: categories(some(60, () => null)),
      c: numbers(some(60, (row) => row * seed)),
    })),
  ],
  [
    'infinite, huge and tiny numbers',
    tables((seed) => ({ a: numbers(some(60, (row) => [1e308, -1e308, 5e-324, row * seed][row % 4] ?? 0)) })),
  ],
  [
    'dates',
    tables((seed) => ({
      born: dates(some(60, (row) => row * seed)),
      ward: texts(some(60, (row) => `${row % 4}`)),
    })),
  ],
  [
    '500 columns',
    tables((seed) =>
      Object.fromEntries(
        some(500, (at) => [`c${at}`, numbers(some(50, (row) => (row * (at + 3) * seed) % 31))]),
      ),
    ),
  ],
];

describe('the privacy checks', () => {
  it.each(cases)('give a number for %s', async (_, context) => {
    const crashes: unknown[] = [];
    const onCheckCrash = (check: string, error: unknown): void => void crashes.push([check, error]);
    const checks = await evaluate({ ...context, onCheckCrash }, thresholds, quick);
    expect(crashes).toEqual([]);
    for (const { name, value, explanation } of checks.slice(0, quick.length)) {
      expect([name, Number.isFinite(value)]).toEqual([name, true]);
      expect(explanation).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it.each([
    [
      '10 rows',
      aComparison({
        train: aPopulation('a', 10),
        holdout: aPopulation('b', 10),
        candidate: aPopulation('c', 10),
      }),
      'only 10 rows',
    ],
    ['no holdout', { ...tables(() => odd), holdout: null }, 'held out'],
    ['no real rows', { ...tables(() => odd), source: null }, 'real rows'],
    ['no columns', { ...tables(() => odd), schema: { columns: [] } }, 'No column'],
    [
      'columns of another kind',
      aComparison({
        train: odd,
        holdout: odd,
        candidate: { ...odd, constructor: categories(some(60, () => '1')) },
      }),
      'Column "constructor" holds',
    ],
  ])('fail with the reason for %s', async (_, context, reason) => {
    for (const { value, status, explanation } of await evaluate(context, thresholds, privacyMeasures)) {
      expect([value, status]).toEqual([null, 'fail']);
      expect(explanation).toContain(reason);
      expect(explanation).toContain('could not be computed');
    }
  });

  it('attack chosen people in columns that are missing throughout', async () => {
    const context = tables((seed) => ({
      a: numbers(some(60, () => null)),
      c: numbers(some(60, (row) => row * seed)),
    }));
    const chosen = privacyMeasures.filter(({ name }) => name === 'membership-of-chosen-people');
    const [check] = await evaluate(context, { 'membership-of-chosen-people': { pass: 1, fail: 1 } }, chosen);
    expect(check?.value).toBeLessThan(0.6);
  });

  it('fail where the mechanism cannot be fitted again and should be', async () => {
    const context = aComparison({ train: odd, holdout: odd, candidate: odd });
    const claim = { epsilon: 1, delta: 0, neighbours: 'add-remove' } as const;
    const checks = await evaluate({ ...context, privacyClaim: claim }, thresholds, privacyMeasures);
    const uncomputed = checks.filter(({ value }) => value === null).map(({ name }) => name);
    expect(uncomputed).toEqual(['membership-of-chosen-people', 'dp-audit']);
  });
});
