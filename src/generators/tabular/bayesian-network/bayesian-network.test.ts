import { Random } from '../../../core/random/random.js';
import type { SemanticType, TableSchema } from '../../../core/schema/schema.js';
import { columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import type { NetworkModel } from '../network/network-model.js';
import { bayesianNetwork } from './bayesian-network.js';
import { groupNumbers } from './number-groups.js';

const rowCount = 4000;
const random = Random.fromSeed('network');
const at = (row: number, draw: number): number => random.uniformAt(row, draw);
const cellsOf = (make: (row: number) => Cell): Cell[] =>
  Array.from({ length: rowCount }, (_, row) => make(row));

type Given = Readonly<Record<string, readonly [SemanticType, readonly Cell[]]>>;

function learn(given: Given, parameters: Record<string, unknown> = {}): Promise<NetworkModel> {
  const schema: TableSchema = {
    columns: Object.entries(given).map(([name, [type]]) => ({ name, type, missingMarkers: [''] })),
  };
  const columns = Object.entries(given).map(([name, [, cells]]) => [name, columnOf(cells)] as const);
  const rows = sourceOf(Object.fromEntries(columns), columns[0]?.[1].missing ? rowCount : 0);
  return bayesianNetwork.fit({ schema, rows }, { parameters, random });
}

async function synthesise(given: Given, rows = rowCount): Promise<Map<string, Cell[]>> {
  const model = await learn(given);
  return collectCells(bayesianNetwork.sample(model, { columns: Object.keys(given), rows, random }));
}

describe('a Bayesian network', () => {
  it('keeps what two parents tell together', async () => {
    const left = cellsOf((row) => (at(row, 0) < 0.5 ? 'y' : 'n'));
    const right = cellsOf((row) => (at(row, 1) < 0.5 ? 'y' : 'n'));
    const both = cellsOf((row) => (left[row] === 'y' && right[row] === 'y' ? 'both' : 'not both'));
    const given: Given = { left: ['category', left], right: ['category', right], both: ['category', both] };
    const made = await synthesise(given);
    const wrong = made.get('both')!.filter((cell, row) => {
      const isBoth = made.get('left')![row] === 'y' && made.get('right')![row] === 'y';
      return isBoth !== (cell === 'both');
    });
    expect(wrong).toHaveLength(0);
    const pairsOnly = await learn(given, { degree: 1 });
    expect(pairsOnly.columns.map(({ parents }) => parents.length)).toEqual([0, 1, 1]);
  });

  it('makes no relation of chance', async () => {
    const given = Object.fromEntries(
      Array.from({ length: 6 }, (_, column) => [
        `c${column}`,
        ['category', cellsOf((row) => 'abcdef'[Math.floor(6 * at(row, 10 + column))]!)] as const,
      ]),
    );
    // 15 pairs whose doubled information has a chi-squared law of 25: above 2 x 25 with p = 0.002 each, so 0.03 in all.
    const { columns } = await learn(given);
    expect(columns.flatMap(({ parents }) => parents).length).toBeLessThanOrEqual(1);
  });

  it('rests no share on fewer than twenty rows, nor on a few of one rare value', async () => {
    // Twelve rows of one site have a level of their own; 30 of another site are the only ones with a rare disease.
    const site = cellsOf((row) => (row < 12 ? 'far' : row < 42 ? 'near' : 'abcde'[row % 5]!));
    const level = cellsOf((row) => (row < 12 ? 'top' : at(row, 3) < 0.01 ? 'top' : 'low'));
    const disease = cellsOf((row) =>
      row >= 12 && row < 42 ? 'rare' : at(row, 4) < 0.01 ? 'rare' : 'common',
    );
    const made = await synthesise(
      { site: ['category', site], level: ['category', level], disease: ['category', disease] },
      40_000,
    );
    const shareOf = (name: string, value: string, where: string): number => {
      const rows = made.get('site')!.flatMap((cell, row) => (cell === where ? [row] : []));
      expect(rows.length).toBeGreaterThan(60);
      return rows.filter((row) => made.get(name)![row] === value).length / rows.length;
    };
    // In the source both are 1.
    expect(shareOf('level', 'top', 'far')).toBeLessThan(0.2);
    expect(shareOf('disease', 'rare', 'near')).toBeLessThan(0.2);
  });

  it('copies no number that fewer than ten rows have, and common ones as they are', async () => {
    const dose = cellsOf((row) => (at(row, 2) < 0.4 ? 0 : Math.round((1 + 3 * at(row, 5)) * 1e5) / 1e5));
    const made = (await synthesise({ dose: ['number', dose] })).get('dose')!;
    const known = new Set(dose.filter((cell) => cell !== 0));
    // One of 2400 of 300,000 by chance has p = 0.008: 19 of 2400 expected, sd 4.4; 19 + 6 sd.
    expect(made.filter((cell) => known.has(cell)).length).toBeLessThan(46);
    expect(Math.abs(made.filter((cell) => cell === 0).length / rowCount - 0.4)).toBeLessThan(0.04);
  });

  it('keeps few missing cells by their share alone, and many with what they depend on', async () => {
    const ward = cellsOf((row) => (row % 2 ? 'a' : 'b'));
    const few = cellsOf((row) => (row < 16 && row % 2 ? null : 'xy'[Math.floor(2 * at(row, 6))]!));
    const many = cellsOf((row) => (row % 2 ? null : 'xy'[Math.floor(2 * at(row, 7))]!));
    const made = await synthesise(
      { ward: ['category', ward], few: ['category', few], many: ['category', many] },
      40_000,
    );
    const missingIn = (name: string, where: string): number =>
      made.get(name)!.filter((cell, row) => cell === null && made.get('ward')![row] === where).length;
    expect(missingIn('many', 'b')).toBe(0);
    expect(missingIn('many', 'a')).toBe(made.get('ward')!.filter((cell) => cell === 'a').length);
    // All eight were in ward a; 80 of 40,000 are missing, half of them in each ward: 40, sd 6.3.
    expect(missingIn('few', 'b')).toBeGreaterThan(2);
    expect(missingIn('few', 'a')).toBeGreaterThan(2);
  });

  it('writes numbers on the grid of the column', async () => {
    const every15 = cellsOf((row) => 7 + 15 * Math.floor(4000 * at(row, 8)));
    const made = (await synthesise({ minutes: ['integer', every15] })).get('minutes')!;
    expect(made.every((cell) => (Number(cell) - 7) % 15 === 0)).toBe(true);
    expect(new Set(made).size).toBeGreaterThan(1000);
  });

  it.each([
    ['a degree of nothing', { degree: 0 }],
    ['leaves of fewer rows', { minLeaf: 19 }],
    ['a lower floor', { valueFloor: 9 }],
    ['another name', { epsilon: 1 }],
  ])('takes %s for no parameter', async (_, wrong) => {
    const ward = cellsOf((row) => 'ab'[row % 2]!);
    await expect(learn({ ward: ['category', ward] }, wrong)).rejects.toThrow(
      expect.objectContaining({ name: 'ParameterError', parameter: Object.keys(wrong)[0] }) as Error,
    );
  });
});

describe('the groups of numbers', () => {
  it('tell no cell apart that has fewer rows than the floor, and keep heaps', () => {
    const groups = groupNumbers(Int32Array.from([5, 5, 90, 5, 5, 3, 0]), [0, 1, 2, 3, 4, 5, 6], {
      part: 10,
      floor: 10,
    });
    expect(groups).toEqual([
      { cells: [0, 1], weights: [5, 5] },
      { cells: [2], weights: [90] },
      { cells: [3, 4, 5, 6], weights: [13 / 4, 13 / 4, 13 / 4, 13 / 4] },
    ]);
  });

  it('put several stretches together where they need not be told apart', () => {
    const groups = groupNumbers(Int32Array.from([10, 10, 10, 10]), [0, 1, 2, 3], { part: 20, floor: 10 });
    expect(groups.map(({ cells }) => cells)).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });
});
