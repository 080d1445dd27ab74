import type { Column, Table } from '../../core/table/table.js';

export type Cell = number | string | null;

/** All blocks as lists of cells by column; null is missing. For small tables in tests. */
export async function collectCells(blocks: AsyncIterable<Table>): Promise<Map<string, Cell[]>> {
  const cells = new Map<string, Cell[]>();
  for await (const block of blocks) {
    for (const [name, column] of block.columns) {
      const collected = cells.get(name) ?? [];
      for (let row = 0; row < block.rowCount; row++) collected.push(cellAt(column, row));
      cells.set(name, collected);
    }
  }
  return cells;
}

function cellAt(column: Column, row: number): Cell {
  if (((column.missing[row >> 3] ?? 0) >> (row & 7)) & 1) return null;
  if (column.kind === 'category') return column.dictionary[column.codes[row] ?? -1] ?? null;
  return column.values[row] ?? null;
}
