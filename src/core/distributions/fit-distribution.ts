import { logBeta } from './beta.js';
import type { BetaParameters } from './beta.js';
import type { GammaParameters } from './gamma.js';
import { logGamma } from './log-gamma.js';
import { nelderMead } from './nelder-mead.js';
import { normalMass } from './truncated-normal.js';
import type { TruncatedNormalParameters } from './truncated-normal.js';

const search = { callsMax: 2000, tolerance: 1e-9, step: 0.2 };

/** Shapes beyond are a normal distribution in all but name, and slow to compute. */
const shapeMax = { a: 1e4, b: 1e6 };

export interface Moments {
  readonly mean: number;
  /** Of the values themselves, not corrected for their number. */
  readonly sd: number;
  readonly skewness: number;
  readonly low: number;
  readonly high: number;
}

export function momentsOf(values: Float64Array): Moments {
  const n = values.length;
  let [sum, low, high] = [0, Infinity, -Infinity];
  for (const value of values) {
    sum += value;
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  const mean = sum / n;
  let [squares, cubes] = [0, 0];
  for (const value of values) {
    squares += (value - mean) ** 2;
    cubes += (value - mean) ** 3;
  }
  const sd = Math.sqrt(squares / n);
  return { mean, sd, skewness: sd > 0 ? cubes / n / sd ** 3 : 0, low, high };
}

/** Maximum likelihood of all four parameters, from the moments on. */
export function fitBeta(values: Float64Array): BetaParameters {
  const { mean, sd, low, high } = momentsOf(values);
  const range = high - low;
  const place = (mean - low) / range;
  const size = (place * (1 - place) * range * range) / (sd * sd) - 1;
  const [a0, b0] = [Math.max(0.1, place * size), Math.max(0.1, (1 - place) * size)];
  const read = (at: readonly number[]): BetaParameters => {
    const [logA = 0, logB = 0, below = 0, above = 0] = at;
    const loc = low - range * Math.exp(below);
    return { a: Math.exp(logA), b: Math.exp(logB), loc, scale: high + range * Math.exp(above) - loc };
  };
  const cost = (at: readonly number[]): number => {
    const { a, b, loc, scale } = read(at);
    if (a > shapeMax.a || b > shapeMax.b) return Infinity;
    let sum = 0;
    for (const value of values)
      sum += (a - 1) * Math.log((value - loc) / scale) + (b - 1) * Math.log((loc + scale - value) / scale);
    return logBeta(a, b) + Math.log(scale) - sum / values.length;
  };
  const start = [Math.log(a0), Math.log(b0), Math.log(0.02), Math.log(0.02)];
  return read(nelderMead(cost, { ...search, start }));
}

/** Maximum likelihood of all three parameters, from the moments on. */
export function fitGamma(values: Float64Array): GammaParameters {
  const { mean, sd, skewness, low, high } = momentsOf(values);
  const range = high - low;
  const skew = Math.max(0.1, skewness);
  const loc0 = Math.min(mean - (2 * sd) / skew, low - 0.01 * range);
  const read = ([logA = 0, below = 0, logScale = 0]: readonly number[]): GammaParameters => ({
    a: Math.exp(logA),
    loc: low - range * Math.exp(below),
    scale: Math.exp(logScale),
  });
  const cost = (at: readonly number[]): number => {
    const { a, loc, scale } = read(at);
    if (a > shapeMax.a) return Infinity;
    let sum = 0;
    for (const value of values) sum += (a - 1) * Math.log((value - loc) / scale) - (value - loc) / scale;
    return logGamma(a) + Math.log(scale) - sum / values.length;
  };
  const start = [Math.log(4 / skew ** 2), Math.log((low - loc0) / range), Math.log((sd * skew) / 2)];
  return read(nelderMead(cost, { ...search, start }));
}

/**
 * Maximum likelihood of `loc` and `scale` between fixed ends, `loc` inside them.
 * @param ends those of the values when not given
 */
export function fitTruncatedNormal(
  values: Float64Array,
  ends: { readonly low: number; readonly high: number } = momentsOf(values),
): TruncatedNormalParameters {
  const { mean, sd } = momentsOf(values);
  const { low, high } = ends;
  const read = ([loc = 0, logScale = 0]: readonly number[]): TruncatedNormalParameters => {
    const scale = Math.exp(logScale);
    return { a: (low - loc) / scale, b: (high - loc) / scale, loc, scale };
  };
  const cost = (at: readonly number[]): number => {
    const { a, b, loc, scale } = read(at);
    if (loc < low || loc > high || scale > (high - low) ** 2) return Infinity;
    return 0.5 * ((sd / scale) ** 2 + ((mean - loc) / scale) ** 2) + Math.log(scale * normalMass(a, b));
  };
  const found = nelderMead((at) => cost([mean + sd * (at[0] ?? 0), at[1] ?? 0]), {
    ...search,
    start: [0, Math.log(sd)],
  });
  return read([mean + sd * (found[0] ?? 0), found[1] ?? 0]);
}
