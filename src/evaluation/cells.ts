import type { CategoricalProfile, ColumnProfile, NumericProfile } from '../core/profile/profile.js';
import type { Column } from '../core/table/table.js';
import { NotComputableError } from './not-computable-error.js';

export function isMissing(column: Column, row: number): boolean {
  return (((column.missing[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

type NumericColumn = Extract<Column, { kind: 'number' | 'date' | 'datetime' }>;
type CategoryColumn = Extract<Column, { kind: 'category' }>;

/**
 * A column that the profile calls numeric; dates in days, date-times in ms since the epoch.
 * @throws {NotComputableError} when the column is stored as something else
 */
export function numericColumn(column: Column, profile: NumericProfile): NumericColumn {
  if (isNumeric(column) && column.kind === numericKinds[profile.type]) return column;
  throw wrongKind(column, profile);
}

export function isNumeric(column: Column): column is NumericColumn {
  return column.kind !== 'category' && column.kind !== 'text';
}

const numericKinds = { number: 'number', integer: 'number', date: 'date', datetime: 'datetime' } as const;

/** @throws {NotComputableError} when the column does not hold categories */
export function categoryColumn(column: Column, profile: CategoricalProfile): CategoryColumn {
  if (column.kind === 'category') return column;
  throw wrongKind(column, profile);
}

function wrongKind(column: Column, profile: ColumnProfile): NotComputableError {
  return new NotComputableError(
    `Column "${profile.name}" is stored as ${column.kind} but the profile calls it ${profile.type}.`,
  );
}
