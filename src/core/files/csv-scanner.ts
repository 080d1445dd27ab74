import { MalformedCsvError } from './malformed-csv-error.js';
import { acceptContinuation, expectAfterLead } from './utf8-sequence.js';

const comma = 0x2c;
const quote = 0x22;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const tab = 0x09;
const del = 0x7f;

/** 1 where a byte cannot be passed over: separators, quotes, line ends, controls, anything beyond ASCII. */
const needsCare = Uint8Array.from({ length: 256 }, (_, byte) => {
  const plain = byte === tab || (byte >= 0x20 && byte < del && byte !== comma && byte !== quote);
  return plain ? 0 : 1;
});

const cellStart = 0;
const unquoted = 1;
const quoted = 2;
const afterQuote = 3;
const afterReturn = 4;

/** A record that has just ended. */
export interface ScannedRecord {
  /** Physical line it starts on, from 1. */
  readonly line: number;
  readonly cells: number;
  /** Nothing but a line end. */
  readonly blank: boolean;
  readonly lineEnd: 'LF' | 'CRLF' | 'none';
  /** File offsets of its first byte and of the byte after its line end. */
  readonly start: number;
  readonly end: number;
}

export interface CsvScannerOptions {
  /** Longest record in bytes, line end included. */
  readonly recordBytesMax: number;
  readonly onCell: (cell: number) => void;
  readonly onRecord: (record: ScannedRecord) => void;
}

/**
 * Cuts RFC 4180 bytes into records and refuses what is not: encoding, control characters, quotes, line ends, length.
 * Holds a few numbers and no byte. Every check is made at a byte, never at a chunk border, so chunking changes nothing.
 */
export class CsvScanner {
  readonly #options: CsvScannerOptions;
  readonly #utf8 = { remaining: 0, lowest: 0, highest: 0 };
  #state = cellStart;
  #offset = 0;
  #line = 1;
  #cell = 1;
  #cellLine = 1;
  #recordLine = 1;
  #recordStart = 0;
  #blank = false;

  constructor(options: CsvScannerOptions) {
    this.#options = options;
  }

  get recordStart(): number {
    return this.#recordStart;
  }

  /** Physical line of the record that comes next or is under way. */
  get recordLine(): number {
    return this.#recordLine;
  }

