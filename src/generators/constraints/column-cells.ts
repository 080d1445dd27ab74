import { createMissingBitmap, isMissing, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';

/** A category, a number, days or milliseconds since 1970; null for missing. */
export type ColumnCell = string | number | null;

export function cellAt(column: Column, row: number): ColumnCell {
  if (isMissing(column.missing, row)) return null;
  if (column.kind === 'category') return column.dictionary[column.codes[row] ?? -1] ?? null;
  return column.values[row] ?? null;
}

/** NaN where missing or a text. */
export function numberAt(column: Column, row: number): number {
  const cell = cellAt(column, row);
  return typeof cell === 'number' ? cell : NaN;
}

/** A column of numbers in which NaN is missing. */
export function numberColumn(kind: 'number' | 'date' | 'datetime', values: Float64Array): Column {
  const missing = createMissingBitmap(values.length);
  values.forEach((value, row) => {
    if (Number.isNaN(value)) markMissing(missing, row);
  });
  const known = values.map((value) => (Number.isNaN(value) ? 0 : value));
  if (kind === 'date') return { kind, values: Int32Array.from(known), missing };
  return { kind, values: known, missing };
}

/** A column of the given categories, of which null is missing. */
export function categoryColumn(cells: readonly (string | null)[], dictionary: readonly string[]): Column {
  const missing = createMissingBitmap(cells.length);
  const place = new Map(dictionary.map((category, code) => [category, code]));
  const codes = Int32Array.from(cells, (cell, row) => {
    if (cell === null) markMissing(missing, row);
    return place.get(cell ?? '') ?? 0;
  });
  return { kind: 'category', codes, dictionary, missing };
}
