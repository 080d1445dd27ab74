import { isMissing } from '../src/core/table/missing-bitmap.js';
import type { Column } from '../src/core/table/table.js';
import { sourceOf } from '../src/evaluation/testing/columns.js';

export type Columns = Readonly<Record<string, Column>>;

/** Null is missing. */
export const cellAt = (column: Column, row: number): string | number | null => {
  if (isMissing(column.missing, row)) return null;
  return column.kind === 'category'
    ? (column.dictionary[column.codes[row] ?? 0] ?? null)
    : (column.values[row] ?? null);
};

export const rowsIn = (columns: Columns): number => sourceOf(columns).rowCount;

/** The rows whose numbers lie the most standard deviations from the middle, together. */
export function unusualPeople(columns: Columns, count: number): number[] {
  const unusual = new Float64Array(rowsIn(columns));
  for (const column of Object.values(columns)) {
    if (column.kind !== 'number') continue;
    const present = column.values.filter((value) => !Number.isNaN(value));
    const middle = present.reduce((sum, value) => sum + value, 0) / present.length;
    const spread = Math.sqrt(present.reduce((sum, value) => sum + (value - middle) ** 2, 0) / present.length);
    column.values.forEach((value, row) => {
      if (!Number.isNaN(value)) unusual[row] = (unusual[row] ?? 0) + ((value - middle) / spread) ** 2;
    });
  }
  return [...unusual.keys()].sort((a, b) => (unusual[b] ?? 0) - (unusual[a] ?? 0)).slice(0, count);
}
