import { readCsvHeader } from './csv-header.js';
import { CsvScanner } from './csv-scanner.js';
import type { ScannedRecord } from './csv-scanner.js';
import { refuseForeignEncoding } from './foreign-encoding.js';
import { MalformedCsvError } from './malformed-csv-error.js';

export interface CsvLimits {
  /** Longest record (header included) in bytes, line end included. */
  readonly recordBytesMax: number;
  readonly columnsMax: number;
}

export interface CsvSummary {
  readonly columnNames: string[];
  /** Data records, the header not counted. */
  readonly rows: number;
  readonly bytes: number;
}

/** Enough bytes to tell UTF-8 from UTF-16. */
const headBytes = 4;

/**
 * Checks, in bounded memory, that an upload is strict RFC 4180 CSV in UTF-8 with a usable header: comma, double quote,
 * LF or CRLF, every record as wide as the header. Blank lines may stand at the end of the file; with a single column
 * a blank line is a record with an empty cell. How the bytes are cut into chunks changes nothing.
 */
export class CsvValidator {
  readonly #limits: CsvLimits;
  readonly #scanner: CsvScanner;
  /** The first bytes wait for one another, because together they tell the encoding; null once they are through. */
  #head: Uint8Array | null = new Uint8Array(0);
  #chunk: Uint8Array = new Uint8Array(0);
  #bytes = 0;
  #rows = 0;
  #columnNames: string[] | null = null;
  /** Copies of the header's bytes from earlier chunks; `recordBytesMax` bounds them. */
  #headerParts: Uint8Array[] = [];
  #blankLine: number | null = null;
  #headerLineEnd: ScannedRecord['lineEnd'] = 'none';

  constructor(limits: CsvLimits) {
    this.#limits = limits;
    this.#scanner = new CsvScanner({
      recordBytesMax: limits.recordBytesMax,
      onCell: (cell) => {
        if (this.#columnNames === null) this.#checkColumnCount(cell);
      },
      onRecord: (record) => {
        if (this.#columnNames === null) this.#takeHeader(record);
        else this.#takeRow(record, this.#columnNames.length);
      },
    });
  }

  /** @throws {MalformedCsvError} at the first byte that breaks a rule; the validator is then of no further use. */
  push(chunk: Uint8Array): void {
    if (this.#head === null) {
      this.#scan(chunk);
      return;
    }
    const head = Buffer.concat([this.#head, chunk.subarray(0, headBytes - this.#head.length)]);
    const rest = chunk.subarray(head.length - this.#head.length);
    this.#head = head;
    if (head.length < headBytes) return;
    this.#releaseHead(head);
    this.#scan(rest);
  }

  /** @throws {MalformedCsvError} when the file stops in the middle of something, or holds no row. */
  end(): CsvSummary {
    if (this.#head !== null) this.#releaseHead(this.#head);
    this.#chunk = new Uint8Array(0);
    this.#scanner.end();
    if (this.#columnNames === null) {
      throw new MalformedCsvError(
        'NO_HEADER',
        { line: 1, column: 1 },
        'the file is empty. The first line must hold the column names.',
      );
    }
    if (this.#rows === 0) {
      throw new MalformedCsvError(
        'NO_ROWS',
        { line: 2, column: 1 },
        'the file has a header and no rows. Add at least one row under the header.',
      );
    }
    return { columnNames: this.#columnNames, rows: this.#rows, bytes: this.#bytes };
  }

  #releaseHead(head: Uint8Array): void {
    this.#head = null;
    refuseForeignEncoding(head);
    this.#scan(head);
  }

  #scan(chunk: Uint8Array): void {
    this.#chunk = chunk;
    this.#scanner.push(chunk);
    this.#bytes += chunk.length;
    // Only now is the length known to be within the limit, so only now may the bytes be kept.
    if (this.#columnNames === null) this.#headerParts.push(chunk.slice());
  }

  #checkColumnCount(cells: number): void {
    if (cells <= this.#limits.columnsMax) return;
    throw new MalformedCsvError(
      'TOO_MANY_COLUMNS',
      { line: this.#scanner.recordLine, column: cells },
      `the header has more than ${this.#limits.columnsMax} columns. Leave out the columns that are not needed.`,
    );
  }

  #takeHeader(record: ScannedRecord): void {
    const inChunk = this.#chunk.subarray(0, Math.max(0, record.end - this.#bytes));
    const bytes = Buffer.concat([...this.#headerParts, inChunk]);
    this.#columnNames = readCsvHeader(bytes.toString('utf8').replace(/\r?\n$/, ''));
    this.#headerParts = [];
    this.#headerLineEnd = record.lineEnd;
  }

  /** With one column a blank line is a cell, and DuckDB miscounts blank lines where both line ends occur. */
  #checkLineEnd({ line, lineEnd }: ScannedRecord): void {
    if (lineEnd === 'none' || lineEnd === this.#headerLineEnd) return;
    throw new MalformedCsvError(
      'MIXED_LINE_ENDS',
      { line, column: 1 },
      `this line ends with ${lineEnd}, the header with ${this.#headerLineEnd}. Use one kind of line end throughout.`,
    );
  }

  #takeRow(record: ScannedRecord, columns: number): void {
    if (columns === 1) this.#checkLineEnd(record);
    if (record.blank && columns > 1) {
      this.#blankLine ??= record.line;
      return;
    }
    if (this.#blankLine !== null) {
      throw new MalformedCsvError(
        'RAGGED_ROW',
        { line: this.#blankLine, column: 1 },
        'the line is empty, and more rows follow. Remove it, or fill in its cells.',
      );
    }
    if (record.cells !== columns) {
      throw new MalformedCsvError(
        'RAGGED_ROW',
        { line: record.line, column: Math.min(record.cells, columns) + 1 },
        `the row has ${plural(record.cells)}, the header has ${plural(columns)}. ` +
          'Add what is missing, or put a cell that holds a comma in quotes.',
      );
    }
    this.#rows += 1;
  }
}

function plural(cells: number): string {
  return cells === 1 ? '1 cell' : `${cells} cells`;
}
