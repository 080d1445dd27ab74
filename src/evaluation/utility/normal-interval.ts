/** Quantile of the standard normal distribution at 0.975. */
const z = 1.959963984540054;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** The 95 % interval of an estimate whose error is normal. */
export function normalInterval(estimate: number, standardError: number): Range {
  return { low: estimate - z * standardError, high: estimate + z * standardError };
}

/**
 * How much two intervals have in common, the mean of the shares of either (Karr et al. 2006, The American Statistician
 * 60): 1 when they are the same, 0 when they touch, below 0 the further they lie apart.
 */
export function intervalOverlap(first: Range, second: Range): number {
  const common = Math.min(first.high, second.high) - Math.max(first.low, second.low);
  return (common / (first.high - first.low) + common / (second.high - second.low)) / 2;
}
