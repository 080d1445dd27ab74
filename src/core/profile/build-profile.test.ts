import { join } from 'node:path';
import fc from 'fast-check';
import { TextTables } from '../../../test/support/text-tables.js';
import { openDuckDb } from '../files/duckdb.js';
import { NonconformingValueError } from '../files/nonconforming-value-error.js';
import { canonicalJson } from '../hashing/canonical-json.js';
import { Random } from '../random/random.js';
import type { SemanticType } from '../schema/schema.js';
import { buildProfile } from './build-profile.js';
import type { ColumnProfile, Profile } from './profile.js';

const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };

let tables: TextTables;

beforeAll(async () => {
  tables = await TextTables.open();
});
afterAll(async () => {
  await tables.close();
});

async function profileOf(
  columns: Record<string, readonly string[]>,
  types: Record<string, SemanticType>,
): Promise<Profile> {
  const path = await tables.write({ ...columns, padding: Object.values(columns)[0]!.map(() => 'x') });
  const schema = {
    columns: Object.entries(types).map(([name, type]) => ({ name, type, missingMarkers: ['', '?'] })),
  };
  return buildProfile(tables.db, path, schema, { sourceHash: 'h', control });
}

/** Every count a profile publishes. */
function publishedCounts(column: ColumnProfile): number[] {
  const own = [column.count, column.missingCount ?? 0];
  switch (column.kind) {
    case 'numeric':
      return [...own, ...column.counts];
    case 'categorical':
      return [...own, column.pooledCount, ...column.categories.map(({ count }) => count)];
    case 'withheld':
      return own;
  }
}

