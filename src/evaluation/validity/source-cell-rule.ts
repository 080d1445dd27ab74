import { pooledCategory } from '../../core/profile/profile.js';
import { presentValues } from '../../core/statistics/present-values.js';
import type { Column } from '../../core/table/table.js';
import { isMissing, isNumeric } from '../cells.js';
import type { CellRule } from './cell-validity.js';

/** Values within those of the real column, categories that it has or that pool its rare ones; missing if it ever is. */
export function sourceCellRule(real: Column, column: Column): CellRule {
  const isValue = valueRule(real, column);
  const mayBeMissing = real.missing.some((byte) => byte !== 0);
  return (row) => (isMissing(column, row) ? mayBeMissing : isValue(row));
}

function valueRule(real: Column, column: Column): CellRule {
  if (real.kind === 'category' && column.kind === 'category') {
    const allowed = new Set([...real.dictionary, pooledCategory]);
    const isAllowed = column.dictionary.map((value) => allowed.has(value));
    return (row) => isAllowed[column.codes[row] ?? -1] ?? false;
  }
  if (!isNumeric(real) || !isNumeric(column) || real.kind !== column.kind) return () => false;
  let [low, high] = [Infinity, -Infinity];
  for (const value of presentValues(real)) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const { values } = column;
  return (row) => {
    const value = values[row] ?? NaN;
    return value >= low && value <= high;
  };
}
