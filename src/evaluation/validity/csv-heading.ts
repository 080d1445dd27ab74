import { splitCsvRecord } from '../../core/files/split-csv-record.js';

/** The cells of the heading line at the start of a CSV file; null when it does not end within these bytes. */
export function csvHeading(headBytes: Uint8Array): string[] | null {
  const text = new TextDecoder().decode(headBytes);
  let quoted = false;
  for (let index = 0; index < text.length; index++) {
    if (text[index] === '"') quoted = !quoted;
    else if (text[index] === '\n' && !quoted) return splitCsvRecord(text.slice(0, index).replace(/\r$/, ''));
  }
  return null;
}
