import fc from 'fast-check';
import type { NumericProfile } from '../core/profile/profile.js';
import { Random } from '../core/random/random.js';
import { UnknownColumnError } from '../core/schema/unknown-column-error.js';
import { findGenerator, generators } from './registry.js';
import { aProfile, columnNames } from './testing/a-profile.js';
import { collectCells } from './testing/cells.js';
import type { Cell } from './testing/cells.js';

/** What every generator that sees a profile keeps, whatever it models. */
describe.each(generators)('the laws of $name', (generator) => {
  const sample = (given: {
    seed?: string;
    rows?: number;
    columns?: readonly string[];
  }): Promise<Map<string, Cell[]>> =>
    collectCells(
      generator.sample(aProfile, {
        columns: given.columns ?? columnNames,
        rows: given.rows ?? 500,
        random: Random.fromSeed(given.seed ?? '42'),
      }),
    );

  it('is found by its name', () => {
    expect(findGenerator(generator.name)).toBe(generator);
  });

  it('gives the same table for the same seed and another for another', async () => {
    expect(await sample({ seed: 'a' })).toEqual(await sample({ seed: 'a' }));
    expect(await sample({ seed: 'a' })).not.toEqual(await sample({ seed: 'b' }));
  });

  it('gives the rows and columns asked for, in that order', async () => {
    const columns = ['age', 'ward'];
    const cells = await sample({ columns, rows: 4097 });
    expect([...cells.keys()]).toEqual(columns);
    expect([...cells.values()].map(({ length }) => length)).toEqual([4097, 4097]);
    expect((await sample({ rows: 0 })).size).toBe(0);
  });

  it('starts with the same rows whatever the row count', async () => {
    const longest = await sample({ rows: 9000 });
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 9000 }), async (rows) => {
        for (const [name, cells] of await sample({ rows }))
          expect(cells).toEqual(longest.get(name)?.slice(0, rows));
      }),
      { numRuns: 8, seed: 1 },
    );
  });

  it('gives a column the same values whichever other columns are asked for', async () => {
    const all = await sample({});
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(columnNames, { minLength: 1 }), async (columns) => {
        for (const [name, cells] of await sample({ columns })) expect(cells).toEqual(all.get(name));
      }),
      { numRuns: 10, seed: 1 },
    );
  });

  it('stays within the categories, bins, decimals and missing cells of the profile', async () => {
    const cells = await sample({ rows: 3000 });
    const wards = new Set(cells.get('ward'));
    expect(wards).toEqual(new Set(['Élan "North", 1', '=B', '(other)', null]));
    expect(new Set(cells.get('smoker'))).toEqual(new Set(['false', 'true'])); // Its missing count is suppressed.
    for (const column of aProfile.columns) {
      if (column.kind !== 'numeric') continue;
      const values = cells.get(column.name) ?? [];
      expect(values.includes(null)).toBe(column.missingCount !== 0);
      expect(values.filter((value) => value !== null && !isAllowed(value, column))).toEqual([]);
    }
  });

  it.each(aProfile.columns.filter(({ kind }) => kind === 'withheld'))(
    'never makes the withheld $name',
    ({ name }) => {
      expect(() =>
        generator.sample(aProfile, { columns: [name], rows: 1, random: Random.fromSeed('42') }),
      ).toThrow(
        expect.objectContaining({ name: 'WithheldColumnError', column: name, reason: 'identifier' }) as Error,
      );
    },
  );

  it('knows no column that the profile does not have', () => {
    expect(() =>
      generator.sample(aProfile, { columns: ['wrad'], rows: 1, random: Random.fromSeed('42') }),
    ).toThrow(UnknownColumnError);
  });
});

function isAllowed(value: Cell, { edges, decimals }: NumericProfile): boolean {
  return (
    typeof value === 'number' &&
    value >= edges[0]! &&
    value < edges.at(-1)! &&
    value === Number(value.toFixed(decimals)) &&
    !Object.is(value, -0)
  );
}
