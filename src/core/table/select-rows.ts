import type { ColumnSource } from './column-source.js';
import { createMissingBitmap, isMissing, markMissing } from './missing-bitmap.js';
import type { Column, MissingBitmap } from './table.js';

/** The given rows of a table, by their places in it, in the given order. */
export function selectRows(source: ColumnSource, rows: Int32Array): ColumnSource {
  return {
    rowCount: rows.length,
    columnNames: source.columnNames,
    column: async (name) => selectCells(await source.column(name), rows),
  };
}

/** The cells of the given rows, in the given order; a row may be given more than once. */
export function selectCells(column: Column, rows: Int32Array): Column {
  const missing = selectMissing(column.missing, rows);
  switch (column.kind) {
    case 'category':
      return { ...column, codes: rows.map((row) => column.codes[row] ?? 0), missing };
    case 'date':
      return { ...column, values: rows.map((row) => column.values[row] ?? 0), missing };
    case 'text':
      return { ...column, values: Array.from(rows, (row) => column.values[row] ?? ''), missing };
    case 'number':
    case 'datetime':
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row] ?? NaN), missing };
  }
}

function selectMissing(missing: MissingBitmap, rows: Int32Array): MissingBitmap {
  const selected = createMissingBitmap(rows.length);
  for (const [place, row] of rows.entries()) if (isMissing(missing, row)) markMissing(selected, place);
  return selected;
}
