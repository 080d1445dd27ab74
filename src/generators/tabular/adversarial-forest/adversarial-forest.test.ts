import { Random } from '../../../core/random/random.js';
import type { SemanticType, TableSchema } from '../../../core/schema/schema.js';
import { columnOf, sourceOf } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import type { Condition } from '../../generator.js';
import { adversarialForest } from './adversarial-forest.js';
import { leafMass } from './leaf-value.js';
import type { ForestModel } from './model.js';

const rowCount = 2000;
const random = Random.fromSeed('forest');
const at = (row: number, draw: number): number => random.uniformAt(row, draw);
const cellsOf = (make: (row: number) => Cell): Cell[] =>
  Array.from({ length: rowCount }, (_, row) => make(row));

/** Height follows sex and age; stays are 0 for most; a few cells are missing. */
const sex = cellsOf((row) => (at(row, 0) < 0.5 ? 'f' : 'm'));
const age = cellsOf((row) => 20 + Math.floor(60 * at(row, 1)));
const level = cellsOf((row) =>
  row < 5
    ? null
    : Math.round(((sex[row] === 'f' ? 3 : 6) + Number(age[row]) / 10 + at(row, 2)) * 1000) / 1000,
);
const stay = cellsOf((row) => (at(row, 3) < 0.6 ? 0 : Math.round(1e4 * at(row, 4)) / 1e3));
const types: Readonly<Record<string, SemanticType>> = {
  sex: 'category',
  age: 'integer',
  level: 'number',
  stay: 'number',
};
const names = Object.keys(types);
const schema: TableSchema = {
  columns: names.map((name) => ({ name, type: types[name]!, missingMarkers: [''] })),
};
const rows = sourceOf(
  { sex: columnOf(sex), age: columnOf(age), level: columnOf(level), stay: columnOf(stay) },
  rowCount,
);

describe('an adversarial random forest', () => {
  let model: ForestModel;
  beforeAll(async () => {
    model = await adversarialForest.fit({ schema, rows }, { parameters: { trees: 10 }, random });
  });
  const sample = (conditions: Record<string, Condition> = {}, count = 4000): Promise<Map<string, Cell[]>> =>
    collectCells(
      adversarialForest.sample(model, {
        columns: names,
        rows: count,
        random,
        conditions: new Map(Object.entries(conditions)),
      }),
    );
  const meanOf = (cells: readonly Cell[]): number => {
    const present = cells.filter((cell) => cell !== null).map(Number);
    return present.reduce((sum, one) => sum + one, 0) / present.length;
  };

  it('keeps the relations between columns', async () => {
    const made = await sample();
    const levelOf = (wanted: Cell): number =>
      meanOf(made.get('level')!.filter((_, row) => made.get('sex')![row] === wanted));
    // 8.5 and 11.5 + 0.5 in the source; independent columns would have the same.
    expect(levelOf('m') - levelOf('f')).toBeGreaterThan(2.5);
    const old = meanOf(made.get('level')!.filter((_, row) => Number(made.get('age')![row]) >= 60));
    const young = meanOf(made.get('level')!.filter((_, row) => Number(made.get('age')![row]) < 40));
    expect(old - young).toBeGreaterThan(2.5); // 4 in the source.
  });

  it('rests every leaf on at least ten real rows, in each tree all of them', () => {
    const counts = Array.from(model.weights, (weight) => Math.round(weight * rowCount));
    expect(Math.min(...counts)).toBeGreaterThanOrEqual(10);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(10 * rowCount);
  });

  it('meets every condition in every row, ranges, missing cells and any columns', async () => {
    const made = await sample({ level: { low: 9, high: 9.5 }, sex: 'f', stay: { low: 0.001, high: 4 } });
    expect(made.get('level')!.every((cell) => Number(cell) >= 9 && Number(cell) <= 9.5)).toBe(true);
    expect(made.get('stay')!.every((cell) => Number(cell) > 0 && Number(cell) <= 4)).toBe(true);
    expect(new Set(made.get('sex'))).toEqual(new Set(['f']));
    // In the source only men of 65 and older have so much; all ages are 20 to 79.
    const high = await sample({ level: { low: 13.5, high: 14.9 } });
    expect(meanOf(high.get('age')!)).toBeGreaterThan(55);
    expect(high.get('sex')!.filter((cell) => cell === 'm').length).toBeGreaterThan(3200);
    expect((await sample({ stay: 0 }, 50)).get('stay')!.every((cell) => cell === 0)).toBe(true);
    expect((await sample({ level: null }, 50)).get('level')!.every((cell) => cell === null)).toBe(true);
    expect((await sample({ age: 33 }, 50)).get('age')!.every((cell) => cell === 33)).toBe(true);
  });

  it.each([
    ['a category that there is not', { sex: 'x' }],
    ['a number out of reach', { age: 500 }],
    ['a range between two values', { age: { low: 30.2, high: 30.8 } }],
  ] as const)('refuses %s', (_, conditions) => {
    const given = {
      columns: names,
      rows: 5,
      random,
      conditions: new Map<string, Condition>(Object.entries(conditions)),
    };
    const start = (): unknown => adversarialForest.sample(model, given);
    expect(start).toThrow(expect.objectContaining({ name: 'ConditionError' }) as Error);
  });

  it('is a density: the chances of all ages in a leaf add up to 1, and fit what it makes', async () => {
    const column = model.columns.find(({ name }) => name === 'age')!;
    for (const leaf of [0, 7, 21]) {
      const chances = Array.from({ length: 100 }, (_, value) => leafMass(column, leaf, value));
      expect(chances.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
    }
    const chance =
      model.weights.reduce(
        (sum, weight, leaf) => sum + weight * leafMass(column, leaf, { low: 30, high: 49 }),
        0,
      ) / 10;
    const made =
      (await sample()).get('age')!.filter((cell) => Number(cell) >= 30 && Number(cell) <= 49).length / 4000;
    expect(Math.abs(made - chance)).toBeLessThan(0.045); // Hoeffding for 4000: 2 exp(-2 4000 0.045^2) = 2e-7.
  });

  it('copies common numbers, and rare ones by chance alone', async () => {
    const made = (await sample()).get('stay')!;
    expect(Math.abs(made.filter((cell) => cell === 0).length / 4000 - 0.6)).toBeLessThan(0.05);
    const known = new Set(stay.filter((cell) => cell !== 0));
    // 800 of 10,000 values are somebody's: 0.08 of 1600 by chance, 128, sd 11.
    expect(made.filter((cell) => known.has(cell)).length).toBeLessThan(200);
  });

  it('takes no leaf of fewer rows than ten, and nothing from fewer rows than forty', async () => {
    const fit = (parameters: Record<string, unknown>): Promise<ForestModel> =>
      adversarialForest.fit({ schema, rows }, { parameters, random });
    await expect(fit({ minLeaf: 9 })).rejects.toThrow('minLeaf');
    const few = sourceOf({ sex: columnOf(sex.slice(0, 39)) }, 39);
    const asked = adversarialForest.fit(
      { schema: { columns: [schema.columns[0]!] }, rows: few },
      { parameters: {}, random },
    );
    await expect(asked).rejects.toThrow('fewer than 40');
  });
});