describe('buildProfile', () => {
  it('summarises each kind of column', async () => {
    const rows = Array.from({ length: 1000 }, (_, row) => row);
    const profile = await profileOf(
      {
        dose: rows.map((row) => (row % 100 < 5 ? '?' : (row / 10).toFixed(1))),
        visits: rows.map((row) => String(row % 5)),
        sex: rows.map((row) => (row < 4 ? 'X' : row % 2 === 0 ? 'F' : 'M')),
        smoker: rows.map((row) => (row < 3 ? '' : row % 4 === 0 ? 'yes' : 'no')),
        seen: rows.map((row) => `2024-01-${String(1 + (row % 28)).padStart(2, '0')}`),
        at: rows.map((row) => `2024-01-01T${String(row % 24).padStart(2, '0')}:30:00`),
        nhs: rows.map(String),
        note: rows.map(() => 'text'),
        rare: rows.map((row) => (row < 9 ? '1' : '')),
      },
      {
        dose: 'number',
        visits: 'integer',
        sex: 'category',
        smoker: 'boolean',
        seen: 'date',
        at: 'datetime',
        nhs: 'identifier',
        note: 'free-text',
        rare: 'number',
      },
    );
    const [dose, visits, sex, smoker, seen, at, ...withheld] = profile.columns;
    expect(profile).toMatchObject({ version: 1, sourceHash: 'h', rows: 1000, disclosureControl: control });
    expect(dose).toMatchObject({ kind: 'numeric', decimals: 1, count: 950, missingCount: 50 });
    expect(visits).toMatchObject({
      edges: [0, 1, 2, 3, 4, 5],
      counts: [200, 200, 200, 200, 200],
      decimals: 0,
    });
    // Four records of X must not show: the smaller of the two others joins their pool.
    expect(sex).toMatchObject({ categories: [{ value: 'F', count: 500 }], pooledCount: 500 });
    expect(smoker).toMatchObject({ missingCount: null, count: 1000, pooledCount: 0 });
    expect(seen).toMatchObject({ kind: 'numeric', type: 'date', missingCount: 0 });
    expect(at).toMatchObject({ kind: 'numeric', type: 'datetime' });
    expect(withheld).toEqual([
      {
        kind: 'withheld',
        name: 'nhs',
        type: 'identifier',
        count: 1000,
        missingCount: 0,
        reason: 'identifier',
      },
      {
        kind: 'withheld',
        name: 'note',
        type: 'free-text',
        count: 1000,
        missingCount: 0,
        reason: 'free-text',
      },
      {
        kind: 'withheld',
        name: 'rare',
        type: 'number',
        count: 0,
        missingCount: 1000,
        reason: 'too-few-values',
      },
    ]);
  });

  it('says nothing that rests on few records, whatever the table', async () => {
    const measure = fc.oneof(
      fc.integer({ min: -40, max: 40 }).map((n) => String(n / 4)),
      fc.constantFrom('0', '', '1e6', '0.57'),
    );
    const word = fc.oneof(
      fc.constantFrom('a', 'b', 'c', ''),
      fc.integer({ max: 30, min: 0 }).map((n) => `w${n}`),
    );
    const record = fc.tuple(measure, fc.integer({ min: -9, max: 9000 }).map(String), word);
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 400 }), async (records) => {
        const cells = {
          m: records.map(([m]) => m),
          i: records.map(([, i]) => i),
          w: records.map(([, , w]) => w),
        };
        const profile = await profileOf(cells, { m: 'number', i: 'integer', w: 'category' });
        for (const column of profile.columns) {
          for (const count of publishedCounts(column)) expect(count % 5).toBe(0);
          const present = cells[column.name as 'm' | 'i' | 'w'].filter((cell) => cell !== '');
          if (column.kind === 'numeric') {
            const { edges, counts } = column;
            const values = present.map(Number);
            const lastValue = edges.at(-1)! - 1.0001 / 10 ** column.decimals;
            expect(values.filter((value) => value <= edges[0]!).length).toBeGreaterThanOrEqual(10);
            expect(values.filter((value) => value >= lastValue).length).toBeGreaterThanOrEqual(10);
            const recount = counts.map((_, bin) => {
              const from = bin === 0 ? -Infinity : edges[bin]!;
              const to = bin === counts.length - 1 ? Infinity : edges[bin + 1]!;
              return values.filter((value) => value >= from && value < to).length;
            });
            expect(recount.every((count) => count >= 10)).toBe(true);
            for (const [bin, count] of recount.entries())
              expect(Math.abs(count - counts[bin]!)).toBeLessThanOrEqual(2.5);
          }
          if (column.kind === 'categorical') {
            for (const { value } of column.categories) {
              expect(present.filter((cell) => cell === value).length).toBeGreaterThanOrEqual(10);
            }
            const rest = present.filter(
              (cell) => !column.categories.some(({ value }) => value === cell),
            ).length;
            expect(rest === 0 || rest >= 10).toBe(true);
            expect(column.pooledCount === 0).toBe(rest === 0);
          }
          if (column.kind === 'withheld') expect(present.length).toBeLessThan(20);
        }
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it('gives the same bytes on one thread and on two, and in any order of rows', async () => {
    const random = Random.fromSeed('threads');
    const cells = Array.from({ length: 150_000 }, () => String(random.integerBelow(1_000_000) / 100));
    const words = cells.map((cell) => `w${(Number(cell) % 13) | 0}`);
    const schema = {
      columns: [
        { name: 'v', type: 'number' as const, missingMarkers: [] },
        { name: 'w', type: 'category' as const, missingMarkers: [] },
      ],
    };
    const path = await tables.write({ v: cells, w: words }, 'forward');
    const reversed = await tables.write({ v: cells.toReversed(), w: words.toReversed() }, 'reversed');
    const options = { sourceHash: 'h', control };
    const expected = canonicalJson(await buildProfile(tables.db, path, schema, options));
    const single = await openDuckDb({
      allowedDirectories: [tables.folder],
      tempDirectory: join(tables.folder, 'spill'),
      threads: 1,
    });
    expect(canonicalJson(await buildProfile(single, path, schema, options))).toBe(expected);
    single.close();
    expect(canonicalJson(await buildProfile(tables.db, reversed, schema, options))).toBe(expected);
  }, 30_000);

  it('puts decimals into the bin that starts with them, though 0.57 / 0.01 is less than 57', async () => {
    const cells = ['0.56', '0.57', '0.58', '0.59'].flatMap((cell) => Array<string>(20).fill(cell));
    const { columns } = await profileOf({ v: cells }, { v: 'number' });
    expect(columns[0]).toMatchObject({ edges: [0.56, 0.57, 0.58, 0.59, 0.6], counts: [20, 20, 20, 20] });
  });

  it('pools what goes beyond the largest number of categories', async () => {
    const cells = Array.from({ length: 3000 }, (_, row) => `c${row % 150}`);
    const { columns } = await profileOf({ c: cells }, { c: 'category' });
    expect(columns[0]).toMatchObject({ kind: 'categorical', pooledCount: 1000 });
    expect(columns[0]).toHaveProperty('categories.length', 100);
  });

  it('names column and line of a cell that is not of the confirmed type', async () => {
    const cells = [...Array<string>(30).fill('1'), 'SECRET', '2'];
    const error: unknown = await profileOf({ v: cells }, { v: 'number' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NonconformingValueError);
    expect(error).toMatchObject({ column: 'v', line: 32, type: 'number' });
    expect((error as Error).message).not.toContain('SECRET');
  });

  it('reports progress that never falls, and stops when told to', async () => {
    const path = await tables.write({ a: Array<string>(50).fill('1'), b: Array<string>(50).fill('2') });
    const columns = ['a', 'b'].map((name) => ({ name, type: 'integer' as const, missingMarkers: [] }));
    const shares: number[] = [];
    const onProgress = (share: number): number => shares.push(share);
    await buildProfile(tables.db, path, { columns }, { sourceHash: 'h', control, onProgress });
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const controller = new AbortController();
    const stopping = buildProfile(
      tables.db,
      path,
      { columns },
      {
        sourceHash: 'h',
        control,
        signal: controller.signal,
        onProgress: () => {
          controller.abort(new Error('cancelled'));
        },
      },
    );
    await expect(stopping).rejects.toThrow('cancelled');
  });
});
