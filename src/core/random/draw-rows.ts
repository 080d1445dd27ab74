import type { Random } from './random.js';

/** All rows, or that many without replacement, each set of rows equally likely. */
export function drawRows(rowCount: number, most: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  if (rowCount <= most) return rows;
  moveDrawnFirst(rows, most, random);
  return rows.slice(0, most);
}

/** All rows, each order equally likely. */
export function shuffledRows(rowCount: number, random: Random): Int32Array {
  const rows = Int32Array.from({ length: rowCount }, (_, row) => row);
  moveDrawnFirst(rows, rowCount, random);
  return rows;
}

function moveDrawnFirst(rows: Int32Array, count: number, random: Random): void {
  for (let at = 0; at < count; at += 1) {
    const other = at + random.integerBelow(rows.length - at);
    const row = rows[at] ?? 0;
    rows[at] = rows[other] ?? 0;
    rows[other] = row;
  }
}
