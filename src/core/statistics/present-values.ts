import type { Column, MissingBitmap } from '../table/table.js';
import type { CategoryCounts } from './tv-complement.js';

type NumericColumn = Extract<Column, { kind: 'number' | 'date' | 'datetime' }>;
type CategoryColumn = Extract<Column, { kind: 'category' }>;

/** The non-missing values of a column, in row order: numbers, days or milliseconds. */
export function presentValues(column: NumericColumn): Float64Array {
  const { values, missing } = column;
  const present = new Float64Array(values.length);
  let count = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (isMissing(missing, row)) continue;
    present[count] = values[row] ?? NaN;
    count += 1;
  }
  return present.subarray(0, count);
}

/** How many non-missing records each category has. */
export function categoryCounts(column: CategoryColumn): CategoryCounts {
  const { codes, dictionary, missing } = column;
  const byCode = new Float64Array(dictionary.length);
  for (let row = 0; row < codes.length; row += 1) {
    const code = codes[row] ?? 0;
    if (!isMissing(missing, row)) byCode[code] = (byCode[code] ?? 0) + 1;
  }
  const counts = new Map<string, number>();
  dictionary.forEach((category, code) => {
    const count = byCode[code] ?? 0;
    if (count > 0) counts.set(category, count);
  });
  return counts;
}

function isMissing(missing: MissingBitmap, row: number): boolean {
  return (((missing[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}
