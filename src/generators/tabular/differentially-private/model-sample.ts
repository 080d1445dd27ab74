import { tableCells } from '../../../core/marginals/cell-map.js';
import type { Axes } from '../../../core/marginals/cell-map.js';
import type { FittedMarginals } from '../../../core/marginals/fit-marginals.js';
import type { Random } from '../../../core/random/random.js';
import { drawGroups } from '../network/sample-network.js';
import type { GroupedTable } from './grouped-table.js';
import { networkOfMarginals } from './network-of-marginals.js';

/** Rows drawn from a fitted law: what it says of any columns, even of those that are in no clique together. */
export interface ModelSample {
  /** Counts out of `total` rows, and by how much drawing moves all of them together (in the mean, in L1). */
  expectedCounts(axes: Axes): { readonly counts: Float64Array; readonly drift: number };
}

const rowsDrawn = 10_000;

export function drawModelSample(table: GroupedTable, fitted: FittedMarginals, random: Random): ModelSample {
  const network = networkOfMarginals(table, fitted);
  const axisOf = new Map(table.columns.map(({ column }, axis) => [column.schema.name, axis]));
  const byPlace: Int32Array[] = [];
  const byAxis: Int32Array[] = [];
  for (const [place, column] of network.entries()) {
    const drawing = { range: { start: 0, count: rowsDrawn }, stream: random.fork(column.name) };
    const drawn = drawGroups(network, column, byPlace, drawing);
    byPlace[place] = drawn;
    byAxis[axisOf.get(column.name) ?? 0] = drawn;
  }
  return {
    expectedCounts: (axes) => {
      const counts = new Float64Array(tableCells(axes, table.sizes));
      for (let row = 0; row < rowsDrawn; row += 1) {
        let cell = 0;
        for (const axis of axes) cell = cell * (table.sizes[axis] ?? 1) + (byAxis[axis]?.[row] ?? 0);
        counts[cell] = (counts[cell] ?? 0) + 1;
      }
      // A count of c draws has a mean absolute error near sqrt(2 c / pi).
      const drift = counts.reduce((sum, count) => sum + Math.sqrt((2 / Math.PI) * count), 0);
      const scale = table.total / rowsDrawn;
      return { counts: counts.map((count) => count * scale), drift: drift * scale };
    },
  };
}
