import type { Noise } from '../../../core/privacy/noise.js';
import type { ColumnSource } from '../../../core/table/column-source.js';
import { isMissing } from '../../../core/table/missing-bitmap.js';
import type { Column } from '../../../core/table/table.js';
import type { PrivateParameters } from './private-parameters.js';

/**
 * The rows that count, ascending: at most `rowsPerSubject` of each subject, any of them as likely. Rows without a
 * subject count as those of one. The choice is not made by the seed: with known choices the row of one subject would
 * decide which rows of others are kept.
 */
export async function keptRows(
  rows: ColumnSource,
  { subject, rowsPerSubject }: PrivateParameters,
  noise: Noise,
): Promise<Int32Array> {
  if (subject === null) return Int32Array.from({ length: rows.rowCount }, (_, row) => row);
  const column = await rows.column(subject);
  const kept = new Map<string | number | null, { seen: number; rows: number[] }>();
  for (let row = 0; row < rows.rowCount; row += 1) {
    const key = subjectOf(column, row);
    const own = kept.get(key) ?? { seen: 0, rows: [] };
    kept.set(key, own);
    const place = own.rows.length < rowsPerSubject ? own.rows.length : noise.below(own.seen + 1);
    own.seen += 1;
    if (place < rowsPerSubject) own.rows[place] = row;
  }
  return Int32Array.from([...kept.values()].flatMap((own) => own.rows)).sort();
}

function subjectOf(column: Column, row: number): string | number | null {
  if (isMissing(column.missing, row)) return null;
  return (column.kind === 'category' ? column.codes[row] : column.values[row]) ?? null;
}
