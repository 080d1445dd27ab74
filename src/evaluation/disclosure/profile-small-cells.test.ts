import type { ColumnProfile } from '../../core/profile/profile.js';
import type { Column } from '../../core/table/table.js';
import { aCategoricalProfile, aNumericProfile, aProfile, anEvaluation } from '../testing/an-evaluation.js';
import { categories, numbers, sourceOf, texts } from '../testing/columns.js';
import { profileSmallCells } from './profile-small-cells.js';

const times = <Value>(count: number, value: Value): Value[] => new Array<Value>(count).fill(value);
const ward = aCategoricalProfile({
  name: 'ward',
  categories: [
    { value: 'A', count: 20 },
    { value: 'B', count: 10 },
  ],
  pooledCount: 10,
});
const age = aNumericProfile({ name: 'age', edges: [10, 20, 30], counts: [30, 10] });
const realWard = categories([...times(18, 'A'), ...times(12, 'B'), ...times(5, 'C'), ...times(5, 'D')]);
const realAge = numbers([...times(2, 3), ...times(26, 15), ...times(11, 25), 99]);
const run = (
  columns: readonly ColumnProfile[],
  source: Record<string, Column>,
  more: { cellCountFloor?: number } = {},
): ReturnType<typeof profileSmallCells.run> =>
  profileSmallCells.run(
    anEvaluation({
      profile: aProfile(columns, 40),
      source: sourceOf(source),
      candidate: sourceOf({}),
      ...more,
    }),
  );

describe('small cells in the profile', () => {
  it('are none when each count holds, pooled and outer values included', async () => {
    const { value, explanation } = await run([ward, age], { ward: realWard, age: realAge });
    expect(value).toBe(0);
    expect(explanation).toBe(
      'Each of the 10 figures in the profile rests on at least 10 records, counted again in the source.',
    );
  });

  it.each<[string, ColumnProfile]>([
    ['a category', { ...ward, categories: [ward.categories[0]!, { value: 'B', count: 5 }] }],
    ['a pool', { ...ward, pooledCount: 5 }],
    ['missing cells', { ...ward, missingCount: 5 }],
    ['a bin', { ...age, counts: [30, 5] }],
    ['an empty bin', { ...age, counts: [30, 0] }],
  ])('show in the profile itself: %s', async (_, column) => {
    const { value } = await run([column], { ward: realWard, age: realAge });
    expect(value).toBe(1);
  });

  it.each<[string, ColumnProfile, Column]>([
    [
      'a category of 9 published as 10',
      ward,
      categories([...times(21, 'A'), ...times(9, 'B'), ...times(10, 'C')]),
    ],
    [
      'a pool of 4 published as 10',
      ward,
      categories([...times(26, 'A'), ...times(10, 'B'), ...times(4, 'C')]),
    ],
    [
      'a pool of 4 published as 0',
      { ...ward, pooledCount: 0 },
      categories([...times(26, 'A'), ...times(10, 'B'), ...times(4, 'C')]),
    ],
    ['a bin of 9 published as 10', age, numbers([...times(31, 15), ...times(9, 25)])],
    ['3 missing published as 0', age, numbers([...times(27, 15), ...times(10, 25), null, null, null])],
  ])('show in the source: %s', async (_, column, real) => {
    const { value, explanation } = await run([column], { [column.name]: real });
    expect(value).toBe(1);
    expect(explanation).toMatch(
      new RegExp(`^1 of the .* rests on fewer than 10 records: ${column.name} \\(1\\)\\.$`),
    );
  });

  it('leave a suppressed count alone', async () => {
    const real = numbers([...times(27, 15), ...times(10, 25), null, null, null]);
    expect((await run([{ ...age, missingCount: null }], { age: real })).value).toBe(0);
  });

  it("are judged by the policy's floor when the profile was made with a lower one", async () => {
    const { value } = await run([ward, age], { ward: realWard, age: realAge }, { cellCountFloor: 15 });
    expect(value).toBe(3);
  });

  it('allow for rounding in what is published and not in what is counted', async () => {
    const context = anEvaluation({
      profile: aProfile([{ ...age, counts: [30, 10] }], 40),
      source: sourceOf({ age: numbers([...times(28, 15), ...times(12, 25)]) }),
      candidate: sourceOf({}),
    });
    expect((await profileSmallCells.run({ ...context, cellCountFloor: 12 })).value).toBe(0);
    expect((await profileSmallCells.run({ ...context, cellCountFloor: 13 })).value).toBe(1);
  });

  it('are looked for in a withheld column without reading its values', async () => {
    const nhsNumber = {
      kind: 'withheld',
      type: 'identifier',
      reason: 'identifier',
      name: 'nhs number',
      missingCount: 0,
      count: 40,
    } as const;
    expect((await run([nhsNumber], { 'nhs number': texts(times(40, '999')) })).value).toBe(0);
  });
});
