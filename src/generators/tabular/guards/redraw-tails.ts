import { ranksOf, roundedOutwards, snapInside } from './tail-bounds.js';
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
/**
 * As `redrawTails` where subjects have several rows: a tail reaches as far in as `tailCount` subjects are met, and its
 * law rests on the median over these of each one's own median, so that nobody counts more than once.
 */
export function redrawTailsOfSubjects(tails: Tails): TailBounds {
  const { values, order, tailCount, grid, subjects } = tails;
  if (!subjects) return redrawTails(tails);
  const half = Math.ceil(order.length / 2);
  const { low, high } = ranksOf(tails, tailCount);
  if (half === 0) return { low: 0, high: 0 };
  const upperRows = order.slice(order.length - Math.min(high, half));
  const lowerRows = order.slice(0, Math.min(low, half)).reverse();
  const lawOf = (rows: Int32Array, sign: 1 | -1): number[] => {
    const threshold = sign * (values[rows[0] ?? 0] ?? NaN);
    const excesses = excessBySubject(rows, subjects, (row) => sign * (values[row] ?? NaN) - threshold);
    return evenQuantiles({ threshold, scale: median(excesses) / Math.LN2, count: rows.length });
  };
  const [upper, lower] = [lawOf(upperRows, 1), lawOf(lowerRows, -1)];
  const least = (values[order[0] ?? 0] ?? NaN) >= 0 ? 0 : -Infinity;
  const reach = { low: Math.max(least, -(lower.at(-1) ?? NaN)), high: upper.at(-1) ?? NaN };
  const bounds = roundedOutwards(reach, grid.step / 10 ** grid.decimals);
  upperRows.forEach((row, index) => (values[row] = snapInside(grid, bounds, upper[index] ?? NaN)));
  lowerRows.forEach((row, index) => (values[row] = snapInside(grid, bounds, -(lower[index] ?? NaN))));
  return bounds;
}

/** The median excess of each subject of the rows, ascending. */
function excessBySubject(
  rows: Int32Array,
  subjects: Int32Array,
  excessOf: (row: number) => number,
): number[] {
  const own = new Map<number, number[]>();
  for (const row of rows) {
    const subject = subjects[row] ?? 0;
    const excesses = own.get(subject);
    if (excesses) excesses.push(excessOf(row));
    else own.set(subject, [excessOf(row)]);
  }
  return [...own.values()].map((each) => median(each.sort((a, b) => a - b))).sort((a, b) => a - b);
}

/** The upper one of the two in the middle. */
function median(ascending: readonly number[]): number {
  return ascending[Math.floor(ascending.length / 2)] ?? 0;
}

function tailLaw(tail: readonly number[]): number[] {
  const threshold = tail[0] ?? NaN;
  const middle = tail[Math.floor(tail.length / 2)] ?? threshold;
  return evenQuantiles({ threshold, scale: (middle - threshold) / Math.LN2, count: tail.length });
}

/** Of an exponential law beyond a threshold, ascending. */
function evenQuantiles({
  threshold,
  scale,
  count,
}: {
  threshold: number;
  scale: number;
  count: number;
}): number[] {
  return Array.from({ length: count }, (_, index) => threshold - scale * Math.log(1 - index / count));
}
