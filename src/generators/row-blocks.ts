import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Column, Table } from '../core/table/table.js';
import type { RowRange } from './tabular/column-sampler.js';

export const blockRows = 4096;

/** @throws {RangeError} unless it is a whole number, 0 or more */
export function requireRowCount(rows: number): void {
  if (!Number.isSafeInteger(rows) || rows < 0) throw new RangeError(`${rows} is not a number of rows.`);
}

/** Tables of at most `rowsPerBlock` rows; timers, cancellation and other jobs get their turn between them. */
export async function* rowBlocks(
  rows: number,
  rowsPerBlock: number,
  makeColumns: (range: RowRange) => ReadonlyMap<string, Column>,
): AsyncGenerator<Table> {
  for (let start = 0; start < rows; start += rowsPerBlock) {
    const count = Math.min(rowsPerBlock, rows - start);
    yield { rowCount: count, columns: makeColumns({ start, count }) };
    await nextTurn();
  }
}
