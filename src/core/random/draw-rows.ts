import type { Random } from './random.js';

/** All rows, or that many without replacement, each set of rows equally likely. */
export function drawRows(rowCount: number, most: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (rowCount <= most) return rows;
  for (let at = 0; at < most; at += 1) {
    const other = at + random.integerBelow(rowCount - at);
    const row = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = row;
  }
  return rows.slice(0, most);
}
