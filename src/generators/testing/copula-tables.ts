import { Random } from '../../core/random/random.js';
import type { TableSchema } from '../../core/schema/schema.js';
import type { Condition } from '../generator.js';
import { columnOf, sourceOf } from './a-source.js';
import { collectCells } from './cells.js';
import type { Cell } from './cells.js';
import { gaussianCopula } from '../tabular/gaussian-copula/gaussian-copula.js';
import type { GaussianCopulaModel } from '../tabular/gaussian-copula/model.js';

export const random = Random.fromSeed('42');
export const rowCount = 4000;
export const at = (row: number, draw: number): number => random.uniformAt(row, draw);
export const cellsOf = (make: (row: number) => Cell): Cell[] =>
  Array.from({ length: rowCount }, (_, row) => make(row));
type Given = Readonly<Record<string, readonly Cell[]>>;

export async function learn(
  given: Given,
  parameters: Record<string, unknown> = {},
): Promise<GaussianCopulaModel> {
  const schema: TableSchema = {
    columns: Object.entries(given).map(([name, cells]) => ({
      name,
      type: cells.some((cell) => typeof cell === 'string') ? 'category' : 'number',
      missingMarkers: [''],
    })),
  };
  const columns = Object.fromEntries(Object.entries(given).map(([name, cells]) => [name, columnOf(cells)]));
  return gaussianCopula.fit(
    { schema, rows: sourceOf(columns, Object.values(given)[0]?.length ?? 0) },
    { parameters, random },
  );
}

export function sample(
  model: GaussianCopulaModel,
  rows = rowCount,
  conditions: readonly (readonly [string, Condition])[] = [],
): Promise<Map<string, Cell[]>> {
  const columns = model.columns.map(({ name }) => name);
  return collectCells(
    gaussianCopula.sample(model, { columns, rows, random, conditions: new Map(conditions) }),
  );
}

export const mean = (cells: readonly Cell[]): number =>
  cells.reduce<number>((sum, cell) => sum + Number(cell), 0) / cells.length;
export function correlation(left: readonly Cell[], right: readonly Cell[]): number {
  const [mx, my] = [mean(left), mean(right)];
  const sum = (f: (x: number, y: number) => number): number =>
    left.reduce<number>((total, x, row) => total + f(Number(x) - mx, Number(right[row]) - my), 0);
  return sum((x, y) => x * y) / Math.sqrt(sum((x) => x * x) * sum((_, y) => y * y));
}
