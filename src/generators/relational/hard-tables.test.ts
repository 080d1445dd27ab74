import { Random } from '../../core/random/random.js';
import { collectRows, tableOf } from '../testing/a-dataset.js';
import type { Rows } from '../testing/a-dataset.js';
import type { Dataset } from './dataset.js';
import { fitRelational } from './fit-relational.js';
import type { RelationalModel } from './model.js';
import { relationalTrees } from './relational-trees.js';

const random = Random.fromSeed('42');
const options = { parameters: {}, random };

const sample = (model: RelationalModel, { subjects = 300 } = {}): Promise<Map<string, Rows>> =>
  collectRows(relationalTrees.sample(model, { subjects, random }));

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
