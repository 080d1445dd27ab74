import type { Distribution } from './distribution.js';
import { invertCdf } from './invert-cdf.js';
import { normalCdf, normalDensity } from './normal.js';

/** Scott's bandwidth: n^(-1/5) sample standard deviations. */
export function scottBandwidth(values: ArrayLike<number>): number {
  const n = values.length;
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / n;
  const variance = all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1);
  return Math.sqrt(variance) * n ** -0.2;
}

/** A normal of the given bandwidth about each value. Exact, so each call costs as much as there are values. */
export function gaussianKde(values: Float64Array, bandwidth: number): Distribution {
  const average = (kernel: (t: number) => number, x: number): number => {
    let sum = 0;
    for (const value of values) sum += kernel((x - value) / bandwidth);
    return sum / values.length;
  };
  const cdf = (x: number): number => average(normalCdf, x);
  const sorted = values.slice().sort();
  const range = {
    low: (sorted[0] ?? NaN) - 10 * bandwidth,
    high: (sorted.at(-1) ?? NaN) + 10 * bandwidth,
  };
  return {
    cdf,
    density: (x) => average(normalDensity, x) / bandwidth,
    quantile: (p) => invertCdf(cdf, p, range),
  };
}
