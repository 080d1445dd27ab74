export type MalformedCsvCode =
  | 'BYTE_ORDER_MARK'
  | 'NOT_UTF8'
  | 'NUL_BYTE'
  | 'CONTROL_CHARACTER'
  | 'BARE_CARRIAGE_RETURN'
  | 'MIXED_LINE_ENDS'
  | 'STRAY_QUOTE'
  | 'UNCLOSED_QUOTE'
  | 'RECORD_TOO_LONG'
  | 'RAGGED_ROW'
  | 'NO_HEADER'
  | 'EMPTY_HEADER'
  | 'DUPLICATE_HEADER'
  | 'TOO_MANY_COLUMNS'
  | 'NO_ROWS';

/** Where in the file: both count from 1. */
export interface CsvPlace {
  /** Physical line, ended by a line feed: what a text editor shows. */
  readonly line: number;
  /** Cell within the record, not character. */
  readonly column: number;
}

/** The bytes are no CSV file we accept. The message says where and what to do, and quotes no cell of a data row. */
export class MalformedCsvError extends Error {
  readonly line: number;
  readonly column: number;

  constructor(
    readonly code: MalformedCsvCode,
    place: CsvPlace,
    explanation: string,
  ) {
    super(`Line ${place.line}, column ${place.column}: ${explanation}`);
    this.name = 'MalformedCsvError';
    this.line = place.line;
    this.column = place.column;
  }
}
