import fc from 'fast-check';
import { Random } from '../../../../core/random/random.js';
import type { TableSchema } from '../../../../core/schema/schema.js';
import { ModelReader } from '../../../model-file/model-reader.js';
import { packModel, unpackModel } from '../../../model-file/model-bytes.js';
import { aSchema, aSource, columnOf, sourceOf } from '../../../testing/a-source.js';
import type { Column } from '../../../../core/table/table.js';
import { rowBlocks } from '../../../row-blocks.js';
import type { Cell } from '../../../testing/cells.js';
import { collectCells } from '../../../testing/cells.js';
import { pooledCategory } from '../../../../core/profile/profile.js';
import { fitCalibration } from './calibration.js';
import type { ColumnCalibration } from './column-calibration.js';
import { decodeColumn } from './decode-rows.js';
import { readCalibration } from './load-calibration.js';
import { readLayout } from './load-layout.js';
import { prepareTable } from './prepare-table.js';
import type { NetworkGuards, NetworkTable } from './prepare-table.js';
import { placesOf, segmentsOf, valueMax, widthOf } from './table-layout.js';
import type { CategoryLayout, NumberLayout } from './table-layout.js';

const random = Random.fromSeed('42');
const guards = {
  categoryFloor: 10,
  valueFloor: 10,
  tailCount: 10,
  entriesMax: 100,
  numbers: 'modes' as const,
};

async function prepare(cells: readonly Cell[], given: NetworkGuards = guards): Promise<NetworkTable> {
  const schema: TableSchema = {
    columns: [
      {
        name: 'x',
        type: cells.some((cell) => typeof cell === 'string') ? 'category' : 'number',
        missingMarkers: [],
      },
    ],
  };
  return prepareTable({ schema, rows: sourceOf({ x: columnOf(cells) }, cells.length) }, given, { random });
}

const all = (rowCount: number, columns: ReadonlyMap<string, Column>): Promise<Map<string, Cell[]>> =>
  collectCells(rowBlocks(rowCount, rowCount, () => columns));

/** Encoded rows turned back. */
function back(
  { layout, encoded }: NetworkTable,
  calibration: readonly ColumnCalibration[] = [],
): Promise<Map<string, Cell[]>> {
  const made = { first: 0, ...encoded };
  const columns = placesOf(layout).map((place, at): [string, Column] => [
    place.column.name,
    decodeColumn(place, made, random.fork(place.column.name), calibration[at]),
  ]);
  return all(encoded.rows, new Map(columns));
}

let ward: NetworkTable;
beforeAll(async () => {
  ward = await prepareTable({ schema: aSchema, rows: aSource }, guards, { random });
});

const rows = (size: number, cell: (row: number) => Cell): Cell[] =>
  Array.from({ length: size }, (_, row) => cell(row));

