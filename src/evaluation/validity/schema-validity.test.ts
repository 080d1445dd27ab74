import type { Column } from '../../core/table/table.js';
import { aCategoricalProfile, aNumericProfile, aPackage, anEvaluation } from '../testing/an-evaluation.js';
import { categories, dates, numbers, sourceOf, texts } from '../testing/columns.js';
import { schemaValidity } from './schema-validity.js';

const columns = [
  aCategoricalProfile({
    name: 'ward',
    categories: [{ value: 'A', count: 90 }],
    pooledCount: 10,
    missingCount: null,
  }),
  aNumericProfile({ name: 'dose', decimals: 2, edges: [0.1, 0.5, 1], counts: [50, 50] }),
  aNumericProfile({ name: 'admitted', type: 'date', edges: [0, 100], counts: [100] }),
];
const good: Record<string, Column> = {
  ward: categories(['A', '(other)', null, 'A']),
  dose: numbers([0.1, 0.29, 0.57, 0.99]),
  admitted: dates([0, 1, 2, 99]),
};
const run = (candidate: Record<string, Column>, rowsRequested = 4): ReturnType<typeof schemaValidity.run> =>
  schemaValidity.run(
    anEvaluation({ columns, source: sourceOf({}), candidate: sourceOf(candidate), rowsRequested }),
  );

describe('schema validity', () => {
  it('is 1 when every value is one the profile allows', async () => {
    expect(await run(good)).toMatchObject({
      value: 1,
      explanation: expect.stringContaining('All 12 values') as string,
    });
  });

  it.each<[string, Record<string, Column>]>([
    ['an unpublished category', { ward: categories(['A', 'A', 'A', 'rare']) }],
    ['a number under the outer edge', { dose: numbers([0.09, 0.2, 0.2, 0.2]) }],
    ['a number at the upper outer edge', { dose: numbers([1, 0.2, 0.2, 0.2]) }],
    ['a number off the decimal grid', { dose: numbers([0.205, 0.2, 0.2, 0.2]) }],
    ['a missing number where none is missing', { dose: numbers([null, 0.2, 0.2, 0.2]) }],
    ['a date outside the range', { admitted: dates([100, 1, 2, 3]) }],
  ])('counts %s', async (_, change) => {
    const { value, explanation } = await run({ ...good, ...change });
    expect(value).toBe(11 / 12);
    expect(explanation).toContain(`1 are not, in ${Object.keys(change)[0]!} (1)`);
    expect(explanation).not.toContain('rare');
  });

  it('counts every cell of a column of the wrong kind', async () => {
    expect((await run({ ...good, dose: texts(['0.2', '0.2', '0.2', '0.2']) })).value).toBe(8 / 12);
    expect((await run({ ...good, ward: numbers([1, 2, 3, 4]) })).value).toBe(8 / 12);
  });

  it('is 0 when a column lacks, is too many or out of order, or rows lack', async () => {
    const { ward, dose, admitted } = good as { ward: Column; dose: Column; admitted: Column };
    expect((await run({ ward, dose })).explanation).toContain('admitted');
    expect(await run({ ...good, 'Ann Smith': dose })).toMatchObject({
      value: 0,
      explanation: 'There are 4 columns and 3 were asked for.',
    });
    expect((await run({ dose, ward, admitted })).value).toBe(0);
    expect(await run(good, 5)).toMatchObject({
      value: 0,
      explanation: 'There are 4 rows and 5 were asked for.',
    });
  });

  it.each([
    ['ward,dose,admitted\nA,', 1],
    ['"ward",dose,\'admitted\r\n', 1],
    ['ward,dose,admitted,nhs number\n', 0],
    ['dose,ward,admitted\n', 0],
    ['ward,dose,admitted', 0],
  ])('looks at the heading of the file itself, which a reader may not show: %j', async (head, value) => {
    const files = [{ name: 'heart-synthetic.csv', headBytes: Buffer.from(head) }];
    const context = anEvaluation({
      columns,
      source: sourceOf({}),
      candidate: sourceOf(good),
      package: aPackage({ files }),
    });
    expect((await schemaValidity.run(context)).value).toBe(value);
  });

  it.each([
    [['ward', 'dose', 'admitted'], 1],
    [['ward', 'dose', 'admitted', 'nhs number'], 0],
    [['dose', 'ward', 'admitted'], 0],
  ])('looks at the columns that a file says it has: %j', async (columnNames, value) => {
    const files = [{ name: 'heart-synthetic.parquet', columnNames }];
    const candidate = sourceOf(good);
    const context = anEvaluation({ columns, source: sourceOf({}), candidate, package: aPackage({ files }) });
    expect((await schemaValidity.run(context)).value).toBe(value);
  });

  it('does not exist for no rows at all', async () => {
    expect((await run({ ward: categories([]), dose: numbers([]), admitted: dates([]) }, 0)).value).toBeNaN();
  });
});
