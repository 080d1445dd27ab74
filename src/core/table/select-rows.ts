import { createMissingBitmap, isMissing, markMissing } from './missing-bitmap.js';
import type { Column } from './table.js';

/** The cells of the given rows, in the given order; a row may be given more than once. */
export function selectRows(column: Column, rows: Int32Array): Column {
  const missing = createMissingBitmap(rows.length);
  rows.forEach((row, place) => {
    if (isMissing(column.missing, row)) markMissing(missing, place);
  });
  switch (column.kind) {
    case 'category':
      return { ...column, codes: rows.map((row) => column.codes[row] ?? 0), missing };
    case 'text':
      return { kind: 'text', values: Array.from(rows, (row) => column.values[row] ?? ''), missing };
    case 'date':
      return { kind: 'date', values: rows.map((row) => column.values[row] ?? 0), missing };
    default:
      return {
        kind: column.kind,
        values: Float64Array.from(rows, (row) => column.values[row] ?? NaN),
        missing,
      };
  }
}
