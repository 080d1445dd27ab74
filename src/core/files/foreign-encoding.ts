import { MalformedCsvError } from './malformed-csv-error.js';

/**
 * Looks at the first (up to four) bytes of a file.
 * @throws {MalformedCsvError} BYTE_ORDER_MARK for a UTF-8 mark, NOT_UTF8 for UTF-16 with or without one
 */
export function refuseForeignEncoding(head: Uint8Array): void {
  const [first, second, third] = head;
  const start = { line: 1, column: 1 };
  if (first === 0xef && second === 0xbb && third === 0xbf) {
    throw new MalformedCsvError(
      'BYTE_ORDER_MARK',
      start,
      'the file starts with a byte order mark, which would become part of the first column name. ' +
        'Save it as UTF-8 without a byte order mark (in Excel: "CSV", not "CSV UTF-8"; in pandas: utf-8, not utf-8-sig).',
    );
  }
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark, text in the Latin alphabet has one NUL in each pair of bytes.
  const alternating = head.length > 1 && (first === 0) !== (second === 0);
  if (marked || alternating) {
    throw new MalformedCsvError(
      'NOT_UTF8',
      start,
      'the file is UTF-16 text. Save it as UTF-8 without a byte order mark.',
    );
  }
}
