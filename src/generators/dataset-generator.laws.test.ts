import fc from 'fast-check';
import { Random } from '../core/random/random.js';
import type { Dataset } from './relational/dataset.js';
import { fitRelational } from './relational/fit-relational.js';
import type { RelationalModel } from './relational/model.js';
import { relationalTrees } from './relational/relational-trees.js';
import { sampleRelational } from './relational/sample-relational.js';
import { aDataset, aSequenceTable, collectRows, tableOf } from './testing/a-dataset.js';
import type { Rows } from './testing/a-dataset.js';

const random = Random.fromSeed('42');
const options = { parameters: {}, random };
const msPerDay = 86_400_000;
const textOf = (cell: unknown): string => (typeof cell === 'string' ? cell : JSON.stringify(cell ?? null));

async function sample(
  model: RelationalModel,
  { subjects = 300, seed = '42', block = 256 } = {},
): Promise<Map<string, Rows>> {
  return collectRows(sampleRelational(model, { subjects, random: Random.fromSeed(seed) }, block));
}

describe('the laws of relational-trees', () => {
  let model: RelationalModel;
  let made: Map<string, Rows>;
  const rowsOf = (name: string): Rows => made.get(name) ?? [];
  beforeAll(async () => {
    model = await relationalTrees.fit(aDataset(), options);
    made = await sample(model, { subjects: 1000 });
  });

  it('gives the same tables for the same seed and others for another', async () => {
    expect(await sample(model, { seed: 'a' })).toEqual(await sample(model, { seed: 'a' }));
    expect(await sample(model, { seed: 'a' })).not.toEqual(await sample(model, { seed: 'b' }));
  });

  it('makes the same first subjects whatever their number and the size of a block', async () => {
    for (const [subjects, block] of [
      [1, 256],
      [40, 7],
      [300, 256],
    ] as const) {
      const fewer = await sample(model, { subjects, block });
      expect(fewer.get('patients')).toHaveLength(subjects);
      for (const [name, rows] of fewer) expect(rows).toEqual(rowsOf(name).slice(0, rows.length));
    }
  });

  it('names rows that are there, by keys that are there once', () => {
    for (const { parent, parentKey, child, foreignKey } of aDataset().relations) {
      const keys = rowsOf(parent).map((row) => parentKey.map((name) => textOf(row[name])).join());
      expect(new Set(keys).size).toBe(keys.length);
      const named = rowsOf(child).filter((row) => foreignKey.every((name) => row[name] !== null));
      expect(named.length).toBeGreaterThan(100);
      const known = new Set(keys);
      expect(named.filter((row) => !known.has(foreignKey.map((name) => textOf(row[name])).join()))).toEqual(
        [],
      );
    }
  });

  it('says the same by every way to a row above', () => {
    const patientOf = new Map(rowsOf('visits').map((row) => [row['visit'], row['patient']]));
    const owned = rowsOf('labs').filter((row) => row['visit'] !== null);
    const alone = rowsOf('labs').length - owned.length;
    expect(owned.filter((row) => patientOf.get(row['visit']) !== row['patient'])).toEqual([]);
    expect(alone / rowsOf('labs').length).toBeGreaterThan(0.1); // 0.2 in the source.
    expect(alone / rowsOf('labs').length).toBeLessThan(0.3);
  });

  it('has no key of the source in any cell', async () => {
    const source = new Set<string>();
    for (const { rows, schema } of aDataset().tables)
      for (const { name, type } of schema.columns) {
        const column = await rows.column(name);
        if (type === 'identifier' && column.kind === 'category')
          column.dictionary.forEach((key) => source.add(key));
      }
    expect(source.size).toBeGreaterThan(1000);
    for (const rows of made.values())
      for (const row of rows)
        expect(Object.values(row).filter((cell) => source.has(textOf(cell)))).toEqual([]);
  });

  it('lets nothing happen before birth or after death, nor anybody leave before they came', () => {
    const born = new Map(rowsOf('patients').map((row) => [row['patient'], Number(row['born'])]));
    const died = new Map(rowsOf('deaths').map((row) => [row['patient'], Number(row['died'])]));
    expect(died.size).toBeGreaterThan(150);
    expect(died.size).toBe(rowsOf('deaths').length);
    const isOutside = (patient: unknown, day: number): boolean =>
      day < (born.get(textOf(patient)) ?? NaN) || day > (died.get(textOf(patient)) ?? Infinity);
    expect(rowsOf('visits').filter((row) => isOutside(row['patient'], Number(row['came'])))).toEqual([]);
    expect(
      rowsOf('labs').filter((row) => isOutside(row['patient'], Math.floor(Number(row['taken']) / msPerDay))),
    ).toEqual([]);
    expect(rowsOf('visits').filter((row) => Number(row['left']) < Number(row['came']))).toEqual([]);
  });

  it('follows the parent and the row before', () => {
    const visits = new Map<string, number>();
    for (const row of rowsOf('visits'))
      visits.set(textOf(row['patient']), (visits.get(textOf(row['patient'])) ?? 0) + 1);
    const meanOf = (smoker: string): number => {
      const counts = rowsOf('patients')
        .filter((row) => row['smoker'] === smoker)
        .map((row) => visits.get(textOf(row['patient'])) ?? 0);
      return counts.reduce((sum, count) => sum + count, 0) / counts.length;
    };
    // 4 and 0.7 visits in the source.
    expect(meanOf('true') - meanOf('false')).toBeGreaterThan(2);
    const labs = rowsOf('labs').filter((row) => row['visit'] !== null);
    const steps = labs.flatMap((row, at) => {
      const before = labs[at - 1];
      return before?.['visit'] === row['visit']
        ? [Math.abs(Number(row['value']) - Number(before?.['value']))]
        : [];
    });
    // Of two values drawn apart the distance would be 7 on average; in the source it is 1.
    expect(steps.reduce((sum, step) => sum + step, 0) / steps.length).toBeLessThan(3.5);
  });

  it('makes the same rows after it was saved and loaded, and equal models are equal bytes', async () => {
    const bytes = relationalTrees.save(model);
    const loaded = relationalTrees.load(bytes);
    expect(await sample(loaded)).toEqual(await sample(model));
    expect(relationalTrees.formats(loaded)).toEqual(relationalTrees.formats(model));
    const again = await relationalTrees.fit(aDataset(), options);
    expect(Buffer.compare(relationalTrees.save(again), bytes)).toBe(0);
  });

  it('reads a damaged model as a named refusal or as a model that still ends', async () => {
    const small = await relationalTrees.fit(aSequenceTable(), options);
    const bytes = relationalTrees.save(small);
    expect(() => relationalTrees.load(bytes.subarray(0, bytes.length - 64))).toThrow(
      expect.objectContaining({ name: 'ModelFormatError' }) as Error,
    );
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 0, max: bytes.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        async (at, change) => {
          const damaged = bytes.slice();
          damaged[at] = (damaged[at] ?? 0) ^ change;
          try {
            await sample(relationalTrees.load(damaged), { subjects: 3 });
          } catch (error) {
            expect(error).toMatchObject({ name: 'ModelFormatError' });
          }
        },
      ),
      { numRuns: 150, seed: 1 },
    );
  });

  it('stops when it is told to, and tells how far it is', async () => {
    const controller = new AbortController();
    const shares: number[] = [];
    const fit = relationalTrees.fit(aDataset(), {
      ...options,
      signal: controller.signal,
      onProgress: (share) => {
        shares.push(share);
        if (shares.length === 3) controller.abort(new Error('told to'));
      },
    });
    await expect(fit).rejects.toThrow('told to');
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares).toHaveLength(3);
  });

  it('says how every column of every table is written', () => {
    const formats = relationalTrees.formats(model);
    expect([...formats.keys()].sort()).toEqual([...made.keys()].sort());
    for (const [name, columns] of formats)
      expect(columns.map((format) => format.name)).toEqual(Object.keys(rowsOf(name)[0] ?? {}));
  });

  it('keeps what never changes within a sequence, and the order and end of each', async () => {
    const rows = (await sample(await relationalTrees.fit(aSequenceTable(), options))).get('course') ?? [];
    const first = new Map<unknown, Rows[number]>();
    let last: Rows[number] = {};
    for (const row of rows) {
      const start = first.get(row['id']) ?? row;
      first.set(row['id'], start);
      expect([row['drug'], row['end']]).toEqual([start['drug'], start['end']]);
      if (last['id'] === row['id']) expect(Number(row['day'])).toBeGreaterThanOrEqual(Number(last['day']));
      expect(Number(row['day'])).toBeLessThanOrEqual(Number(row['end']));
      last = row;
    }
    expect(first.size).toBeGreaterThan(250);
    const counts = [...first.keys()].map((id) => rows.filter((row) => row['id'] === id).length);
    expect(new Set(counts).size).toBeGreaterThan(4);
  });
});

