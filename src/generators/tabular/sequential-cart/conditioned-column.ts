import { createMissingBitmap, markMissing } from '../../../core/table/missing-bitmap.js';
import type { Condition, KnownCell } from '../../generator.js';
import type { RowRange } from '../column-sampler.js';
import { missingBin, numberBin } from './column-bins.js';
import { ConditionError } from '../condition-error.js';
import { numericColumn } from './draw-column.js';
import type { DrawnColumn } from './draw-column.js';
import type { ColumnModel, SequentialCartModel } from './model.js';

/** Makes a column that holds the known cell in every row. */
type ConstantColumn = (range: RowRange) => DrawnColumn;

/**
 * Exact for the columns that are made first: what comes later is drawn given them. For any other column the model
 * knows no such law, and drawing until a row fits could take for ever, so it is refused.
 * @throws {ConditionError}
 */
export function conditionedColumns(
  { columns }: SequentialCartModel,
  conditions: ReadonlyMap<string, Condition>,
): readonly ConstantColumn[] {
  for (const [name, cell] of conditions)
    if (typeof cell === 'object' && cell !== null)
      throw new ConditionError(name, 'trees take a known cell and no range of numbers');
  const first = columns.slice(0, conditions.size);
  for (const name of conditions.keys()) {
    if (first.some((column) => column.name === name)) continue;
    throw new ConditionError(name, `fit the model anew with this column among the first of "order"`);
  }
  return first.map((column) => {
    const cell = conditions.get(column.name) ?? null;
    return constantColumn(column, typeof cell === 'object' ? null : cell);
  });
}

function constantColumn(model: ColumnModel, cell: KnownCell): ConstantColumn {
  const { name, type, values, bins } = model;
  if (values.kind === 'numbers') {
    const isInside = typeof cell === 'number' && cell >= values.bounds.low && cell <= values.bounds.high;
    if (cell !== null && !isInside) {
      const { low, high } = values.bounds;
      throw new ConditionError(name, `${JSON.stringify(cell)} is not a value from ${low} to ${high}`);
    }
    const bin = cell === null || bins.kind !== 'numbers' ? missingBin : numberBin(bins.cuts, cell);
    return ({ count }) => ({
      column: numericColumn(type, new Float64Array(count).fill(cell ?? 0), bitmap(count, cell === null)),
      bins: new Uint8Array(count).fill(bin),
    });
  }
  const { dictionary } = values;
  const code = dictionary.indexOf(String(cell));
  if (cell !== null && code < 0)
    throw new ConditionError(name, `${JSON.stringify(cell)} is not one of the categories it learned`);
  const bin = cell === null || bins.kind !== 'categories' ? missingBin : (bins.binOfCode[code] ?? missingBin);
  return ({ count }) => ({
    column: {
      kind: 'category',
      codes: new Int32Array(count).fill(Math.max(0, code)),
      dictionary,
      missing: bitmap(count, cell === null),
    },
    bins: new Uint8Array(count).fill(bin),
  });
}

function bitmap(count: number, isAllMissing: boolean): Uint8Array {
  const missing = createMissingBitmap(count);
  if (isAllMissing) for (let row = 0; row < count; row += 1) markMissing(missing, row);
  return missing;
}
