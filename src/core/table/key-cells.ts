import { isMissing } from './missing-bitmap.js';
import type { ColumnSource } from './column-source.js';
import type { Column, Table } from './table.js';

/** The keys of the rows as texts, null where a part is missing; parts of a composite key never run into each other. */
export async function keyCells(
  rows: ColumnSource,
  columns: readonly string[],
): Promise<readonly (string | null)[]> {
  return joined(await Promise.all(columns.map((name) => rows.column(name))), rows.rowCount);
}

/** As `keyCells`, of a table in memory; null in every row where a column is not there. */
export function keyTexts({ columns, rowCount }: Table, names: readonly string[]): readonly (string | null)[] {
  const parts = names.flatMap((name) => columns.get(name) ?? []);
  if (parts.length < names.length) return Array.from({ length: rowCount }, () => null);
  return joined(parts, rowCount);
}

function joined(parts: readonly Column[], rowCount: number): (string | null)[] {
  return Array.from({ length: rowCount }, (_, row) => {
    const cells = parts.map((part) => cellText(part, row));
    if (cells.some((cell) => cell === null)) return null;
    return cells.length === 1 ? (cells[0] ?? null) : JSON.stringify(cells);
  });
}

/** The cell as it would be written; null when missing. */
export function cellText(column: Column, row: number): string | null {
  if (isMissing(column.missing, row)) return null;
  if (column.kind === 'text') return column.values[row] ?? null;
  if (column.kind === 'category') return column.dictionary[column.codes[row] ?? -1] ?? null;
  return String(column.values[row]);
}
