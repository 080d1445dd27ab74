import { Random } from '../../../core/random/random.js';
import type { SemanticType, TableSchema } from '../../../core/schema/schema.js';
import type { Column } from '../../../core/table/table.js';
import { columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import type { SequentialCartModel } from './model.js';
import { sequentialCart } from './sequential-cart.js';

const rowCount = 4000;
const random = Random.fromSeed('guards');
const at = (row: number, draw: number): number => random.uniformAt(row, draw);
const cellsOf = (make: (row: number) => Cell): Cell[] =>
  Array.from({ length: rowCount }, (_, row) => make(row));

interface Given {
  readonly cells: readonly Cell[];
  readonly type: SemanticType;
}

async function learn(
  given: Readonly<Record<string, Given>>,
  parameters: Record<string, unknown> = {},
): Promise<SequentialCartModel> {
  const schema: TableSchema = {
    columns: Object.entries(given).map(([name, { type }]) => ({ name, type, missingMarkers: [''] })),
  };
  const columns = Object.entries(given).map(([name, { cells, type }]): [string, Column] => [
    name,
    columnOf(cells, type === 'date' || type === 'datetime' ? type : 'number'),
  ]);
  const source = sourceOf(Object.fromEntries(columns), rowCount);
  return sequentialCart.fit({ schema, rows: source }, { parameters, random });
}

async function synthesise(
  given: Readonly<Record<string, Given>>,
  rows = rowCount,
  parameters: Record<string, unknown> = {},
): Promise<Map<string, Cell[]>> {
  const model = await learn(given, parameters);
  return collectCells(sequentialCart.sample(model, { columns: Object.keys(given), rows, random }));
}

describe('the guards of sequential CART', () => {
  it('never copy a number that fewer than ten rows have', async () => {
    // Five digits after the point: 400,000 possible values, so nearly every one of the 4000 is somebody's own.
    const dose = cellsOf((row) => Math.round((1 + 3 * at(row, 0)) * 1e5) / 1e5);
    const level = cellsOf((row) => Math.round((Number(dose[row]) * 2 + at(row, 1)) * 1e5) / 1e5);
    const made = await synthesise({
      dose: { cells: dose, type: 'number' },
      level: { cells: level, type: 'number' },
    });
    for (const [name, source] of [
      ['dose', dose],
      ['level', level],
    ] as const) {
      const known = new Set(source);
      const copies = (made.get(name) ?? []).filter((cell) => known.has(cell)).length;
      // A value hits one of 4000 of about 300,000 by chance with p = 0.0133: 53 of 4000 expected, sd 7.3; 53 + 6 sd.
      expect(copies).toBeLessThan(97);
    }
  });

  it('copy common numbers as they are', async () => {
    const hours = cellsOf((row) => (at(row, 2) < 0.6 ? 37.5 : Math.round(1e4 * at(row, 3)) / 1e3));
    const made = await synthesise({ hours: { cells: hours, type: 'number' } });
    const share = (made.get('hours') ?? []).filter((cell) => cell === 37.5).length / rowCount;
    expect(Math.abs(share - 0.6)).toBeLessThan(0.04); // Hoeffding: 2 exp(-2 4000 0.04^2) = 6e-6.
  });

  it('keep everybody of the tails inside rounded bounds that ten rows have reached', async () => {
    const planted = [999_999, 500_000, 250_001, -77_777];
    const cost = cellsOf((row) => planted[row] ?? Math.round(1000 * at(row, 4)));
    const made = await synthesise({ cost: { cells: cost, type: 'integer' } }, 20_000);
    const values = (made.get('cost') ?? []).map(Number);
    // The tenth smallest and largest, rounded outwards to a step of 20: nothing about the four can be seen.
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThanOrEqual(1000);
    // Nor are they in the model.
    const [column] = (await learn({ cost: { cells: cost, type: 'integer' } })).columns;
    const learned =
      column?.values.kind === 'numbers'
        ? column.values.trees.flatMap(({ leaves }) => [...leaves.values])
        : [];
    expect(learned.length).toBeGreaterThan(500);
    expect(learned.filter((value) => value < 0 || value > 1000)).toEqual([]);
  });

  it('rest every leaf on at least twenty rows', async () => {
    // Twelve rows of one site stand far apart: a leaf of their own would gain most.
    const site = cellsOf((row) => (row < 12 ? 'far' : 'abcde'[row % 5]!));
    const level = cellsOf((row) => (row < 12 ? 1000 : 10 * (row % 5)) + Math.floor(300 * at(row, 50)));
    const other = cellsOf((row) => Math.floor(Number(level[row]) / 10 + 9 * at(row, 51)));
    const model = await learn({
      site: { cells: site, type: 'category' },
      level: { cells: level, type: 'integer' },
      other: { cells: other, type: 'integer' },
    });
    const rows = model.columns.flatMap(({ values }) =>
      values.trees.flatMap(({ leaves: { starts, cumulative } }) =>
        [...starts.subarray(1)].map((end) => cumulative[end - 1]!),
      ),
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(Math.min(...rows)).toBeGreaterThanOrEqual(20);
  });

  it('pool rare categories, and let a handful vanish in the most frequent one', async () => {
    const ward = cellsOf((row) => (row < 9 ? 'nine' : row < 17 ? 'eight' : row < 27 ? 'ten' : 'many'));
    const sex = cellsOf((row) => (row < 3 ? 'unknown' : row % 2 ? 'f' : 'm'));
    const flag = cellsOf((row) => (row < 9 ? 'true' : 'false'));
    const made = await synthesise(
      {
        ward: { cells: ward, type: 'category' },
        sex: { cells: sex, type: 'category' },
        flag: { cells: flag, type: 'boolean' },
      },
      20_000,
    );
    expect(new Set(made.get('ward'))).toEqual(new Set(['(other)', 'ten', 'many']));
    expect(new Set(made.get('sex'))).toEqual(new Set(['f', 'm']));
    expect(new Set(made.get('flag'))).toEqual(new Set(['false']));
  });

  it('do not tell a rare value for sure from what else is known', async () => {
    // All 30 people of one ward have the rare disease, and 120 of 3970 others.
    const ward = cellsOf((row) => (row < 30 ? 'burns' : 'abcde'[row % 5]!));
    const disease = cellsOf((row) => (row < 30 || at(row, 5) < 0.03 ? 'yes' : 'no'));
    const made = await synthesise(
      { ward: { cells: ward, type: 'category' }, disease: { cells: disease, type: 'category' } },
      40_000,
    );
    const burns = (made.get('disease') ?? []).filter((_, row) => made.get('ward')?.[row] === 'burns');
    expect(burns.length).toBeGreaterThan(100);
    expect(burns.filter((cell) => cell === 'yes').length / burns.length).toBeLessThan(0.6);
  });

  it('do not repeat a combination that one row has', async () => {
    // Eight categories of 6: 1.7 million combinations; 20 rows share one that no other row comes near.
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const given = Object.fromEntries(
      names.map((name, draw): [string, Given] => [
        name,
        {
          cells: cellsOf((row) =>
            row === 0 ? 'z' : 'uvwxyz'[Math.floor(5 * at(row, 10 + draw) ** 1.5 + 0.2)]!,
          ),
          type: 'category',
        },
      ]),
    );
    const made = await synthesise(given);
    const keyOf = (cells: ReadonlyMap<string, readonly Cell[]>, row: number): string =>
      names.map((name) => cells.get(name)?.[row]).join('');
    const source = new Map(names.map((name) => [name, given[name]!.cells]));
    const known = new Map<string, number>();
    for (let row = 0; row < rowCount; row += 1)
      known.set(keyOf(source, row), (known.get(keyOf(source, row)) ?? 0) + 1);
    const unique = Array.from({ length: rowCount }, (_, row) => keyOf(made, row)).filter(
      (key) => known.get(key) === 1,
    );
    expect(keyOf(source, 0)).toBe('zzzzzzzz');
    expect(unique).not.toContain('zzzzzzzz');
    // The columns are independent, so a fresh sample of the same law is the yardstick: what it shares by chance.
    const fresh = Array.from({ length: rowCount }, (_, row) =>
      names.map((_, draw) => 'uvwxyz'[Math.floor(5 * at(row + rowCount, 10 + draw) ** 1.5 + 0.2)]!).join(''),
    ).filter((key) => known.get(key) === 1);
    expect(unique.length).toBeLessThan(1.3 * fresh.length + 20);
  });

  it('copy hardly a row of a table like Adult', async () => {
    const age = cellsOf((row) => 17 + Math.floor(60 * at(row, 20)));
    const hours = cellsOf((row) => (at(row, 21) < 0.5 ? 40 : 10 + Math.floor(60 * at(row, 21))));
    const weight = cellsOf((row) => 20_000 + Math.floor(300_000 * at(row, 22)));
    const job = cellsOf((row) => 'abcdefgh'[Math.floor(8 * at(row, 23))]!);
    const rich = cellsOf((row) => (Number(age[row]) / 80 + at(row, 24) > 1.2 ? '>50K' : '<=50K'));
    const source = { age, hours, weight, job, rich };
    const made = await synthesise({
      age: { cells: age, type: 'integer' },
      hours: { cells: hours, type: 'integer' },
      weight: { cells: weight, type: 'integer' },
      job: { cells: job, type: 'category' },
      rich: { cells: rich, type: 'category' },
    });
    const keys = (columns: readonly (readonly Cell[])[]): string[] =>
      cellsOf((row) => columns.map((cells) => cells[row]).join()).map(String);
    const known = new Set(keys(Object.values(source)));
    const copies = keys([...made.values()]).filter((key) => known.has(key)).length;
    expect(copies / rowCount).toBeLessThan(0.0005); // Unguarded CART copies about 1 % of such rows.
  });

  it('keep what is missing together missing together, and conditional gaps where they belong', async () => {
    const trial = cellsOf((row) => (at(row, 30) < 0.7 ? 'in' : 'out'));
    const whenIn = (cell: (row: number) => Cell): Cell[] =>
      cellsOf((row) => (trial[row] === 'in' ? cell(row) : null));
    const few = (cell: Cell, row: number): Cell => (row < 12 ? null : cell);
    const made = await synthesise({
      trial: { cells: trial, type: 'category' },
      copper: { cells: whenIn((row) => Math.round(90 * at(row, 31))), type: 'integer' },
      drug: { cells: whenIn((row) => 'xyz'[row % 3]!), type: 'category' },
      left: { cells: cellsOf((row) => few(at(row, 32), row)), type: 'number' },
      right: { cells: cellsOf((row) => few(at(row, 33), row)), type: 'number' },
    });
    for (let row = 0; row < rowCount; row += 1) {
      const isOut = made.get('trial')?.[row] === 'out';
      expect([made.get('copper')?.[row] === null, made.get('drug')?.[row] === null]).toEqual([isOut, isOut]);
      expect(made.get('left')?.[row] === null).toBe(made.get('right')?.[row] === null);
    }
    expect(made.get('left')?.filter((cell) => cell === null).length).toBeGreaterThan(2); // 12 expected, sd 3.5.
  });

  it('draw by several trees when asked to, and still within the guards', async () => {
    const dose = cellsOf((row) => Math.round(1e5 * at(row, 40)) / 1e5);
    const level = cellsOf((row) => Math.round(10 * Number(dose[row]) + at(row, 41)));
    const given = {
      dose: { cells: dose, type: 'number' as const },
      level: { cells: level, type: 'integer' as const },
    };
    const [one, five] = [await synthesise(given), await synthesise(given, rowCount, { bagging: 5 })];
    expect(five.get('level')).not.toEqual(one.get('level'));
    const gap = five.get('level')!.map((cell, row) => Number(cell) - 10 * Number(five.get('dose')![row]));
    expect(gap.filter((value) => Math.abs(value) > 3).length).toBeLessThan(20);
  });
});
