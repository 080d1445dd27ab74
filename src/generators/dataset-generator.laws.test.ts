import fc from 'fast-check';
import { Random } from '../core/random/random.js';
import type { RelationalModel } from './relational/model.js';
import { relationalTrees } from './relational/relational-trees.js';
import { sampleRelational } from './relational/sample-relational.js';
import { aDataset, aSequenceTable, collectRows } from './testing/a-dataset.js';
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
