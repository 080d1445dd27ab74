import type { Table } from '../core/table/table.js';
import type { ColumnFormat } from '../core/table/column-format.js';

/** Writes tables in one file format. Streams: memory is bounded, whatever the length of the table. */
export interface Exporter {
  readonly name: string;
  readonly title: string;
  /** What becomes of text that a spreadsheet would run: an apostrophe before it, or nothing. */
  readonly formulaCells: FormulaCells;
  /** Nothing is read before a stream is. */
  open(blocks: AsyncIterable<Table>, options: ExportOptions): Export;
  /**
   * A DuckDB query for the cells in a data file of this format as they were given: rows in order, columns under their
   * names as DOUBLE, BIGINT, DATE, TIMESTAMP WITH TIME ZONE or VARCHAR, and NULL where a cell is missing.
   */
  cellsSql(path: string, columns: readonly ColumnFormat[]): string;
}

export const formulaCellsKinds = ['escaped', 'raw'] as const;
export type FormulaCells = (typeof formulaCellsKinds)[number];

export interface ExportOptions {
  /** What the table is called, for people. */
  readonly title: string;
  /** The file name without its ending; it says that the table is synthetic. */
  readonly baseName: string;
  /** The columns to write, in output order. */
  readonly columns: readonly ColumnFormat[];
  /** An absolute folder for what is in the making; nothing of it is left when the streams have ended. */
  readonly scratch: string;
}

export interface Export {
  /** The one data file first, then what describes it. */
  readonly files: readonly ExportedFile[];
  /** @throws {Error} before the data file has been read to its end */
  counts(): ExportCounts;
}

interface ExportedFile {
  readonly name: string;
  readonly role: 'data' | 'descriptor';
  readonly mediaType: string;
  /** Can be read once. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface ExportCounts {
  readonly rows: number;
  /** Cells and headings that a spreadsheet would have run as a formula and that were written so that it does not. */
  readonly cellsMadeSafe: number;
}
