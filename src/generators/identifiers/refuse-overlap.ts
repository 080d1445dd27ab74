import type { ColumnSource } from '../../core/table/column-source.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { IdentifierError } from './identifier-error.js';
import type { IdentifierColumn } from './new-values.js';
import { spaceOf } from './space-of.js';

/**
 * Makes sure that no value of the source can come out again. It only says yes or no: nothing of the source is kept, so
 * what is made is the same whichever people the source has. Plain words are let through, being anybody's.
 * @throws {IdentifierError} with the number of rows whose value lies where new ones are made from
 */
export async function refuseOverlap(
  columns: readonly IdentifierColumn[],
  source: ColumnSource,
): Promise<void> {
  for (const { name, regenerate } of columns) {
    if (regenerate.plain) continue;
    const space = spaceOf(regenerate);
    const column = await source.column(name);
    let overlapping = 0;
    for (let row = 0; row < source.rowCount; row += 1) {
      const value = textAt(column, row);
      if (value !== null && space.mayHold(value)) overlapping += 1;
    }
    if (overlapping > 0)
      throw new IdentifierError(
        name,
        `${overlapping} of ${source.rowCount} rows of the source have a value that could be made by chance (kind ${regenerate.kind}); declare a pattern that no real value has, such as "SYN-[0-9]{12}"`,
      );
  }
}

function textAt(column: Column, row: number): string | null {
  if (isMissing(column.missing, row)) return null;
  if (column.kind === 'category') return column.dictionary[column.codes[row] ?? -1] ?? null;
  return String(column.values[row] ?? '');
}
