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

  it('makes as many rows as the source has where the largest subjects have several times the others', async () => {
    const sizes = Array.from({ length: 200 }, (_, subject) =>
      subject % 10 === 0 ? 40 + 3 * (subject / 10) : 1 + (subject % 5),
    );
    const below = parents(200).flatMap(({ id = null }, subject) =>
      Array.from({ length: sizes[subject] ?? 0 }, (_, row) => ({ above: id, level: row, kind: 'x' })),
    );
    const rows = (await sample(await fitRelational(twoTables(parents(200), below), options))).get('below');
    // 300 subjects instead of 200; the tail is drawn from the law that its own median gives.
    const ratio = (rows?.length ?? 0) / (1.5 * below.length);
    expect(ratio).toBeGreaterThan(0.85);
    expect(ratio).toBeLessThan(1.15);
  });

  it('does not take what its largest subject is like for what the table is like', async () => {
    // 5,000 of 5,995 rows are one subject's, all of a kind that a fifth of the others' rows have.
    const below = parents(200).flatMap(({ id = null }, subject) =>
      Array.from({ length: subject === 0 ? 5000 : 5 }, (_, row) => ({
        above: id,
        level: (subject + row) % 50,
        kind: subject === 0 || row === 0 ? 'x' : 'y',
      })),
    );
    const made = await sample(await fitRelational(twoTables(parents(200), below), options));
    const rows = made.get('below') ?? [];
    const share = rows.filter(({ kind }) => kind === 'x').length / rows.length;
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.3);
  });

  it('lets the rows of a subject and of what lies between add up, and leaves none without an owner', async () => {
    // Each has 2 visits; the first has all 10, 20 or 30 results, the second none. Each result names both.
    const people = parents(300);
    const visits = people.flatMap(({ id = null }, person) =>
      [0, 1].map((visit) => ({ visit: `v${person}-${visit}`, above: id, kind: visit ? 'second' : 'first' })),
    );
    const results = people.flatMap(({ id = null }, person) =>
      Array.from({ length: 10 * (1 + (person % 3)) }, (_, row) => ({
        ...{ visit: `v${person}-0`, above: id, level: row },
      })),
    );
    const dataset: Dataset = {
      tables: [
        tableOf('above', { id: key, sex: 'category' }, people, { primaryKey: ['id'] }),
        tableOf('visits', { visit: key, above: key, kind: 'category' }, visits, { primaryKey: ['visit'] }),
        tableOf('results', { visit: key, above: key, level: 'integer' }, results),
      ],
      relations: [
        { parent: 'above', parentKey: ['id'], child: 'visits', foreignKey: ['above'] },
        { parent: 'above', parentKey: ['id'], child: 'results', foreignKey: ['above'] },
        { parent: 'visits', parentKey: ['visit'], child: 'results', foreignKey: ['visit'] },
      ],
      windows: [],
      subjects: 'above',
    };
    const made = await sample(await fitRelational(dataset, options), { subjects: 96 });
    const rows = made.get('results') ?? [];
    expect(rows.filter(({ visit }) => visit === null)).toEqual([]);
    const counts = new Map((made.get('above') ?? []).map(({ id }) => [id, 0]));
    for (const { above } of rows) counts.set(above ?? null, (counts.get(above ?? null) ?? 0) + 1);
    // A third of the 96 people each, as draws fall evenly: 32 and at most a few more or fewer.
    for (const size of [10, 20, 30]) {
      const found = [...counts.values()].filter((count) => count === size).length;
      expect(Math.abs(found - 32)).toBeLessThanOrEqual(4);
    }
    const kinds = new Map((made.get('visits') ?? []).map(({ visit, kind }) => [visit, kind]));
    expect(rows.filter(({ visit }) => kinds.get(visit ?? null) === 'second')).toEqual([]);
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
