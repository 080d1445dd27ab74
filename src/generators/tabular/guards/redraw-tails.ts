import { roundedOutwards, snapInside } from './tail-bounds.js';
import type { TailBounds, Tails } from './tail-bounds.js';

/**
 * Draws the values beyond the `tailCount`-th smallest and largest anew: they keep their ranks and get the even
 * quantiles of an exponential law whose median is that of the tail. The law rests on the middle of so many rows, so
 * that however far out a single value lies it moves nothing, and yet the tail stays as long as its rows say.
 */
export function redrawTails({ values, order, tailCount, grid }: Tails): TailBounds {
  const at = (rank: number): number => values[order[rank] ?? 0] ?? NaN;
  const count = Math.min(tailCount, Math.ceil(order.length / 2));
  if (count === 0) return { low: 0, high: 0 };
  const last = order.length - 1;
  const upper = tailLaw(Array.from({ length: count }, (_, index) => at(last - count + 1 + index)));
  const lower = tailLaw(Array.from({ length: count }, (_, index) => -at(count - 1 - index)));
  // A column without a negative value gets none.
  const least = at(0) >= 0 ? 0 : -Infinity;
  const reach = { low: Math.max(least, -(lower.at(-1) ?? NaN)), high: upper.at(-1) ?? NaN };
  const bounds = roundedOutwards(reach, grid.step / 10 ** grid.decimals);
  for (let index = 1; index < count; index += 1) {
    values[order[last - count + 1 + index] ?? 0] = snapInside(grid, bounds, upper[index] ?? NaN);
    values[order[count - 1 - index] ?? 0] = snapInside(grid, bounds, -(lower[index] ?? NaN));
  }
  return bounds;
}

/** @param tail ascending from the threshold on, which stays as it is */
function tailLaw(tail: readonly number[]): number[] {
  const threshold = tail[0] ?? NaN;
  const middle = tail[Math.floor(tail.length / 2)] ?? threshold;
  const scale = (middle - threshold) / Math.LN2;
  return tail.map((_, index) => threshold - scale * Math.log(1 - index / tail.length));
}
