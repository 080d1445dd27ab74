import { continuedFraction } from './continued-fraction.js';
import type { Distribution } from './distribution.js';
import { invertCdf } from './invert-cdf.js';
import { logGamma } from './log-gamma.js';

export interface BetaParameters {
  readonly a: number;
  readonly b: number;
  readonly loc: number;
  readonly scale: number;
}

/** The beta distribution on `loc` to `loc + scale`, as SciPy names them. */
export function betaDistribution({ a, b, loc, scale }: BetaParameters): Distribution {
  const standard = (x: number): number => (x - loc) / scale;
  const logNorm = logBeta(a, b);
  const cdf = (x: number): number => regularisedBeta(a, b, standard(x));
  return {
    cdf,
    density: (x) => {
      const t = standard(x);
      if (t < 0 || t > 1) return 0;
      return Math.exp((a - 1) * Math.log(t) + (b - 1) * Math.log1p(-t) - logNorm) / scale;
    },
    quantile: (p) => invertCdf(cdf, p, { low: loc, high: loc + scale }),
  };
}

/** From here on the difference of two logarithms of the gamma function is lost in their size. */
const largeShape = 1e5;

export function logBeta(a: number, b: number): number {
  const [small, large] = a < b ? [a, b] : [b, a];
  // DLMF 5.11.12 with its first correction.
  if (large > largeShape && small < large / 1000)
    return logGamma(small) - small * Math.log(large) - (small * (small - 1)) / (2 * large);
  return logGamma(a) + logGamma(b) - logGamma(a + b);
}

/** I_x(a, b), the regularised incomplete beta function (DLMF 8.17.22). */
function regularisedBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(b, a, 1 - x);
  const factor = Math.exp(a * Math.log(x) + b * Math.log1p(-x) - logBeta(a, b)) / a;
  return factor / continuedFraction(1, (place) => ({ a: coefficient(a, b, x, place), b: 1 }));
}

function coefficient(a: number, b: number, x: number, place: number): number {
  const m = Math.floor(place / 2);
  if (place % 2 === 0) return (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
  return (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
}
