import type { Distribution } from './distribution.js';
import { normalCdf, normalDensity, normalQuantile } from './normal.js';

/** `a` and `b` are the ends in standard deviations from `loc`, as SciPy has them. */
export interface TruncatedNormalParameters {
  readonly a: number;
  readonly b: number;
  readonly loc: number;
  readonly scale: number;
}

/** The normal distribution between two ends. */
export function truncatedNormalDistribution({ a, b, loc, scale }: TruncatedNormalParameters): Distribution {
  const standard = (x: number): number => (x - loc) / scale;
  const mass = normalMass(a, b);
  return {
    cdf: (x) => {
      const t = standard(x);
      if (t <= a) return 0;
      return t >= b ? 1 : normalMass(a, t) / mass;
    },
    density: (x) => {
      const t = standard(x);
      return t < a || t > b ? 0 : normalDensity(t) / mass / scale;
    },
    quantile: (p) => loc + scale * truncatedNormalQuantile({ low: a, high: b }, p),
  };
}

/** The quantile of a standard normal between two ends, taken in the nearer tail, where doubles are finest. */
export function truncatedNormalQuantile(
  { low, high }: { readonly low: number; readonly high: number },
  p: number,
): number {
  const flip = low > 0;
  const [start, end] = flip ? [normalCdf(-high), normalCdf(-low)] : [normalCdf(low), normalCdf(high)];
  const share = flip ? 1 - p : p;
  const at = start + share * (end - start);
  if (at <= 0 || at >= 1) return low + p * (high - low);
  const x = flip ? -normalQuantile(at) : normalQuantile(at);
  return Math.min(high, Math.max(low, x));
}

/** P(a <= Z <= b), by the tails that are small. */
export function normalMass(a: number, b: number): number {
  return a > 0 ? normalCdf(-a) - normalCdf(-b) : normalCdf(b) - normalCdf(a);
}
