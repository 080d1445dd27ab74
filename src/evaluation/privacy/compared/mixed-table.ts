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

/** At most `rowsMax` rows, each equally likely; the table itself when it has no more. */
export function sampleRows(
  table: MixedTable,
  rowsMax: number,
  uniformAt: (row: number) => number,
): MixedTable {
  if (table.rowCount <= rowsMax) return table;
  const order = Array.from({ length: table.rowCount }, (_, row) => ({ row, key: uniformAt(row) }));
  order.sort((a, b) => a.key - b.key);
  return pickRows(table, Int32Array.from(order.slice(0, rowsMax), ({ row }) => row).sort());
}
