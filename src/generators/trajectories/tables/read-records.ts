import { splitCsvRecord } from '../../../core/files/split-csv-record.js';

/** A file of a pack is not as it has to be; the message names the file and the line. */
export class PackError extends Error {
  override readonly name = 'PackError';
}

/** One line of a CSV file, read by the names of its columns. */
export interface PackRecord {
  text(column: string): string;
  /** @throws {PackError} unless the cell is a finite number */
  number(column: string): number;
}

/**
 * The lines below the header of a CSV text.
 * @param file named in every error
 * @throws {PackError} when a column that is asked for is absent or a line has another number of cells than the header
 */
export function readRecords(text: string, file: string): readonly PackRecord[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  const header = splitCsvRecord(lines[0] ?? '');
  const indexOf = new Map(header.map((name, index) => [name, index]));
  return lines.slice(1).flatMap((line, index) => {
    if (line === '') return [];
    const place = `${file}, line ${index + 2}`;
    const cells = splitCsvRecord(line);
    if (cells.length !== header.length)
      throw new PackError(`${place}: ${cells.length} cells below ${header.length} names.`);
    return [recordOf(cells, indexOf, place)];
  });
}

function recordOf(cells: readonly string[], indexOf: ReadonlyMap<string, number>, place: string): PackRecord {
  const text = (column: string): string => {
    const cell = cells[indexOf.get(column) ?? -1];
    if (cell === undefined) throw new PackError(`${place}: there is no column "${column}".`);
    return cell;
  };
  return {
    text,
    number: (column) => {
      const cell = text(column);
      const value = cell.trim() === '' ? NaN : Number(cell);
      if (!Number.isFinite(value)) throw new PackError(`${place}: ${column} "${cell}" is not a number.`);
      return value;
    },
  };
}
