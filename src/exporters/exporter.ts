import type { Table } from '../core/table/table.js';
import type { ColumnFormat } from '../core/table/column-format.js';

/** Writes tables in one file format. Streams: memory is one block of rows, whatever the length of the table. */
export interface Exporter {
  readonly name: string;
  readonly title: string;
  /** `baseName` is the file name without its ending. Nothing is read before a stream is. */
  open(blocks: AsyncIterable<Table>, options: ExportOptions): Export;
}

interface ExportOptions {
  readonly baseName: string;
  /** The columns to write, in output order. */
  readonly columns: readonly ColumnFormat[];
}

export interface Export {
  readonly files: readonly ExportedFile[];
  /** @throws {Error} before every file has been read to its end */
  counts(): ExportCounts;
}

interface ExportedFile {
  readonly name: string;
  readonly mediaType: string;
  /** Can be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface ExportCounts {
  readonly rows: number;
  /** Cells and headings that a spreadsheet would have run as a formula and that were written so that it does not. */
  readonly cellsMadeSafe: number;
}
