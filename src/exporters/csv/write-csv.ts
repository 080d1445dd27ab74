import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { Table } from '../../core/table/table.js';
import type { ExportCounts } from '../exporter.js';
import { cellWriter, textCell } from './cell-writer.js';
import type { SafetyCount } from './cell-writer.js';
import type { ColumnFormat } from '../../core/table/column-format.js';

/** Characters gathered before a chunk is handed on. */
const chunkLength = 65_536;

/**
 * RFC 4180 with a heading line, UTF-8, LF line ends and no byte-order mark. Missing cells are empty, numbers have
 * fixed decimals, dates are ISO 8601, and text that a spreadsheet would run is made safe (see `escapeCell`).
 * Chunks are about 64 kB, at most one line longer. The generator returns the counts.
 * @throws {UnknownColumnError} when a block lacks a column
 * @throws {RangeError} when a number or date has no text form
 */
export async function* writeCsv(
  blocks: AsyncIterable<Table>,
  columns: readonly ColumnFormat[],
): AsyncGenerator<Uint8Array, ExportCounts> {
  const safety: SafetyCount = { cellsMadeSafe: 0 };
  const encoder = new TextEncoder();
  let pending = lineOf(columns.map(({ name }) => textCell(name, safety)));
  let rows = 0;
  for await (const block of blocks) {
    const writeLine = lineWriter(block, columns, safety);
    for (let row = 0; row < block.rowCount; row++) {
      pending += writeLine(row);
      if (pending.length < chunkLength) continue;
      yield encoder.encode(pending);
      pending = '';
    }
    rows += block.rowCount;
  }
  if (pending !== '') yield encoder.encode(pending);
  return { rows, cellsMadeSafe: safety.cellsMadeSafe };
}

function lineWriter(
  block: Table,
  columns: readonly ColumnFormat[],
  safety: SafetyCount,
): (row: number) => string {
  const writers = columns.map((format) => {
    const column = block.columns.get(format.name);
    if (!column) throw new UnknownColumnError(format.name, [...block.columns.keys()]);
    return cellWriter(column, format, safety);
  });
  return (row) => lineOf(writers.map((write) => write(row)));
}

function lineOf(cells: readonly string[]): string {
  // An empty line is no row to most readers, so the missing cell of a one-column table is written as "".
  return cells.length === 1 && cells[0] === '' ? '""\n' : `${cells.join(',')}\n`;
}
