import type { Random } from '../../../core/random/random.js';

/** Rows in a random order. Of equally near rows the first is taken, so no order of the file decides an attack. */
export function tieOrder(rows: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: rows }, (_, row) => row);
  for (let last = rows - 1; last > 0; last--) {
    const other = Math.floor((last + 1) * random.uniformAt(last));
    [order[last], order[other]] = [order[other] ?? 0, order[last] ?? 0];
  }
  return order;
}
