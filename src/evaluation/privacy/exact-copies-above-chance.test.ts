import { Random } from '../../core/random/random.js';
import type { Column } from '../../core/table/table.js';
import { aCategoricalProfile, aNumericProfile, anEvaluation } from '../testing/an-evaluation.js';
import { categories, numbers, sourceOf } from '../testing/columns.js';
import { exactCopiesAboveChance } from './exact-copies-above-chance.js';

const random = Random.fromSeed('copies');

function draw<Value>(name: string, rows: number, pick: (uniform: number) => Value): Value[] {
  const stream = random.fork(name);
  return Array.from({ length: rows }, (_, row) => pick(stream.uniformAt(row)));
}

const sexOf = (uniform: number): string => (uniform < 0.5 ? 'female' : 'male');
const wardOf = (uniform: number): string => `ward ${Math.floor(uniform * 4)}`;
const weightOf = (uniform: number): number => Math.floor(uniform * 500) / 10;
const smallTable = (name: string, rows: number): Record<string, Column> => ({
  sex: categories(draw(`${name}/sex`, rows, sexOf)),
  ward: categories(draw(`${name}/ward`, rows, wardOf)),
  weight: numbers(draw(`${name}/weight`, rows, weightOf)),
});
const smallProfile = [
  aCategoricalProfile({
    name: 'sex',
    categories: [
      { value: 'female', count: 1000 },
      { value: 'male', count: 1000 },
    ],
  }),
  aCategoricalProfile({
    name: 'ward',
    categories: [0, 1, 2, 3].map((ward) => ({ value: `ward ${ward}`, count: 500 })),
  }),
  // 500 values of one decimal: 0.0 to 49.9.
  aNumericProfile({ name: 'weight', decimals: 1, edges: [0, 25, 50], counts: [1000, 1000] }),
];

const wideNames = Array.from({ length: 30 }, (_, index) => `lab ${index}`);
const wideTable = (name: string, rows: number): Map<string, number[]> =>
  new Map(
    wideNames.map((lab) => [lab, draw(`${name}/${lab}`, rows, (uniform) => Math.floor(uniform * 1e4) / 100)]),
  );
const wideProfile = wideNames.map((name) =>
  aNumericProfile({ name, decimals: 2, edges: [0, 100], counts: [300] }),
);
const asSource = (table: ReadonlyMap<string, number[]>): ReturnType<typeof sourceOf> =>
  sourceOf(Object.fromEntries([...table].map(([name, values]) => [name, numbers(values)])));

describe('exact copies above chance', () => {
  it('finds none in an independent sample, though chance gives many matches', async () => {
    const source = sourceOf(smallTable('source', 2000));
    const candidate = sourceOf(smallTable('candidate', 2000));

    const { value, explanation } = await exactCopiesAboveChance.run(
      anEvaluation({ columns: smallProfile, source, candidate }),
    );

    // The seed is fixed; of all seeds, one in 1,000 would give a value above zero.
    expect(value).toBe(0);
    // 4,000 possible rows, 2,000 drawn: a share 1 - exp(-1/2) = 0.393 of them occurs, so about 787 matches.
    const expected = Number(/alone is (\d+)/.exec(explanation)?.[1]);
    expect(expected).toBeGreaterThan(740);
    expect(expected).toBeLessThan(840);
  });

  it('finds a candidate that is the source, with two categories and a number', async () => {
    const source = sourceOf(smallTable('source', 2000));
    const { value } = await exactCopiesAboveChance.run(
      anEvaluation({ columns: smallProfile, source, candidate: source }),
    );
    expect(value).toBeGreaterThan(1000);
  });

  it('finds a candidate that is the source where nearly every possible row occurs in it', async () => {
    // 8 x 50 possible rows, 1,200 drawn: 1 - exp(-3) = 95 % of them occur, so a match says little by itself.
    const coarse = {
      ...smallTable('source', 1200),
      weight: numbers(draw('age', 1200, (u) => Math.floor(u * 50))),
    };
    const columns = [
      ...smallProfile.slice(0, 2),
      aNumericProfile({ name: 'weight', type: 'integer', edges: [0, 50], counts: [1200] }),
    ];
    const source = sourceOf(coarse);
    const { value } = await exactCopiesAboveChance.run(anEvaluation({ columns, source, candidate: source }));
    expect(value).toBeGreaterThan(0);
  });

  it('finds one copied row among 30 continuous columns', async () => {
    const real = wideTable('source', 300);
    const made = wideTable('candidate', 300);
    const copied = new Map([...made].map(([lab, values]) => [lab, values.with(123, real.get(lab)![7]!)]));
    const run = (candidate: ReadonlyMap<string, number[]>): ReturnType<typeof exactCopiesAboveChance.run> =>
      exactCopiesAboveChance.run(
        anEvaluation({ columns: wideProfile, source: asSource(real), candidate: asSource(candidate) }),
      );

    expect((await run(made)).value).toBe(0);
    const found = await run(copied);
    expect(found.value).toBe(1);
    expect(found.explanation).toMatch(/^1 of 300 synthetic rows equals a real record in all 30 columns\. /);
  });

  it('does not let a record that is copied often excuse itself', async () => {
    const source = sourceOf({ weight: numbers([1, 2, 3, 500]) });
    const candidate = sourceOf({ weight: numbers(new Array<number>(100).fill(500)) });
    const columns = [aNumericProfile({ name: 'weight', edges: [0, 1000], counts: [100] })];
    // p = 4 / 1,000 and 100 rows: lambda = 0.4, P(X > 3) = 7.5e-4, so the bound is 3.
    const { value } = await exactCopiesAboveChance.run(anEvaluation({ columns, source, candidate }));
    expect(value).toBe(97);
  });

  it('sees through rounding and pooling', async () => {
    const source = sourceOf({ site: categories(['a', 'rare']), dose: numbers([1.26, 7.77]) });
    const candidate = sourceOf({ site: categories(['a', '(other)']), dose: numbers([1.3, 7.8]) });
    const columns = [
      aCategoricalProfile({ name: 'site', categories: [{ value: 'a', count: 100 }], pooledCount: 10 }),
      aNumericProfile({ name: 'dose', decimals: 1, edges: [0, 1e6], counts: [100] }),
    ];
    const { value } = await exactCopiesAboveChance.run(anEvaluation({ columns, source, candidate }));
    expect(value).toBe(2);
  });

  it('takes a missing cell as equal to a missing cell only', async () => {
    const columns = [aNumericProfile({ name: 'dose', missingCount: 10, edges: [0, 1e9], counts: [100] })];
    const source = sourceOf({ dose: numbers([null, 5]) });
    const run = (values: (number | null)[]): ReturnType<typeof exactCopiesAboveChance.run> =>
      exactCopiesAboveChance.run(
        anEvaluation({ columns, source, candidate: sourceOf({ dose: numbers(values) }) }),
      );
    // 1 of 11 cells is missing: P(3 of 3) = 7.5e-4, so two matches are the bound.
    expect((await run([null, null, null])).explanation).toMatch(
      /^3 of 3 .* alone is 0.273; chance gives more than 2 /,
    );
    expect((await run([0, 0, 0])).explanation).toMatch(/^0 of 3 /);
  });

  it('says so when copying cannot be told from chance', async () => {
    const source = sourceOf({ sex: categories(['female', 'male']) });
    const { value, explanation } = await exactCopiesAboveChance.run(
      anEvaluation({ columns: smallProfile.slice(0, 1), source, candidate: source }),
    );
    expect(value).toBe(0);
    expect(explanation).toContain('cannot be told from chance');
  });
});
