import type { Column } from '../../core/table/table.js';
import type { Check } from '../check.js';
import { detailTables } from '../details/detail-tables.js';
import { evaluate } from '../evaluate.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { aComparison } from '../testing/a-comparison.js';
import { categories, numbers } from '../testing/columns.js';
import { patients } from '../testing/patients.js';
import { importanceAgreement } from './importances.js';
import type { ColumnImportance } from './importances.js';
import { modelAgreementMeasures } from './model-agreement-measures.js';
import { intervalOverlap } from './normal-interval.js';

type Columns = Readonly<Record<string, Column>>;

const rows = 120;
const train = patients({ rows, seed: 'train' });
const holdout = patients({ rows, seed: 'holdout' });
const [good, bad] = [false, true].map((isShuffled) => patients({ rows, seed: 'candidate', isShuffled }));
const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };
const contextOf = (candidate: Columns, target = 'outcome', real: Columns = train): EvaluationContext =>
  aComparison({ train: real, holdout, candidate }, { declared: { target } });
/** Trained once, for all tests that ask about it. */
const likely = contextOf(good!);
const limits = { pass: 0, fail: 0 };
const names = modelAgreementMeasures.map(({ name }) => name);
const figuresOf = async (context: EvaluationContext, wanted = names): Promise<Record<string, Check>> => {
  const checks = await evaluate(
    context,
    Object.fromEntries(wanted.map((name) => [name, limits])),
    modelAgreementMeasures,
  );
  return Object.fromEntries(checks.map((check) => [check.name, check]));
};
const everywhere = (columns: Columns): EvaluationContext =>
  aComparison({ train: columns, holdout: columns, candidate: columns }, { declared: { target: 'outcome' } });
const without = (columns: Columns, ...left: string[]): Columns =>
  Object.fromEntries(Object.entries(columns).filter(([name]) => !left.includes(name)));

describe('models of synthetic and of real rows', () => {
  it('agree where the candidate follows the same law, and not where its outcome means nothing', async () => {
    const [same, other] = [await figuresOf(likely), await figuresOf(contextOf(bad!))];
    const value = (of: Record<string, Check>, name: string): number => of[name]!.value!;
    expect(value(same, 'forest-grid-difference')).toBeLessThan(0.1);
    expect(value(other, 'forest-grid-difference')).toBeGreaterThan(0.15);
    expect(value(same, 'coefficient-overlap')).toBeGreaterThan(0.5);
    expect(value(other, 'coefficient-overlap')).toBeLessThan(value(same, 'coefficient-overlap') - 0.2);
    expect(value(same, 'lovo-relative-error')).toBeLessThan(0.15);
    expect(value(other, 'lovo-relative-error')).toBeGreaterThan(value(same, 'lovo-relative-error'));
    expect(value(same, 'augmentation-gain')).toBeGreaterThan(value(other, 'augmentation-gain') + 0.02);
    for (const found of [same, other])
      for (const { explanation } of Object.values(found))
        expect(explanation).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('have the same coefficients where the rows are the same', async () => {
    const wanted = ['coefficient-overlap', 'lovo-relative-error'];
    const found = await figuresOf(contextOf(train), wanted);
    expect(wanted.map((name) => found[name]!.value)).toEqual([expect.closeTo(1, 12), 0]);
  });

  it('are laid open in tables: six settings, each column, each coefficient', async () => {
    const tables = await detailTables(contextOf(good!, 'stay'), new Set(names), control);
    const cells = tables.flatMap((table) => table.rows.flatMap((row) => row.slice(1)));
    expect(tables.map(({ rows: { length } }) => length)).toEqual(
      [9, 5, 5].map(() => expect.any(Number) as number),
    );
    for (const cell of cells) if (typeof cell !== 'string') expect(cell.value).not.toBeNaN();
    const [grid] = await detailTables(likely, new Set(['forest-grid-difference']), control);
    expect(grid!.rows.map(([criterion, features]) => [criterion, features])).toEqual(
      ['gini', 'entropy'].flatMap((criterion) => ['sqrt', 'log2', 'all'].map((rule) => [criterion, rule])),
    );
  });

  it.each<[string, EvaluationContext, string, RegExp]>([
    ['the grid of a number', contextOf(good!, 'stay'), 'forest-grid-difference', /for a target of classes/],
    [
      'coefficients of four classes',
      contextOf(good!, 'ward'),
      'coefficient-overlap',
      /three classes or more/,
    ],
    [
      'an order of two columns',
      contextOf(good!, 'outcome', without(train, 'sex', 'ward', 'stay')),
      'importance-agreement',
      /fewer than three columns/,
    ],
    [
      'coefficients of a constant',
      everywhere({ outcome: train['outcome']!, flat: numbers(new Array<number>(rows).fill(1)) }),
      'coefficient-overlap',
      /determine no coefficient/,
    ],
    [
      'a column predicted where the others are names',
      everywhere({
        outcome: train['outcome']!,
        code: categories(Array.from({ length: rows }, (_, row) => `code ${row}`)),
      }),
      'lovo-relative-error',
      /No column can be predicted/,
    ],
  ])('do not compare %s', async (_, context, name, reason) => {
    const check = (await figuresOf(context, [name]))[name]!;
    expect(check).toMatchObject({ value: null, status: 'fail' });
    expect(check.explanation).toMatch(reason);
  });
});

describe('importances', () => {
  const found = (real: number[], synthetic: number[]): ColumnImportance[] =>
    real.map((value, at) => ({ column: `c${at}`, real: value, synthetic: synthetic[at]! }));
  it.each([
    [[3, 2, 1], [30, 20, 1], 1],
    [[3, 2, 1], [1, 2, 3], -1],
    // Ranks 1 2 3 4 and 2 1 3 4: 1 - 6 * 2 / (4 * 15).
    [[1, 2, 3, 4], [2, 1, 3, 4], 0.8],
  ])('%j and %j agree by %d', (real, synthetic, expected) => {
    expect(importanceAgreement(found(real, synthetic))).toBeCloseTo(expected, 12);
  });
  it('that are all alike have no order', () => {
    expect(importanceAgreement(found([1, 2, 3], [0, 0, 0]))).toBeNaN();
  });
});

describe('an overlap of intervals', () => {
  it.each([
    [{ low: 0, high: 2 }, { low: 0, high: 2 }, 1],
    // 1 of 2 and 1 of 4.
    [{ low: 0, high: 2 }, { low: 1, high: 5 }, (1 / 2 + 1 / 4) / 2],
    [{ low: 0, high: 2 }, { low: 2, high: 3 }, 0],
    [{ low: 0, high: 2 }, { low: 4, high: 6 }, -1],
  ])('of %j and %j is %d', (first, second, expected) => {
    expect(intervalOverlap(first, second)).toBeCloseTo(expected, 12);
  });
});
