import type { Compared } from '../compared/compared.js';
import { noCells } from '../compared/mixed-table.js';
import type { MixedTable } from '../compared/mixed-table.js';
import { rankScale } from '../compared/rank-scale.js';
import type { Points } from './principal-components.js';

/** The commonest categories get a coordinate of their own; the others share the origin. */
const levelsMax = 8;

/** Writes tables as points: numbers by rank, the commonest categories as 0 or 1, gaps in the middle. */
export function pointsOf({ columns, sampled }: Compared): (table: MixedTable) => Points {
  const real = [sampled.train, sampled.holdout];
  const coordinates = columns.flatMap(({ kind }, at) => {
    const cells = real.map((table) => table.cells[at] ?? noCells);
    if (kind !== 'category') {
      const scale = rankScale(cells);
      return [{ at, coordinate: (cell: number): number => (Number.isNaN(cell) ? 0.5 : scale(cell)) }];
    }
    return commonest(cells).map((code) => ({
      at,
      coordinate: (cell: number): number => (cell === code ? Math.SQRT1_2 : 0),
    }));
  });
  const width = coordinates.length;
  return ({ rowCount, cells }) => {
    const values = new Float64Array(rowCount * width);
    coordinates.forEach(({ at, coordinate }, place) => {
      const column = cells[at] ?? noCells;
      for (let row = 0; row < rowCount; row++) values[row * width + place] = coordinate(column[row] ?? NaN);
    });
    return { rows: rowCount, width, values };
  };
}

function commonest(tables: readonly Float64Array[]): number[] {
  const counts = new Map<number, number>();
  for (const cells of tables)
    for (const cell of cells) if (!Number.isNaN(cell)) counts.set(cell, (counts.get(cell) ?? 0) + 1);
  return [...counts]
    .sort(([code, count], [other, otherCount]) => otherCount - count || code - other)
    .slice(0, levelsMax)
    .map(([code]) => code);
}