  /** @throws {MalformedCsvError} */
  push(chunk: Uint8Array): void {
    const length = chunk.length;
    let index = 0;
    while (index < length) {
      this.#take(chunk[index] ?? 0, this.#offset + index);
      index += 1;
      if (this.#state !== unquoted && this.#state !== quoted) continue;
      if (this.#utf8.remaining > 0) continue;
      while (index < length && needsCare[chunk[index] ?? 0] === 0) index += 1;
    }
    this.#offset += length;
    if (this.#offset - this.#recordStart > this.#options.recordBytesMax) this.#refuseLength();
  }

  /** @throws {MalformedCsvError} when the file stops inside a character, a quoted cell or a line end. */
  end(): void {
    if (this.#utf8.remaining > 0) this.#refuseEncoding();
    if (this.#state === quoted) {
      throw new MalformedCsvError(
        'UNCLOSED_QUOTE',
        { line: this.#cellLine, column: this.#cell },
        'a quote opens this cell and is never closed. Close it, or write a quote that belongs to the text twice ("").',
      );
    }
    if (this.#state === afterReturn) this.#refuseBareReturn();
    if (this.#offset > this.#recordStart) this.#endRecord(this.#offset, 'none');
  }

  #take(byte: number, position: number): void {
    if (position >= this.#recordStart + this.#options.recordBytesMax) this.#refuseLength();
    if (this.#utf8.remaining > 0) {
      if (!acceptContinuation(byte, this.#utf8)) this.#refuseEncoding();
      return;
    }
    if (byte >= 0x80 && !expectAfterLead(byte, this.#utf8)) this.#refuseEncoding();
    if (needsCare[byte] === 1 && (byte < 0x20 || byte === del)) this.#checkControl(byte);
    switch (this.#state) {
      case cellStart:
        if (byte === quote) this.#state = quoted;
        else if (!this.#takeSeparator(byte, position)) this.#state = unquoted;
        return;
      case unquoted:
        if (byte === quote) this.#refuseInnerQuote();
        this.#takeSeparator(byte, position);
        return;
      case quoted:
        if (byte === quote) this.#state = afterQuote;
        else if (byte === lineFeed) this.#line += 1;
        return;
      case afterQuote:
        if (byte === quote) this.#state = quoted;
        else if (!this.#takeSeparator(byte, position)) this.#refuseTextAfterQuote();
        return;
      default:
        if (byte !== lineFeed) this.#refuseBareReturn();
        this.#takeSeparator(byte, position);
    }
  }

  /** Acts on a comma or a line end; false for any other byte. */
  #takeSeparator(byte: number, position: number): boolean {
    if (byte === comma) {
      this.#cell += 1;
      this.#cellLine = this.#line;
      this.#state = cellStart;
      this.#options.onCell(this.#cell);
      return true;
    }
    if (byte !== lineFeed && byte !== carriageReturn) return false;
    if (position === this.#recordStart) this.#blank = true;
    if (byte === carriageReturn) {
      this.#state = afterReturn;
      return true;
    }
    this.#line += 1;
    this.#endRecord(position + 1, this.#state === afterReturn ? 'CRLF' : 'LF');
    return true;
  }

  #endRecord(end: number, lineEnd: ScannedRecord['lineEnd']): void {
    const record = {
      line: this.#recordLine,
      cells: this.#cell,
      blank: this.#blank,
      lineEnd,
      start: this.#recordStart,
      end,
    };
    this.#recordStart = end;
    this.#recordLine = this.#line;
    this.#cellLine = this.#line;
    this.#cell = 1;
    this.#blank = false;
    this.#state = cellStart;
    this.#options.onRecord(record);
  }

  #checkControl(byte: number): void {
    if (byte === lineFeed || byte === carriageReturn) return;
    const place = { line: this.#line, column: this.#cell };
    if (byte === 0) {
      throw new MalformedCsvError(
        'NUL_BYTE',
        place,
        'there is a NUL byte, so this is no plain text (or it is UTF-16). Export the table again as CSV in UTF-8.',
      );
    }
    throw new MalformedCsvError(
      'CONTROL_CHARACTER',
      place,
      'there is a control character that no table needs. Remove it, or export the table again.',
    );
  }

  #refuseEncoding(): never {
    throw new MalformedCsvError(
      'NOT_UTF8',
      { line: this.#line, column: this.#cell },
      'the bytes of this cell are not UTF-8 (perhaps Latin-1 or Windows-1252). Save the file as UTF-8.',
    );
  }

  #refuseInnerQuote(): never {
    throw new MalformedCsvError(
      'STRAY_QUOTE',
      { line: this.#line, column: this.#cell },
      'a quote stands inside a cell that does not start with one. Put the whole cell in quotes and write the inner quote twice.',
    );
  }

  #refuseTextAfterQuote(): never {
    const elsewhere =
      this.#line === this.#cellLine ? '' : ` The closing quote was found on line ${this.#line}.`;
    throw new MalformedCsvError(
      'STRAY_QUOTE',
      { line: this.#cellLine, column: this.#cell },
      `this cell goes on after its closing quote.${elsewhere} Write a quote that belongs to the text twice ("").`,
    );
  }

  #refuseBareReturn(): never {
    throw new MalformedCsvError(
      'BARE_CARRIAGE_RETURN',
      { line: this.#line, column: this.#cell },
      'a carriage return stands without a line feed. End lines with LF or CRLF, and put a cell that holds a line break in quotes.',
    );
  }

  #refuseLength(): never {
    const open = this.#state === quoted;
    const hint = open
      ? 'A quote opens this cell; perhaps it is never closed.'
      : 'Check the line ends and the quotes.';
    throw new MalformedCsvError(
      'RECORD_TOO_LONG',
      { line: open ? this.#cellLine : this.#recordLine, column: this.#cell },
      `the record is longer than ${this.#options.recordBytesMax} bytes. ${hint}`,
    );
  }
}
