import type { ColumnSource } from './column-source.js';
import type { Column, Table } from './table.js';

/**
 * The named columns of all rows, in memory, one read after the other; names the table lacks are left out.
 */
export async function loadTable(source: ColumnSource, names: readonly string[]): Promise<Table> {
  const known = new Set(source.columnNames);
  const columns = new Map<string, Column>();
  for (const name of names) if (known.has(name)) columns.set(name, await source.column(name));
  return { rowCount: source.rowCount, columns };
}
