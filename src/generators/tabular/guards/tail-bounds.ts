import { gridOfStep, gridPoint, gridPosition } from '../../../core/profile/public-grid.js';
import type { Random } from '../../../core/random/random.js';
import { snapToGrid } from './value-grid.js';
import type { ValueGrid } from './value-grid.js';

/** No value outside comes out; at least `tailCount` rows lie at or beyond each. */
export interface TailBounds {
  readonly low: number;
  readonly high: number;
}

/** The bounds are rounded outwards on a public grid of at least so many steps between them. */
const gridSteps = 50;

export interface Tails {
  /** One for each row; the guard changes those of the rows in the tails, in place. */
  readonly values: Float64Array;
  /** The rows with a value, in ascending order of it. */
  readonly order: Int32Array;
  readonly tailCount: number;
  readonly grid: ValueGrid;
  readonly random: Random;
  /** The subject of each row, where subjects have several; they are counted then. */
  readonly subjects?: Int32Array;
}

/** Takes what stands out at both ends out of a column, and says between what its values lie afterwards. */
export type TailGuard = (tails: Tails) => TailBounds;

/** Nothing comes out beyond the values that `tailCount` rows, or subjects, have reached. */
export const cutTails: TailGuard = (tails) => {
  const { values, order, grid } = tails;
  const sorted = Float64Array.from(order, (row) => values[row] ?? NaN);
  const bounds = tailBounds(sorted, ranksOf(tails, tails.tailCount), grid.step / 10 ** grid.decimals);
  bringInside(tails, bounds);
  return bounds;
};

/** Rows at either end of the order. */
export interface TailRanks {
  readonly low: number;
  readonly high: number;
}

/** How many rows it takes at each end until `count` subjects have been met; a row is a subject where none are given. */
export function ranksOf({ order, subjects }: Tails, count: number): TailRanks {
  if (!subjects) return { low: count, high: count };
  const rank = (rowAt: (place: number) => number | undefined): number => {
    const met = new Set<number>();
    let rows = 0;
    while (met.size < count && rows < order.length) {
      met.add(subjects[rowAt(rows) ?? 0] ?? 0);
      rows += 1;
    }
    return rows;
  };
  return { low: rank((place) => order[place]), high: rank((place) => order[order.length - 1 - place]) };
}

/** The values that have so many rows at or beyond them, rounded outwards to a grid that depends on no single row. */
function tailBounds(sorted: Float64Array, ranks: TailRanks, unit: number): TailBounds {
  if (sorted.length === 0) return { low: 0, high: 0 };
  const half = Math.ceil(sorted.length / 2);
  const low = sorted[Math.min(ranks.low, half) - 1] ?? NaN;
  const high = sorted[sorted.length - Math.min(ranks.high, half)] ?? NaN;
  return low >= high ? { low: high, high: low } : roundedOutwards({ low, high }, unit);
}

/** On a grid that depends on no single row. */
export function roundedOutwards({ low, high }: TailBounds, unit: number): TailBounds {
  if (low >= high) return { low, high };
  const grid = gridOfStep(Math.max((high - low) / gridSteps, unit));
  return {
    low: gridPoint(grid, Math.floor(gridPosition(grid, low))),
    high: gridPoint(grid, Math.ceil(gridPosition(grid, high))),
  };
}

/**
 * Moves the values beyond the bounds inside, in place: they keep their rank and fall between the bound and the value
 * that twice the tail has reached. What made them stand out is gone before anything is learned.
 */
function bringInside(tails: Tails, bounds: TailBounds): void {
  const { values, order, tailCount, grid, random } = tails;
  const last = order.length - 1;
  const at = (rank: number): number => values[order[Math.min(Math.max(rank, 0), last)] ?? 0] ?? NaN;
  const twice = ranksOf(tails, 2 * tailCount);
  const inner = { low: at(twice.low - 1), high: at(last - twice.high + 1) };
  let above = 0;
  while (above <= last && at(last - above) > bounds.high) above += 1;
  let below = 0;
  while (below + above <= last && at(below) < bounds.low) below += 1;
  const upper = uniforms(above, random.fork('above')).map((uniform) =>
    snapInside(grid, bounds, bounds.high - uniform * Math.max(0, bounds.high - inner.high)),
  );
  const lower = uniforms(below, random.fork('below')).map((uniform) =>
    snapInside(grid, bounds, bounds.low + uniform * Math.max(0, inner.low - bounds.low)),
  );
  upper.forEach((value, index) => (values[order[last - index] ?? 0] = value));
  lower.forEach((value, index) => (values[order[index] ?? 0] = value));
}

/** Ascending. */
function uniforms(count: number, random: Random): number[] {
  return Array.from({ length: count }, (_, index) => random.uniformAt(index)).sort((a, b) => a - b);
}

export function snapInside(grid: ValueGrid, { low, high }: TailBounds, value: number): number {
  const step = grid.step / 10 ** grid.decimals;
  let snapped = snapToGrid(grid, value);
  if (snapped > high) snapped = snapToGrid(grid, value - step);
  if (snapped < low) snapped = snapToGrid(grid, value + step);
  return Math.min(high, Math.max(low, snapped));
}