describe('a table as numbers for a network', () => {
  it('has one choice for each column of each row, and values inside their span', () => {
    const { layout, encoded } = ward;
    expect(encoded.width).toBe(widthOf(layout));
    expect(segmentsOf(layout).reduce((sum, width) => sum + width, 0)).toBe(encoded.width);
    for (const [at, { start, choicesStart, end }] of placesOf(layout).entries())
      for (let row = 0; row < encoded.rows; row += 1) {
        const cells = [
          ...encoded.cells.subarray(row * encoded.width + choicesStart, row * encoded.width + end),
        ];
        expect(cells.filter((cell) => cell === 1)).toHaveLength(1);
        expect(cells.indexOf(1)).toBe(encoded.choices[at]![row]);
        if (start < choicesStart)
          expect(Math.abs(encoded.cells[row * encoded.width + start]!)).toBeLessThanOrEqual(
            Math.fround(valueMax),
          );
      }
  });

  it('comes back as it was: all but the tails the same', async () => {
    const made = await back(ward);
    for (const name of ['ward', 'smoker', 'age', 'admitted']) {
      const source = await all(aSource.rowCount, new Map([[name, await aSource.column(name)]]));
      const before = source.get(name)!;
      const differing = made.get(name)!.filter((cell, row) => cell !== before[row]);
      // The ten at each end of a column of numbers were drawn anew.
      expect(differing.length).toBeLessThanOrEqual(name === 'age' || name === 'admitted' ? 20 : 0);
    }
  });

  it('turns every number back to within a step of its grid, inside the bounds', async () => {
    const numbers = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 60, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(numbers, fc.double({ min: 0.5, max: 50, noNaN: true }), async (given, spread) => {
        const table = await prepare(given.map((value) => Math.round(value * spread) / 10));
        const { grid, bounds, means, deviations } = table.layout[0] as NumberLayout;
        const made = (await back(table)).get('x')!.map(Number);
        for (const [row, value] of made.entries()) {
          expect(value).toBeGreaterThanOrEqual(bounds.low);
          expect(value).toBeLessThanOrEqual(bounds.high);
          const mode = table.encoded.choices[0]![row]!;
          const cell = table.encoded.cells[row * table.encoded.width]!;
          if (Math.abs(cell) >= Math.fround(valueMax)) continue;
          const exact = means[mode]! + 4 * deviations[mode]! * cell;
          const inside = Math.min(bounds.high, Math.max(bounds.low, exact));
          expect(Math.abs(value - inside)).toBeLessThanOrEqual(grid.step / 10 ** grid.decimals + 1e-9);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('turns numbers back that are kept as normal scores, with one cell of their own', async () => {
    const numbers = fc.array(fc.integer({ min: -3000, max: 3000 }), { minLength: 60, maxLength: 200 });
    await fc.assert(
      fc.asyncProperty(numbers, async (given) => {
        const table = await prepare(
          given.map((value) => value / 10),
          { ...guards, numbers: 'quantiles' },
        );
        expect(table.encoded.width).toBe(1);
        const made = (await back(table)).get('x')!.map(Number);
        const differing = made.filter((value, row) => Math.abs(value - given[row]! / 10) > 0.1 + 1e-9);
        // The ten at each end were drawn anew.
        expect(differing.length).toBeLessThanOrEqual(20);
      }),
      { numRuns: 12 },
    );
    const gaps = await prepare(
      rows(400, (row) => (row % 4 === 0 ? null : row)),
      { ...guards, numbers: 'quantiles' },
    );
    expect(gaps.encoded.width).toBe(3);
    expect((await back(gaps)).get('x')!.filter((cell) => cell === null)).toHaveLength(100);
  });

  it('makes nothing but what the schema has, whatever the network says', () => {
    const { layout, encoded } = ward;
    const cell = fc.float({ min: -10, max: 10, noNaN: true });
    fc.assert(
      fc.property(fc.array(cell, { minLength: encoded.width, maxLength: encoded.width }), (row) => {
        for (const place of placesOf(layout)) {
          const cells = Float32Array.from(row);
          const made = decodeColumn(place, { first: 0, rows: 1, width: encoded.width, cells }, random);
          if (made.kind === 'category') expect(made.codes[0]).toBeLessThan(made.dictionary.length);
          else if (made.kind !== 'text' && place.column.kind === 'numbers') {
            if (made.missing[0] === 1) continue;
            expect(made.values[0]).toBeGreaterThanOrEqual(place.column.bounds.low);
            expect(made.values[0]).toBeLessThanOrEqual(place.column.bounds.high);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('pools rare categories and lets no mode or gap speak of fewer rows than the floor', async () => {
    const categories = await prepare(
      rows(200, (row) => (row < 6 ? 'rare' : row < 12 ? 'odd' : row < 100 ? 'a' : 'b')),
    );
    expect([...(categories.layout[0] as CategoryLayout).dictionary].sort()).toEqual(
      [pooledCategory, 'a', 'b'].sort(),
    );
    const fewGaps = await prepare(rows(400, (row) => (row < 9 ? null : row % 40)));
    expect(fewGaps.layout[0]!.missingRows).toBe(0);
    const gaps = await prepare(rows(400, (row) => (row < 10 ? null : row % 40)));
    expect(gaps.layout[0]!.missingRows).toBe(10);
    const far = await prepare(rows(1000, (row) => (row < 8 ? 5000 + row : row % 100)));
    const modes = far.layout[0] as NumberLayout;
    expect(Math.max(...modes.means)).toBeLessThan(1000);
    for (const weight of modes.weights) expect(weight * 1000).toBeGreaterThanOrEqual(10);
  });

  it('gives the rarest categories one entry together and takes it apart again by their counts', async () => {
    const table = await prepare(
      rows(1000, (row) => `c${Math.floor(row / 100)}`),
      { ...guards, entriesMax: 4 },
    );
    const [place] = placesOf(table.layout);
    expect(place!.choices).toBe(4);
    const made = (await back(table)).get('x')!;
    for (let row = 0; row < 300; row += 1) expect(made[row]).toBe(`c${Math.floor(row / 100)}`);
    const counts = new Map<Cell, number>();
    for (const cell of made.slice(300)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
    // Binomial(700, 1/7): sd 9.3, so beyond 50 once in 10^7.
    expect(counts.size).toBe(7);
    for (const count of counts.values()) expect(Math.abs(count - 100)).toBeLessThan(50);
  });

  it('is brought back to the laws of its columns where a network has bent them, in the order it gave', async () => {
    const cells = rows(2000, (row) => Math.round(100 * Math.exp(3 * random.uniformAt(row, 7))));
    const table = await prepare(cells, { ...guards, numbers: 'quantiles' });
    const bent = table.encoded.cells.map((cell) => 0.3 * cell + 0.2 * cell ** 3 + 0.4);
    const encoded = { ...table.encoded, cells: bent };
    const calibration = fitCalibration(table.layout, { first: 0, ...encoded }, { rowCount: 2000, random });
    const made = (await back({ ...table, encoded }, calibration)).get('x')!.map(Number);
    const ranked = (values: readonly Cell[]): number[] => values.map(Number).sort((a, b) => a - b);
    const [before, after] = [ranked(cells), ranked(made)];
    // Lines through 256 quantiles: within two of 2,000 rows' worth of them and the tails.
    for (const place of [100, 500, 1000, 1500, 1900])
      expect(Math.abs(after[place]! / before[place]! - 1)).toBeLessThan(0.05);
    const order = [...bent.keys()].sort((a, b) => bent[a]! - bent[b]!);
    const along = order.map((row) => made[row]!);
    for (const [place, value] of along.slice(1).entries())
      expect(value).toBeGreaterThanOrEqual(along[place]!);
    const unbent = (await back({ ...table, encoded }))
      .get('x')!
      .map(Number)
      .sort((a, b) => a - b);
    expect(unbent[1000]! / before[1000]!).toBeGreaterThan(1.5);
  });

  it('gets back the shares of choices that a network has wrong, by weights', async () => {
    const cells = rows(1000, (row) => (row < 20 ? 'rare' : row < 300 ? 'some' : row < 900 ? 'most' : null));
    const table = await prepare(cells);
    const wrong = new Float32Array(4 * 5000);
    for (let row = 0; row < 5000; row += 1)
      for (let choice = 0; choice < 4; choice += 1)
        wrong[row * 4 + choice] = [0.1, 0.88, 0.001, 0.019][choice]! * (0.5 + random.uniformAt(row, choice));
    const encoded = { ...table.encoded, rows: 5000, cells: wrong };
    const calibration = fitCalibration(table.layout, { first: 0, ...encoded }, { rowCount: 1000, random });
    const made = (await back({ ...table, encoded }, calibration)).get('x')!;
    // Binomial with an sd of at most 0.007.
    for (const wanted of ['rare', 'some', 'most', null])
      expect(
        Math.abs(
          made.filter((cell) => cell === wanted).length / 5000 -
            cells.filter((cell) => cell === wanted).length / 1000,
        ),
      ).toBeLessThan(0.035);
    expect(made.filter((cell) => cell === 'rare').length).toBeGreaterThan(50);
    const bytes = packModel({ calibration });
    const read = (of: Uint8Array): unknown =>
      readCalibration(new ModelReader(unpackModel(of)).at('calibration'), table.layout);
    expect(read(bytes)).toEqual(calibration);
    expect(() => read(packModel({ calibration: [{ law: null, weights: new Float64Array(3) }] }))).toThrow(
      'choice',
    );
    expect(() => read(packModel({ calibration: [] }))).toThrow('each column');
  });

  it('is read again as it was saved', () => {
    const { layout } = ward;
    const bytes = packModel({ layout });
    expect(readLayout(new ModelReader(unpackModel(bytes)).at('layout'))).toEqual(layout);
    const broken = packModel({ layout: [{ ...layout[0], alone: 99 }] });
    expect(() => readLayout(new ModelReader(unpackModel(broken)).at('layout'))).toThrow('alone');
  });
});
