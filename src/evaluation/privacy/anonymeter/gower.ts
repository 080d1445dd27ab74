import { noCells } from '../compared/mixed-table.js';
import type { MixedColumn, MixedTable } from '../compared/mixed-table.js';

/** The tables of one search and how their columns are weighed. */
export interface GowerSpace {
  readonly columns: readonly MixedColumn[];
  readonly queries: MixedTable;
  readonly references: MixedTable;
  /** For each column 1 / the range of its numbers in both tables; 1 when they are all the same. */
  readonly scales: Float64Array;
}

export function gowerSpace(
  columns: readonly MixedColumn[],
  queries: MixedTable,
  references: MixedTable,
): GowerSpace {
  const scales = Float64Array.from(columns, (_, at) => {
    let [low, high] = [Infinity, -Infinity];
    for (const { cells } of [queries, references]) {
      for (const cell of cells[at] ?? noCells) {
        if (cell < low) low = cell;
        if (cell > high) high = cell;
      }
    }
    return high > low ? 1 / (high - low) : 1;
  });
  return { columns, queries, references, scales };
}

/**
 * Adds to each reference row's sum how far its cell in one column is from the query's (Gower 1971, not averaged): the
 * difference over the range for numbers, 0 or 1 for categories. Two missing cells are alike and one missing is as far
 * as can be; Anonymeter has 1 and "not a number" there, by which rows with gaps are never found.
 */
export function addGower(
  space: GowerSpace,
  at: number,
  query: number,
  sums: Float64Array,
  sign: 1 | -1,
): void {
  const cells = space.references.cells[at] ?? noCells;
  const value = space.queries.cells[at]?.[query] ?? NaN;
  const scale = (space.scales[at] ?? 1) * sign;
  if (Number.isNaN(value)) {
    for (let row = 0; row < cells.length; row++)
      if (!Number.isNaN(cells[row])) sums[row] = (sums[row] ?? 0) + sign;
  } else if (space.columns[at]?.kind === 'category') {
    for (let row = 0; row < cells.length; row++)
      if (cells[row] !== value) sums[row] = (sums[row] ?? 0) + sign;
  } else {
    for (let row = 0; row < cells.length; row++) {
      const far = Math.abs((cells[row] ?? NaN) - value) * scale;
      sums[row] = (sums[row] ?? 0) + (far === far ? far : sign);
    }
  }
}

/** The `count` reference rows with the smallest sums, smallest first; of equal ones the earlier in `order`. */
export function smallest(sums: Float64Array, count: number, order: Int32Array): Int32Array {
  const found = new Int32Array(Math.min(count, order.length)).fill(-1);
  const kept = new Float64Array(found.length).fill(Infinity);
  for (const row of order) {
    const sum = sums[row] ?? Infinity;
    let place = found.length - 1;
    if (!(sum < (kept[place] ?? Infinity))) continue;
    for (; place > 0 && (kept[place - 1] ?? 0) > sum; place--) {
      kept[place] = kept[place - 1] ?? 0;
      found[place] = found[place - 1] ?? 0;
    }
    kept[place] = sum;
    found[place] = row;
  }
  return found;
}

/** The nearest reference rows of a query over the chosen columns, nearest first. */
export function gowerNearest(
  space: GowerSpace,
  query: number,
  chosen: readonly number[],
  count: number,
  order: Int32Array,
): Int32Array {
  const sums = new Float64Array(space.references.rowCount);
  for (const at of chosen) addGower(space, at, query, sums, 1);
  return smallest(sums, count, order);
}
