import { continuedFraction } from './continued-fraction.js';
import type { Distribution } from './distribution.js';
import { invertCdf } from './invert-cdf.js';
import { logGamma } from './log-gamma.js';

export interface GammaParameters {
  readonly a: number;
  readonly loc: number;
  readonly scale: number;
}

/** The gamma distribution with shape `a`, moved by `loc` and stretched by `scale`, as SciPy names them. */
export function gammaDistribution({ a, loc, scale }: GammaParameters): Distribution {
  const standard = (x: number): number => (x - loc) / scale;
  const cdf = (x: number): number => regularisedGamma(a, standard(x));
  const mean = loc + a * scale;
  const sd = Math.sqrt(a) * scale;
  return {
    cdf,
    density: (x) => {
      const t = standard(x);
      return t < 0 ? 0 : Math.exp((a - 1) * Math.log(t) - t - logGamma(a)) / scale;
    },
    quantile: (p) => invertCdf(cdf, p, { low: loc, high: mean + 10 * sd }),
  };
}

/** P(a, x), the lower incomplete gamma function over the complete one (DLMF 8.11.4, 8.9.2). */
function regularisedGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n += 1) {
      term *= x / (a + n);
      sum += term;
    }
    return Math.min(1, factor * sum);
  }
  const upper = factor / continuedFraction(x + 1 - a, (n) => ({ a: n * (a - n), b: x + 2 * n + 1 - a }));
  return 1 - upper;
}
