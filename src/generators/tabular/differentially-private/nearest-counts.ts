/**
 * The nearest counts (in the sum of squares) that are 0 or more and add up to `total`: what noisy counts could have
 * been. Every count above some level is lowered by it and the others are 0; the level is found by sorting.
 * @param total above 0
 */
export function nearestCounts(noisy: Float64Array, total: number): Float64Array {
  const descending = Float64Array.from(noisy).sort().reverse();
  let sum = 0;
  let level = 0;
  for (const [rank, count] of descending.entries()) {
    sum += count;
    const candidate = (sum - total) / (rank + 1);
    if (count <= candidate) break;
    level = candidate;
  }
  return noisy.map((count) => Math.max(0, count - level));
}
