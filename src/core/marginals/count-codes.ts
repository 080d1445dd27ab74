import type { Axes, AxisSizes } from './cell-map.js';
import { tableCells } from './cell-map.js';

/** The group of every row by axis; a code of `sizes[axis]` or more: the row is in none of that axis. */
export interface CodedRows {
  readonly codes: readonly Uint16Array[];
  readonly sizes: AxisSizes;
}

/** Rows by their groups on several axes together; those that are in no group of one of them are left out. */
export function countCodes({ codes, sizes }: CodedRows, axes: Axes): Int32Array {
  const counts = new Int32Array(tableCells(axes, sizes));
  const chosen = axes.map((axis) => codes[axis] ?? new Uint16Array());
  const widths = axes.map((axis) => sizes[axis] ?? 1);
  const rows = chosen[0]?.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    let cell = 0;
    for (let at = 0; at < chosen.length; at += 1) {
      const group = chosen[at]?.[row] ?? 0;
      const width = widths[at] ?? 1;
      cell = group < width ? cell * width + group : -Infinity;
    }
    if (cell >= 0) counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}
