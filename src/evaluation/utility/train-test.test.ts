import type { Column } from '../../core/table/table.js';
import type { Check } from '../check.js';
import { detailTables } from '../details/detail-tables.js';
import { evaluate } from '../evaluate.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { aComparison } from '../testing/a-comparison.js';
import { categories, numbers } from '../testing/columns.js';
import { patients } from '../testing/patients.js';
import { trainTestMeasures } from './train-test-measures.js';

type Columns = Readonly<Record<string, Column>>;

const rows = 300;
const train = patients({ rows, seed: 'train' });
const holdout = patients({ rows, seed: 'holdout' });
const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };
const contextOf = (
  target: string,
  tables: Partial<Record<'train' | 'holdout' | 'candidate', Columns>>,
): EvaluationContext =>
  aComparison({ train, holdout, candidate: train, ...tables }, { declared: { target } });
const [good, bad] = [false, true].map((isShuffled) => patients({ rows, seed: 'candidate', isShuffled }));
/** Trained once, for all tests that ask about it. */
const likely = contextOf('outcome', { candidate: good! });
const limits = { pass: 0.05, fail: 0.15 };
const checksOf = async (context: EvaluationContext, names: readonly string[]): Promise<Check[]> =>
  evaluate(context, Object.fromEntries(names.map((name) => [name, limits])), trainTestMeasures);
const oneOf = async (context: EvaluationContext, name: string): Promise<Check> =>
  (await checksOf(context, [name]))[0]!;

describe('models trained on synthetic rows', () => {
  it('lose nothing to speak of where the candidate follows the same law', async () => {
    const [auc, loss] = await checksOf(likely, ['tstr-auc', 'tstr-auc-loss']);
    expect(auc!.value).toBeGreaterThan(0.8);
    expect(loss!.status).toBe('pass');
    expect(loss!.interval!.low).toBeLessThan(loss!.value!);
    expect(loss!.interval!.high).toBeGreaterThan(loss!.value!);
    expect(loss!.basis!.rows).toEqual({ train: rows, candidate: rows, holdout: rows });
    expect(loss!.explanation).toMatch(/^Trained on the synthetic data, .* on people held out/);
  });

  it('fail where the outcome of the candidate has nothing to do with the rest', async () => {
    const checks = await checksOf(contextOf('outcome', { candidate: bad! }), [
      'tstr-auc-loss',
      'tstr-f1-loss',
      'tstr-brier-excess',
      'trts-auc-difference',
    ]);
    expect(checks.map(({ name, status }) => `${name} ${status}`)).toEqual(
      checks.map(({ name }) => `${name} fail`),
    );
  });

  it('predict numbers as well, and fail where the number means nothing', async () => {
    const excessOf = async (candidate: Columns): Promise<Check> =>
      oneOf(contextOf('stay', { candidate }), 'tstr-rmse-excess');
    expect((await excessOf(good!)).value).toBeLessThan(0.15);
    expect((await excessOf(bad!)).status).toBe('fail');
  });

  it('are tested on the holdout and never learn from it', async () => {
    const own = await oneOf(likely, 'tstr-auc');
    const swapped = {
      ...holdout,
      outcome: categories(textsOf(holdout['outcome']!).map((text) => (text === 'died' ? 'lived' : 'died'))),
    };
    const turned = contextOf('outcome', { candidate: good!, holdout: swapped });
    const [table] = await detailTables(turned, new Set(['tstr-auc']), control);
    const areas = table!.rows
      .filter(([, how]) => typeof how === 'string' && how.includes('TSTR'))
      .map(([, , auc]) => auc);
    // Each area is turned round: models that had seen the swapped outcomes would follow them.
    const values = areas.map((auc) => (typeof auc === 'object' ? auc.value! : NaN));
    expect(Math.min(...values)).toBeCloseTo(1 - own.value!, 9);
    expect(Math.max(...values)).toBeLessThan(0.5);
  });

  it('give every figure of three models in the table behind them', async () => {
    const [table] = await detailTables(likely, new Set(['tstr-auc']), control);
    expect(table!.rows.map(([model]) => model)).toEqual(
      ['logistic regression', 'random forest', 'gradient boosting'].flatMap((model) => [model, model, model]),
    );
    for (const row of table!.rows)
      for (const cell of row.slice(2))
        expect(typeof cell === 'object' && cell.value !== null && cell.interval).toBeTruthy();
    expect(await detailTables(likely, new Set(), control)).toEqual([]);
  });
});

describe('a target', () => {
  const some = (value: (row: number) => string | null): Columns => ({
    ...train,
    outcome: categories(Array.from({ length: rows }, (_, row) => value(row))),
  });
  it.each<[string, Partial<Record<'train' | 'holdout' | 'candidate', Columns>>, RegExp]>([
    ['that is constant', { train: some(() => 'lived') }, /less than two values/],
    ['that is always missing', { train: some(() => null) }, /less than two values/],
    ['of a name each', { train: some((row) => `person ${row}`) }, /more than 20 categories/],
    [
      'that few synthetic rows have',
      { candidate: some((row) => (row < 9 ? 'died' : null)) },
      /fewer than 50 synthetic rows/,
    ],
    [
      'that is a number in one table',
      {
        candidate: {
          ...train,
          outcome: numbers(train['age']!.kind === 'number' ? [...train['age']!.values] : []),
        },
      },
      /of another kind/,
    ],
    ['of one class in the holdout', { holdout: some(() => 'died') }, /all of one class/],
    ['alone', { train: { outcome: train['outcome']! } }, /no other column/],
  ])('%s makes a fail with the reason', async (_, tables, reason) => {
    const check = await oneOf(contextOf('outcome', tables), 'tstr-auc-loss');
    expect(check).toMatchObject({ value: null, status: 'fail' });
    expect(check.explanation).toMatch(reason);
    expect(check.explanation).not.toMatch(/person|lived|died/);
  });

  it('that is not declared, or of the other kind, makes a fail where the policy demands it', async () => {
    const context = aComparison({ train, holdout, candidate: train });
    expect((await oneOf(context, 'tstr-auc')).explanation).toMatch(/No target column is declared/);
    expect((await oneOf(contextOf('stay', {}), 'tstr-auc')).explanation).toMatch(/for a target of classes/);
    const [measure] = trainTestMeasures;
    expect(await measure!.whyNotAsked!(context)).toMatch(/No target/);
    expect(await measure!.whyNotAsked!(contextOf('stay', {}))).toMatch(/a number, not classes/);
    expect(await measure!.whyNotAsked!(contextOf('outcome', {}))).toBeNull();
  });

  it('of odd columns still has figures', async () => {
    const odd = (columns: Columns): Columns => ({
      ...columns,
      constant: numbers(new Array<number>(rows).fill(7)),
      empty: numbers(new Array<null>(rows).fill(null)),
      huge: numbers(Array.from({ length: rows }, (_, row) => (row === 0 ? 1e300 : row))),
      many: categories(Array.from({ length: rows }, (_, row) => `code ${row}`)),
      gaps: categories(Array.from({ length: rows }, (_, row) => (row % 3 === 0 ? null : 'x'))),
    });
    const context = contextOf('outcome', { train: odd(train), holdout: odd(holdout), candidate: odd(train) });
    expect((await oneOf(context, 'tstr-auc')).value).toBeGreaterThan(0.75);
  });
});

function textsOf(column: Column): (string | null)[] {
  return column.kind === 'category'
    ? Array.from(column.codes, (code) => column.dictionary[code] ?? null)
    : [];
}
