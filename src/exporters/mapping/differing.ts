import type { Cells } from './cells.js';

/** For each column of persons, how many persons have rows that differ in it. */
export type Differing = Map<Cells, number>;

/** Adds one person. */
export function countDiffering(differing: Differing, columns: readonly Cells[], rows: Int32Array): void {
  const [first = 0, ...others] = rows;
  for (const cells of columns) {
    const text = cells.text(first);
    if (others.some((row) => cells.text(row) !== text)) differing.set(cells, (differing.get(cells) ?? 0) + 1);
  }
}
