import { splitCsvRecord } from './split-csv-record.js';

/**
 * The records of a small, well-formed CSV text under the names of its header; cells may hold line breaks.
 * @throws {Error} naming the record (from 1, the header not counted) that has not as many cells as the header
 */
export function readCsvRecords(text: string): Readonly<Record<string, string>>[] {
  const [header, ...rows] = recordsOf(text).map(splitCsvRecord);
  if (header === undefined) return [];
  return rows.map((cells, row) => {
    if (cells.length !== header.length)
      throw new Error(`Record ${row + 1} has ${cells.length} cells, the header ${header.length}.`);
    return Object.fromEntries(header.map((name, column) => [name, cells[column] ?? '']));
  });
}

/** Cut at line ends outside of quotes; blank lines are none. */
function recordsOf(text: string): string[] {
  const records: string[] = [];
  let start = 0;
  let isQuoted = false;
  for (let index = 0; index <= text.length; index += 1) {
    const char = text[index];
    if (char === '"') isQuoted = !isQuoted;
    if (char !== undefined && (char !== '\n' || isQuoted)) continue;
    const record = text.slice(start, index).replace(/\r$/, '');
    if (record !== '') records.push(record);
    start = index + 1;
  }
  return records;
}
