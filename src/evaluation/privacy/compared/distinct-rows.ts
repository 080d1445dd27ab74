import { pickRows } from './mixed-table.js';
import type { MixedTable } from './mixed-table.js';

/** Each kind of row once, the first of it. */
export function distinctRows(table: MixedTable): MixedTable {
  const seen = new Set<string>();
  const kept: number[] = [];
  for (let row = 0; row < table.rowCount; row++) {
    const key = table.cells.map((cells) => cells[row]).join();
    if (seen.has(key)) continue;
    seen.add(key);
    kept.push(row);
  }
  return pickRows(table, Int32Array.from(kept));
}
