import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { Column } from '../../../core/table/table.js';
import { noScore } from '../../score.js';
import type { Score } from '../../score.js';

/**
 * 1 less the share of rows whose key repeats an earlier row or is missing altogether; SDMetrics 0.29 KeyUniqueness.
 * Several columns make a composite key.
 */
export function keyUniqueness(columns: readonly Column[], rowCount: number): Score {
  if (rowCount === 0) return noScore('The synthetic table has no row.');
  const seen = new Set<string>();
  let refused = 0;
  for (let row = 0; row < rowCount; row += 1) {
    const cells = columns.map((column) => keyText(column, row));
    const key = JSON.stringify(cells);
    if (seen.has(key) || cells.every((cell) => cell === null)) refused += 1;
    seen.add(key);
  }
  return { value: 1 - refused / rowCount };
}

/** A cell of a key as text; null when it is missing. */
export function keyText(column: Column, row: number): string | null {
  if (isMissing(column.missing, row)) return null;
  if (column.kind === 'category') return column.dictionary[column.codes[row] ?? 0] ?? null;
  return String(column.values[row]);
}
