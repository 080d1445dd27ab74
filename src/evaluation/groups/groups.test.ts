import type { Column } from '../../core/table/table.js';
import type { Check } from '../check.js';
import { detailTables } from '../details/detail-tables.js';
import type { ProtectedColumn } from '../declared.js';
import { evaluate } from '../evaluate.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { aComparison } from '../testing/a-comparison.js';
import { categories, numbers } from '../testing/columns.js';
import { patients } from '../testing/patients.js';
import { groupMeasures } from './measures.js';

type Columns = Readonly<Record<string, Column>>;

const rows = 200;
const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };
const train = patients({ rows, seed: 'train' });
const holdout = patients({ rows, seed: 'holdout' });
const candidate = patients({ rows, seed: 'candidate' });
const contextOf = (
  tables: Partial<Record<'train' | 'holdout' | 'candidate', Columns>>,
  protectedColumns: readonly ProtectedColumn[],
  target?: string,
): EvaluationContext =>
  aComparison(
    { train, holdout, candidate, ...tables },
    { declared: { protectedColumns, ...(target === undefined ? {} : { target }) } },
  );
const checkOf = async (context: EvaluationContext, name: string): Promise<Check> =>
  (await evaluate(context, { [name]: { pass: 0.7, fail: 0.4 } }, groupMeasures))[0]!;
const groupRows = async (context: EvaluationContext): Promise<readonly (readonly unknown[])[]> =>
  (await detailTables(context, new Set(['group-representation']), control))[0]!.rows;
/** 5 people of one group, 12 of another, the rest of a third. */
const ethnicity = (row: number): string => (row < 5 ? 'Tuvaluan' : row < 17 ? 'Asian' : 'White');
const withGroups = (columns: Columns, group: (row: number) => string | null): Columns => ({
  ...columns,
  ethnicity: categories(Array.from({ length: rows }, (_, row) => group(row))),
});
const byEthnicity = { train: withGroups(train, ethnicity), holdout: withGroups(holdout, ethnicity) };

describe('groups of people', () => {
  it('are as large and as alike where the candidate follows the same law', async () => {
    const context = contextOf({}, [{ column: 'sex' }, { column: 'age', cuts: [40, 60] }]);
    expect((await checkOf(context, 'group-representation')).status).toBe('pass');
    expect((await checkOf(context, 'group-fidelity')).value).toBeGreaterThan(0.8);
    expect(
      (await groupRows(context)).map(([column, group]) => `${String(column)}: ${String(group)}`).sort(),
    ).toEqual(['age: 40 to under 60', 'age: 60 and over', 'age: under 40', 'sex: F', 'sex: M']);
  });

  it('fail where a group is left out, however small', async () => {
    const gone = withGroups(candidate, (row) => (row < 17 ? 'White' : ethnicity(row)));
    const check = await checkOf(
      contextOf({ ...byEthnicity, candidate: gone }, [{ column: 'ethnicity' }]),
      'group-representation',
    );
    expect(check).toMatchObject({ value: 0, status: 'fail' });
  });

  it('fail where one group is drawn worse than all together', async () => {
    const stay = candidate['stay'];
    const sex = candidate['sex'];
    const isF = (row: number): boolean => sex?.kind === 'category' && sex.dictionary[sex.codes[row]!] === 'F';
    const skewed = (value: number, row: number): number => (isF(row) ? value + 100 : value);
    const odd = { ...candidate, stay: numbers(stay?.kind === 'number' ? [...stay.values].map(skewed) : []) };
    const name = 'group-fidelity';
    const [even, uneven] = [
      await checkOf(contextOf({}, [{ column: 'sex' }]), name),
      await checkOf(contextOf({ candidate: odd }, [{ column: 'sex' }]), name),
    ];
    expect(uneven.value).toBeLessThan(even.value! - 0.1);
    expect(uneven.explanation).toContain('"F" of sex');
  });

  it('say how much worse models do by each', async () => {
    const sexOf = candidate['sex']!;
    const outcome = candidate['outcome']!;
    // Among men the outcome is turned round.
    const turned = Array.from({ length: rows }, (_, row) => {
      const text = outcome.kind === 'category' ? outcome.dictionary[outcome.codes[row]!]! : '';
      const isM = sexOf.kind === 'category' && sexOf.dictionary[sexOf.codes[row]!] === 'M';
      return isM ? (text === 'died' ? 'lived' : 'died') : text;
    });
    const context = contextOf(
      { candidate: { ...candidate, outcome: categories(turned) } },
      [{ column: 'sex' }],
      'outcome',
    );
    const check = await checkOf(context, 'group-tstr-loss');
    expect(check.value).toBeGreaterThan(0.3);
    expect(check.explanation).toContain('"M" of sex');
    expect(check.interval!.low).toBeGreaterThan(0);
  });

  it('show no count and no name under the smallest cell', async () => {
    const context = contextOf({ ...byEthnicity, candidate: withGroups(candidate, ethnicity) }, [
      { column: 'ethnicity' },
    ]);
    const shown = await groupRows(context);
    expect(JSON.stringify(shown)).not.toContain('Tuvaluan');
    // The five alone could be found by subtraction, so the next group is joined with them: 17, shown as 15.
    expect(shown.map(([, group, real]) => [group, real])).toEqual([
      ['(other)', '15'],
      ['White', '185'],
    ]);
  });

  it.each<[string, readonly ProtectedColumn[], RegExp]>([
    ['without a declared column', [], /No column is declared/],
    ['of a column that is not there', [{ column: 'religion' }], /"religion" is missing/],
    ['of a number without bands', [{ column: 'age' }], /no bands are declared/],
    ['of categories with bands', [{ column: 'sex', cuts: [1] }], /has no bands/],
  ])('cannot be compared %s', async (_, columns, reason) => {
    const check = await checkOf(contextOf({}, columns), 'group-fidelity');
    expect(check).toMatchObject({ value: null, status: 'fail' });
    expect(check.explanation).toMatch(reason);
  });
});