const key = 'identifier';
const parents = (count: number): Rows =>
  Array.from({ length: count }, (_, row) => ({ id: `k${row}`, sex: row % 2 ? 'f' : 'm' }));
const twoTables = (above: Rows, below: Rows, extra: Partial<Dataset> = {}): Dataset => ({
  tables: [
    tableOf('above', { id: key, sex: 'category' }, above, { primaryKey: ['id'] }),
    tableOf('below', { above: key, level: 'integer', kind: 'category' }, below),
  ],
  relations: [{ parent: 'above', parentKey: ['id'], child: 'below', foreignKey: ['above'] }],
  windows: [],
  ...extra,
});

describe('relational-trees and hard tables', () => {
  it.each([0, 1, 2, 39])('learns nothing from %d subjects', async (count) => {
    await expect(fitRelational(twoTables(parents(count), []), options)).rejects.toMatchObject({
      name: 'TooFewRowsError',
    });
  });

  it.each([0, 1, 2])('makes no row of a table of %d rows', async (count) => {
    const below = Array.from({ length: count }, (_, row) => ({ above: `k${row}`, level: 7, kind: 'x' }));
    const made = await sample(await fitRelational(twoTables(parents(100), below), options));
    expect(made.get('above')).toHaveLength(300);
    expect(made.get('below')).toEqual([]);
  });

  it('keeps a constant column constant and an empty one empty', async () => {
    const below = parents(100).map(({ id = null }) => ({ above: id, level: 7, kind: null }));
    const made = await sample(await fitRelational(twoTables(parents(100), below), options));
    const rows = made.get('below') ?? [];
    expect(rows).toHaveLength(300);
    expect(new Set(rows.map(({ level }) => level))).toEqual(new Set([7]));
    expect(new Set(rows.map(({ kind }) => kind))).toEqual(new Set([null]));
  });

  it('gives nothing away of a single subject however many rows it has', async () => {
    // One of 200 has 500 rows of a kind and a level of its own; the others have 5 each.
    const below = parents(200).flatMap(({ id = null }, subject) =>
      Array.from({ length: subject === 0 ? 500 : 5 }, (_, row) => ({
        above: id,
        level: subject === 0 ? 77_777 : (subject * 7 + row * 13) % 100,
        kind: subject === 0 ? 'strange' : row % 2 ? 'x' : 'y',
      })),
    );
    const learned = await fitRelational(twoTables(parents(200), below), options);
    const rows = (await sample(learned, { subjects: 1000 })).get('below') ?? [];
    expect(rows.length).toBeGreaterThan(3000);
    expect(rows.filter(({ kind }) => kind === 'strange')).toEqual([]);
    expect(rows.filter(({ level }) => Number(level) > 100)).toEqual([]);
    const counts = new Map<unknown, number>();
    for (const { above } of rows) counts.set(above, (counts.get(above) ?? 0) + 1);
    expect(Math.max(...counts.values())).toBeLessThan(20);
    expect(Buffer.from(relationalTrees.save(learned)).includes('strange')).toBe(false);
  });

  const child = { above: 'k1', level: 1, kind: 'x' };
  it.each([
    ['a dangling key', twoTables(parents(50), [child, { ...child, above: 'k99' }]), ['below', ['above'], 2]],
    ['a row of nobody', twoTables(parents(50), [{ ...child, above: null }]), ['below', ['above'], 1]],
    ['a repeated key', twoTables([...parents(50), { id: 'k3', sex: 'f' }], []), ['above', ['id'], 51]],
    ['a missing key', twoTables([{ id: null, sex: 'f' }, ...parents(50)], []), ['above', ['id'], 1]],
    [
      'relations in a circle',
      twoTables(parents(50), [], {
        relations: [
          { parent: 'above', parentKey: ['id'], child: 'below', foreignKey: ['above'] },
          { parent: 'below', parentKey: ['above'], child: 'above', foreignKey: ['id'] },
        ],
      }),
      ['above', [], null],
    ],
    [
      'a table that is its own parent',
      twoTables(parents(50), [], {
        relations: [{ parent: 'above', parentKey: ['id'], child: 'above', foreignKey: ['sex'] }],
      }),
      ['above', ['sex'], null],
    ],
    [
      'a column that is not there',
      twoTables(parents(50), [], {
        relations: [{ parent: 'above', parentKey: ['idd'], child: 'below', foreignKey: ['above'] }],
      }),
      ['above', ['idd'], null],
    ],
  ])('refuses %s and says where', async (_, dataset, [table, columns, row]) => {
    await expect(fitRelational(dataset, options)).rejects.toMatchObject({
      name: 'RelationalError',
      table,
      columns,
      row,
    });
  });
});
