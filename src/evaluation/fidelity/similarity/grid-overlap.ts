import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import type { ProjectedTables } from './principal-components.js';

type Points = readonly [Float64Array, Float64Array];

/** Squares of a grid over the real cloud, `side` x `side`, row by row from the lowest second score. */
export interface CloudGrid {
  readonly side: number;
  readonly real: Float64Array;
  readonly synthetic: Float64Array;
}

const overlapSide = 10;

/** Counts of both clouds on one grid that spans the real 1st to 99th percentile; points beyond are in the outer squares. */
export function cloudGrid({ real, synthetic }: ProjectedTables, side: number): CloudGrid {
  const bounds = real.map((scores) => {
    const sorted = scores.slice().sort();
    const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? 0;
    return { low: at(0.01), width: at(0.99) - at(0.01) };
  });
  const count = (points: Points): Float64Array => {
    const cells = new Float64Array(side * side);
    for (let row = 0; row < points[0].length; row += 1) {
      const [x, y] = points.map((scores, axis) => {
        const { low, width } = bounds[axis] ?? { low: 0, width: 1 };
        const place = width > 0 ? Math.floor((((scores[row] ?? 0) - low) / width) * side) : 0;
        return Math.max(0, Math.min(side - 1, place));
      });
      const cell = (y ?? 0) * side + (x ?? 0);
      cells[cell] = (cells[cell] ?? 0) + 1;
    }
    return cells;
  };
  return { side, real: count(real), synthetic: count(synthetic) };
}

/** 1 less half the summed differences of the shares of the squares, 0 to 1. */
export function gridOverlap(projected: ProjectedTables): Score {
  const { real, synthetic } = cloudGrid(projected, overlapSide);
  const [realRows, syntheticRows] = [projected.real[0].length, projected.synthetic[0].length];
  if (realRows === 0 || syntheticRows === 0) return noScore('A table has no row.');
  let distance = 0;
  real.forEach((count, cell) => {
    distance += Math.abs(count / realRows - (synthetic[cell] ?? 0) / syntheticRows);
  });
  return { value: 1 - distance / 2 };
}
