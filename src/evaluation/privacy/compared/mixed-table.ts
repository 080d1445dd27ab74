/** Columns that mean the same in every table compared. */
export interface MixedColumn {
  readonly name: string;
  /** Numbers, dates (days) and date-times (ms) are numbers; the rest are categories. */
  readonly kind: 'number' | 'date' | 'category';
  /** Distinct categories over all tables; 0 for numbers. */
  readonly levels: number;
  /** Some cell is missing in some table. */
  readonly hasGaps: boolean;
}

/** One array a column: numbers, or codes that are shared by the tables compared; NaN where missing. */
export interface MixedTable {
  readonly rowCount: number;
  readonly cells: readonly Float64Array[];
}

export const noCells: Float64Array = new Float64Array();

/** The given rows, in the given order. */
export function pickRows(table: MixedTable, rows: Int32Array): MixedTable {
  const pick = (cells: Float64Array): Float64Array => Float64Array.from(rows, (row) => cells[row] ?? NaN);
  return { rowCount: rows.length, cells: table.cells.map(pick) };
}

/** At most `rowsMax` rows of a table, each equally likely, ascending. */
export function drawRows(rowCount: number, rowsMax: number, uniformAt: (row: number) => number): Int32Array {
  if (rowCount <= rowsMax) return Int32Array.from({ length: rowCount }, (_, row) => row);
  const order = Array.from({ length: rowCount }, (_, row) => ({ row, key: uniformAt(row) }));
  order.sort((a, b) => a.key - b.key);
  return Int32Array.from(order.slice(0, rowsMax), ({ row }) => row).sort();
}
