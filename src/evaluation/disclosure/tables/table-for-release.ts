import { UnsupportedTableError } from './unsupported-table-error.js';

/**
 * Shape of a one- or two-way table. A one-way table is one line of cells and a total; a two-way table also has a
 * total for every row and column. Margins are never stored: they are sums of the cells.
 */
export interface TableShape {
  readonly ways: 1 | 2;
  /** Labels; of a one-way table exactly one. */
  readonly rows: readonly string[];
  readonly columns: readonly string[];
}

/** How many people are in each cell, before any suppression or rounding: a real-zone object. */
export interface FrequencyTable extends TableShape {
  readonly counts: readonly (readonly number[])[];
}

/** What must be known of the amounts in one cell (costs, stays, …) to judge whether one person shows through. */
export interface MagnitudeCell {
  /** People who contribute. */
  readonly count: number;
  readonly sum: number;
  /** The largest contributions, descending: all of them, or at least as many as the dominance rule looks at. */
  readonly largest: readonly number[];
  readonly hasNegative: boolean;
}

export interface MagnitudeTable extends TableShape {
  readonly cells: readonly (readonly MagnitudeCell[])[];
}

/** A cell by its place; null stands for the total over that direction. */
export interface CellRef {
  readonly row: number | null;
  readonly column: number | null;
}

/**
 * A table from the labels of its one or two dimensions and its counts, row by row.
 * @throws {UnsupportedTableError} with more dimensions (their protection is not computed here), no cell, or no counts
 */
export function frequencyTable(
  dimensions: readonly (readonly string[])[],
  counts: readonly number[],
): FrequencyTable {
  const [first, second, third] = dimensions;
  if (first === undefined || third !== undefined) {
    throw new UnsupportedTableError(
      'Only tables of one or two dimensions are covered. Release its two-way tables.',
    );
  }
  const [rows, columns] = second === undefined ? [['all'], first] : [first, second];
  const cells = rows.length * columns.length;
  if (cells === 0 || counts.length !== cells) {
    throw new UnsupportedTableError(`The table has ${cells} cells and ${counts.length} counts.`);
  }
  if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0)) {
    throw new UnsupportedTableError('Counts are whole numbers, zero or more.');
  }
  const lines = rows.map((_, row) => counts.slice(row * columns.length, (row + 1) * columns.length));
  return { ways: second === undefined ? 1 : 2, rows, columns, counts: lines };
}

/** Every cell in reading order, then the row totals, the column totals and the grand total. */
export function cellsOf({ ways, rows, columns }: TableShape): CellRef[] {
  const places = rows.flatMap((_, row) => columns.map((__, column): CellRef => ({ row, column })));
  const total: CellRef = { row: null, column: null };
  if (ways === 1) return [...places, total];
  const rowTotals = rows.map((_, row): CellRef => ({ row, column: null }));
  const columnTotals = columns.map((_, column): CellRef => ({ row: null, column }));
  return [...places, ...rowTotals, ...columnTotals, total];
}

/** The cells that a place stands for: itself, or all that a total adds up. */
export function membersOf<Cell>(cells: readonly (readonly Cell[])[], { row, column }: CellRef): Cell[] {
  const lines = row === null ? cells : cells.slice(row, row + 1);
  return lines.flatMap((line) => (column === null ? line : line.slice(column, column + 1)));
}

export function countAt(table: FrequencyTable, place: CellRef): number {
  return membersOf(table.counts, place).reduce((sum, count) => sum + count, 0);
}

/** The same for equal places: a key for maps. */
export function cellKey({ row, column }: CellRef): string {
  return `${row ?? ''}/${column ?? ''}`;
}

/** "ward A, female", "ward A, total", "total". */
export function cellName(table: TableShape, { row, column }: CellRef): string {
  const columnName = column === null ? 'total' : (table.columns[column] ?? '?');
  if (table.ways === 1) return columnName;
  if (row === null) return column === null ? 'total' : `total, ${columnName}`;
  return `${table.rows[row] ?? '?'}, ${columnName}`;
}
