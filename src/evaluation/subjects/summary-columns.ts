import { createMissingBitmap, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';

/** @param values NaN is missing */
export function numberColumn(values: Float64Array, kind: 'number' | 'date' | 'datetime' = 'number'): Column {
  const missing = createMissingBitmap(values.length);
  const known = values.map((value, row) => {
    if (Number.isNaN(value)) markMissing(missing, row);
    return Number.isNaN(value) ? 0 : value;
  });
  return kind === 'date'
    ? { kind, values: Int32Array.from(known), missing }
    : { kind, values: known, missing };
}

/** @param codes -1 is missing */
export function categoryColumn(codes: Int32Array, dictionary: readonly string[]): Column {
  const missing = createMissingBitmap(codes.length);
  const known = codes.map((code, row) => {
    if (code < 0) markMissing(missing, row);
    return Math.max(0, code);
  });
  return { kind: 'category', codes: known, dictionary, missing };
}
