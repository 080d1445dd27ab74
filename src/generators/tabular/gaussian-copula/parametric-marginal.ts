import { betaDistribution } from '../../../core/distributions/beta.js';
import type { Distribution } from '../../../core/distributions/distribution.js';
import {
  fitBeta,
  fitGamma,
  fitTruncatedNormal,
  momentsOf,
} from '../../../core/distributions/fit-distribution.js';
import { gammaDistribution } from '../../../core/distributions/gamma.js';
import { gaussianKde, scottBandwidth } from '../../../core/distributions/gaussian-kde.js';
import { normalCdf, normalDensity, normalQuantile } from '../../../core/distributions/normal.js';
import { truncatedNormalDistribution } from '../../../core/distributions/truncated-normal.js';
import type { TailBounds } from '../guards/tail-bounds.js';
import { stretchOfNumber } from './marginal.js';
import type { DistributionName, NumberMarginal } from './marginal.js';

export type ParametricName = Exclude<DistributionName, 'empirical'>;
/** In the order in which equally good ones are preferred. */
export const parametricNames: readonly ParametricName[] = [
  'norm',
  'beta',
  'gamma',
  'truncnorm',
  'uniform',
  'kde',
];

/** Values that a fit looks at: evenly spaced ranks of a longer column. */
const fitValuesMax = 2000;
/** A kernel estimate is exact and so costs a kernel a value; so many ranks have the shape. */
const kernelsMax = 1000;
/** Knots of the quantile function, evenly spaced in normal scores from -5 to 5. */
const knots = 1001;
const scoreMax = 5;

interface Fitted {
  readonly distribution: Distribution;
  readonly parameters: Readonly<Record<string, number>>;
}

/**
 * A distribution by maximum likelihood, cut off at the bounds.
 * @param sorted ascending, at least two different values
 */
export function parametricMarginal(
  name: ParametricName,
  sorted: Float64Array,
  bounds: TailBounds,
): NumberMarginal {
  const { distribution, parameters } = fit(name, spread(sorted, fitValuesMax), bounds);
  const isSlowToInvert = name === 'kde' || name === 'beta' || name === 'gamma';
  const tabulate = isSlowToInvert ? knotsByValue : knotsByScore;
  return { kind: 'numbers', distribution: name, parameters, ...tabulate(distribution, bounds) };
}

interface Knots {
  readonly probabilities: Float64Array;
  readonly values: Float64Array;
}

function knotsByScore(distribution: Distribution, { low, high }: TailBounds): Knots {
  const probabilities = Float64Array.from({ length: knots }, (_, knot) =>
    normalCdf(-scoreMax + (2 * scoreMax * knot) / (knots - 1)),
  );
  const values = probabilities.map((p) => Math.min(high, Math.max(low, distribution.quantile(p))));
  probabilities[0] = 0;
  probabilities[knots - 1] = 1;
  return { probabilities, values };
}

/** The other way round costs a search a knot, and each step of it a kernel a value or a long series. */
function knotsByValue(distribution: Distribution, { low, high }: TailBounds): Knots {
  const inner = Float64Array.from({ length: knots }, (_, knot) => low + ((high - low) * knot) / (knots - 1));
  // What lies beyond the bounds is brought to them.
  return {
    probabilities: Float64Array.from([0, ...inner.map((x) => distribution.cdf(x)), 1]),
    values: Float64Array.from([low, ...inner, high]),
  };
}

/** The largest distance between the distribution function and that of the values (Kolmogorov-Smirnov). */
export function distanceOf(marginal: NumberMarginal, sorted: Float64Array): number {
  const sample = spread(sorted, fitValuesMax);
  let largest = 0;
  sample.forEach((value, rank) => {
    const p = stretchOfNumber(marginal, value).high;
    largest = Math.max(largest, Math.abs(p - rank / sample.length), Math.abs(p - (rank + 1) / sample.length));
  });
  return largest;
}

function fit(name: ParametricName, values: Float64Array, bounds: TailBounds): Fitted {
  switch (name) {
    case 'norm': {
      const { mean: loc, sd: scale } = momentsOf(values);
      return { distribution: normal(loc, scale), parameters: { loc, scale } };
    }
    case 'beta': {
      const parameters = fitBeta(values);
      return { distribution: betaDistribution(parameters), parameters: { ...parameters } };
    }
    case 'gamma': {
      const parameters = fitGamma(values);
      return { distribution: gammaDistribution(parameters), parameters: { ...parameters } };
    }
    case 'truncnorm': {
      const parameters = fitTruncatedNormal(values, bounds);
      return { distribution: truncatedNormalDistribution(parameters), parameters: { ...parameters } };
    }
    case 'uniform': {
      // The public bounds, not the least and greatest value that somebody has.
      const [loc, scale] = [bounds.low, bounds.high - bounds.low];
      return { distribution: uniform(loc, scale), parameters: { loc, scale } };
    }
    case 'kde': {
      const kernels = spread(values, kernelsMax);
      const bandwidth = scottBandwidth(values);
      return { distribution: gaussianKde(kernels, bandwidth), parameters: { bandwidth } };
    }
  }
}

function normal(loc: number, scale: number): Distribution {
  return {
    cdf: (x) => normalCdf((x - loc) / scale),
    density: (x) => normalDensity((x - loc) / scale) / scale,
    quantile: (p) => loc + scale * normalQuantile(p),
  };
}

function uniform(loc: number, scale: number): Distribution {
  return {
    cdf: (x) => Math.min(1, Math.max(0, (x - loc) / scale)),
    density: (x) => (x >= loc && x <= loc + scale ? 1 / scale : 0),
    quantile: (p) => loc + p * scale,
  };
}

/** At most so many of the sorted values, at even ranks. */
function spread(sorted: Float64Array, countMax: number): Float64Array {
  if (sorted.length <= countMax) return sorted;
  return Float64Array.from(
    { length: countMax },
    (_, index) => sorted[Math.floor(((index + 0.5) * sorted.length) / countMax)] ?? NaN,
  );
}
