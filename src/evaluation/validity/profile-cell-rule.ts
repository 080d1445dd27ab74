import { pooledCategory } from '../../core/profile/profile.js';
import type { CategoricalProfile, ColumnProfile, NumericProfile } from '../../core/profile/profile.js';
import type { Column } from '../../core/table/table.js';
import { isMissing } from '../cells.js';
import type { CellRule } from './cell-validity.js';

/** What a signed profile allows in a column. */
export function profileCellRule(profile: ColumnProfile, column: Column): CellRule {
  const isValue = valueRule(profile, column);
  const mayBeMissing = profile.missingCount !== 0; // Null: some are missing, too few to say how many.
  return (row) => (isMissing(column, row) ? mayBeMissing : isValue(row));
}

function valueRule(profile: ColumnProfile, column: Column): CellRule {
  if (profile.kind === 'numeric') return numericRule(profile, column);
  if (profile.kind === 'categorical') return categoricalRule(profile, column);
  return () => false; // A withheld column has no value that could have been generated.
}

function numericRule({ type, edges, decimals }: NumericProfile, column: Column): CellRule {
  const kind = type === 'integer' ? 'number' : type;
  if (column.kind !== kind) return () => false;
  const { values } = column;
  const lower = edges.at(0) ?? NaN;
  const upper = edges.at(-1) ?? NaN;
  const scale = 10 ** decimals;
  return (row) => {
    const value = values[row] ?? NaN;
    // On the decimal grid: the nearest grid value is this very number, not one close to it.
    return value >= lower && value < upper && Math.round(value * scale) / scale === value;
  };
}

function categoricalRule(profile: CategoricalProfile, column: Column): CellRule {
  if (column.kind !== 'category') return () => false;
  const allowed = new Set(profile.categories.map(({ value }) => value));
  if (profile.pooledCount > 0) allowed.add(pooledCategory);
  const isAllowed = column.dictionary.map((value) => allowed.has(value));
  return (row) => isAllowed[column.codes[row] ?? -1] ?? false;
}
