import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { convertCsvToParquet } from '../files/csv-to-parquet.js';
import { type DuckDb, openDuckDb } from '../files/duckdb.js';
import { PeopleKey } from './people-key.js';
import { overlapOf, type PeopleSketch, SketchBuilder, sketchSize } from './people-sketch.js';
import { type ExtractSketches, sketchExtract } from './sketch-extract.js';
import { splitPeople } from './split-people.js';

const key = new PeopleKey(Buffer.alloc(32, 7));
const otherKey = new PeopleKey(Buffer.alloc(32, 8));

const sketch = (hashes: Iterable<number>): PeopleSketch => {
  const builder = new SketchBuilder();
  for (const hash of hashes) builder.add(hash);
  return builder.finish();
};
const subjects = (from: number, to: number, by = key): number[] =>
  Array.from({ length: to - from }, (_, index) => by.ofSubject(`patient ${from + index}`) ?? -1);

describe('what two sets of people have in common', () => {
  it('is exact while both fit into their sketches', () => {
    expect(overlapOf(sketch(subjects(0, 1000)), sketch(subjects(900, 3000)))).toEqual({
      shared: 100,
      share: 0.1,
    });
    expect(overlapOf(sketch(subjects(0, 50)), sketch(subjects(50, 90)))).toEqual({ shared: 0, share: 0 });
    expect(overlapOf(sketch([]), sketch(subjects(0, 5)))).toEqual({ shared: 0, share: 0 });
  });

  it('is the share of the smaller one, estimated where they do not fit', () => {
    // Injective and spread evenly (Knuth), without the time of a million HMACs.
    const spread = (from: number, to: number): number[] =>
      Array.from({ length: to - from }, (_, index) => ((from + index) * 2_654_435_761) % 2 ** 32);
    const large = sketch(spread(0, 4 * sketchSize));
    expect(large.isWhole).toBe(false);
    expect(large.hashes).toHaveLength(sketchSize);
    // A third of 98,304 people; about 24,576 of them are sampled: standard deviation 0.003, six of them allowed.
    const { share } = overlapOf(large, sketch(spread(3.5 * sketchSize, 5 * sketchSize)));
    expect(Math.abs(share - 1 / 3)).toBeLessThan(0.018);
    expect(overlapOf(large, sketch(spread(5 * sketchSize, 6 * sketchSize))).shared).toBe(0);
  });

  it('says nothing to who has another key', () => {
    expect(overlapOf(sketch(subjects(0, 1000)), sketch(subjects(0, 1000, otherKey))).shared).toBe(0);
    expect(key.fingerprint).not.toBe(otherKey.fingerprint);
  });

  it('knows an identifier however it is written', () => {
    const written = ['943-476-5919', '943 476 5919', '0009434765919', '９４３4765919'];
    expect(new Set(written.map((text) => key.ofSubject(text))).size).toBe(1);
    expect(key.ofSubject('ab1')).toBe(key.ofSubject('AB-1'));
    expect(key.ofSubject(' - ')).toBeNull();
    expect(key.ofSubject('0')).not.toBeNull();
  });
});

describe('an extract that is held against another', () => {
  let folder: string;
  let db: DuckDb;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'picketfence-people-'));
    db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'temp') });
  });
  afterAll(() => {
    db.close();
    rmSync(folder, { recursive: true });
  });

  const names = ['id', 'age', 'result'];
  type Rows = readonly (readonly string[])[];
  const people = (from: number, to: number): Rows =>
    Array.from({ length: to - from }, (_, index) => {
      const number = from + index;
      return [`P${number}`, String((number * 7919) % 97), `${((number * 104_729) % 1009) / 10}`];
    });
  const original = people(0, 400);

  let files = 0;
  async function sketches(rows: Rows, columns = names): Promise<ExtractSketches> {
    const path = join(folder, String((files += 1)));
    writeFileSync(`${path}.csv`, [columns, ...rows].map((row) => row.join(',')).join('\n'));
    await convertCsvToParquet(db, `${path}.csv`, `${path}.parquet`, columns);
    const identifiers = [{ name: columns[names.indexOf('id')] ?? '', missingMarkers: ['?'] }];
    return sketchExtract({ db, parquetPath: `${path}.parquet` }, { all: columns, identifiers }, { key });
  }
  async function shares(rows: Rows, columns = names): Promise<{ rows: number; subjects: number }> {
    const [one, other] = [await sketches(original), await sketches(rows, columns)];
    const [mine, theirs] = [[...one.columns.values()][0], [...other.columns.values()][0]];
    return {
      rows: overlapOf(one.rows, other.rows).share,
      subjects: mine && theirs ? overlapOf(mine, theirs).share : 0,
    };
  }

  it('is all of it, in a copy and in a shuffled one, with other names and another order of columns', async () => {
    expect(await shares(original)).toEqual({ rows: 1, subjects: 1 });
    const shuffled = [...original].sort(([one = ''], [other = '']) => (one < other ? 1 : -1));
    expect(await shares(shuffled)).toEqual({ rows: 1, subjects: 1 });
    const moved = shuffled.map(([id = '', age = '', result = '']) => [id, result, age]);
    expect(await shares(moved, ['person', 'value', 'years'])).toEqual({ rows: 1, subjects: 1 });
  });

  it('is nearly all of it where 5 % of the rows are changed, and a part of it is all of that part', async () => {
    const changed = original.map((row, index) => (index % 20 === 0 ? [row[0] ?? '', '98', '-1'] : row));
    expect(await shares(changed)).toEqual({ rows: 0.95, subjects: 1 });
    expect(await shares([...original.slice(0, 40), ...people(1000, 1005)])).toEqual({
      rows: 40 / 45,
      subjects: 40 / 45,
    });
  });

  it('is nothing of other people', async () => {
    expect(await shares(people(400, 800))).toEqual({ rows: 0, subjects: 0 });
  });

  it('does not take a missing identifier for a person', async () => {
    const nobody = people(400, 500).map(([, ...cells]) => ['?', ...cells]);
    const found = await sketches(nobody);
    expect(found.columns.get('id')?.hashes).toHaveLength(0);
  });
});

describe('the halves of the people', () => {
  const some = fc.uniqueArray(fc.nat(5000), { minLength: 2, maxLength: 60 });
  const sides = (numbers: readonly number[]): { learned: Set<number>; held: Set<number> } => {
    const { train, holdout } = splitPeople(numbers.map((number) => key.ofSubject(`p${number}`) ?? -1));
    const of = (rows: Int32Array): Set<number> => new Set([...rows].map((row) => numbers[row] ?? -1));
    return { learned: of(train), held: of(holdout) };
  };

  it('never has anybody on one side here and on the other side there', () => {
    fc.assert(
      fc.property(some, some, (here, there) => {
        const [one, other] = [sides(here), sides(there)];
        expect([...one.learned].filter((person) => other.held.has(person))).toEqual([]);
        expect([...one.held].filter((person) => other.learned.has(person))).toEqual([]);
        expect(one.learned.size).toBe(one.held.size);
      }),
    );
  });

  it('keeps all rows of a person together and leaves few people out', () => {
    const numbers = Array.from({ length: 2000 }, (_, row) => row % 1000);
    const { learned, held } = sides(numbers);
    expect([...learned].filter((person) => held.has(person))).toEqual([]);
    // Binomial, n = 1000: either side has at least 420 but for a chance of 4e-7.
    expect(learned.size).toBeGreaterThan(420);
  });
});
