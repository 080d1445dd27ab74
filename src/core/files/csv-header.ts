import { MalformedCsvError } from './malformed-csv-error.js';
import { splitCsvRecord } from './split-csv-record.js';

/**
 * The column names of a well-formed header record.
 * @throws {MalformedCsvError} NO_HEADER, EMPTY_HEADER or DUPLICATE_HEADER
 */
export function readCsvHeader(record: string): string[] {
  const names = splitCsvRecord(record);
  if (names.every((name) => name.trim() === '')) {
    const explanation =
      'the first line must hold the column names, and it is empty. Put one name above each column.';
    throw new MalformedCsvError('NO_HEADER', { line: 1, column: 1 }, explanation);
  }
  const seen = new Map<string, number>();
  names.forEach((name, index) => {
    const place = { line: 1, column: index + 1 };
    if (name.trim() === '') {
      const trailing = index === names.length - 1;
      const cause = trailing
        ? 'the header ends with a comma, so its last column'
        : 'this column of the header';
      const explanation = `${cause} has no name. Give it a name, or remove the column from every line.`;
      throw new MalformedCsvError('EMPTY_HEADER', place, explanation);
    }
    const folded = name.trim().toLowerCase();
    const earlier = seen.get(folded);
    if (earlier !== undefined) {
      const explanation =
        `the name "${name}" is already that of column ${earlier}; capital letters and spaces around a name ` +
        'do not make it different. Rename one of the two.';
      throw new MalformedCsvError('DUPLICATE_HEADER', place, explanation);
    }
    seen.set(folded, index + 1);
  });
  return names;
}
