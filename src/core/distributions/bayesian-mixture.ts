import { digamma } from './digamma.js';
import { logGamma } from './log-gamma.js';

/** Normal components of one variable, the heaviest not necessarily first. */
export interface NormalMixture {
  /** Add up to 1. */
  readonly weights: Float64Array;
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

export interface MixtureSettings {
  readonly components: number;
  /** Concentration of the Dirichlet process: the smaller, the fewer components keep weight. */
  readonly concentration: number;
  readonly roundsMax: number;
  /** Change of the lower bound that ends the rounds. */
  readonly tolerance: number;
}

/** Distinct numbers, ascending, and how many times each stands in the data. */
export interface WeightedValues {
  readonly values: Float64Array;
  readonly counts: Float64Array;
}

/** Added to every variance, as values are expected on about the scale of 1. */
const varianceMin = 1e-6;
const countMin = 10 * Number.EPSILON;
const meanPrecisionPrior = 1;
const freedomPrior = 1;

/** The variational posterior: of each component its stick (Beta a, b), mean (normal) and precision (Wishart). */
interface Posterior {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly means: Float64Array;
  readonly meanPrecisions: Float64Array;
  readonly freedoms: Float64Array;
  readonly variances: Float64Array;
}

/**
 * Variational inference of a mixture of normals under a Dirichlet process, truncated at `components` (Blei and Jordan
 * 2006, "Variational inference for Dirichlet process mixtures"; Bishop 2006, 10.2, for means and precisions). Starts from
 * k-means whose centres start at even quantiles, so that nothing is random.
 */
export function fitBayesianMixture(data: WeightedValues, settings: MixtureSettings): NormalMixture {
  const prior = priorOf(data);
  const shares = startingShares(data, settings.components);
  let posterior = maximise(data, shares, { prior, settings });
  let bound = -Infinity;
  for (let round = 0; round < settings.roundsMax; round += 1) {
    const entropy = expect(data, posterior, shares);
    posterior = maximise(data, shares, { prior, settings });
    const next = lowerBound(posterior, entropy);
    if (Math.abs(next - bound) < settings.tolerance) break;
    bound = next;
  }
  return {
    weights: meanWeights(posterior),
    means: posterior.means,
    deviations: posterior.variances.map(Math.sqrt),
  };
}

interface Prior {
  readonly mean: number;
  readonly variance: number;
}

function priorOf({ values, counts }: WeightedValues): Prior {
  let rows = 0;
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) {
    rows += counts[at] ?? 0;
    sum += (counts[at] ?? 0) * (values[at] ?? 0);
  }
  const mean = sum / rows;
  let squares = 0;
  for (let at = 0; at < values.length; at += 1)
    squares += (counts[at] ?? 0) * ((values[at] ?? 0) - mean) ** 2;
  return { mean, variance: squares / Math.max(1, rows - 1) };
}

/** Shares of each value (row) in each component (column): here 1 or 0. */
function startingShares(data: WeightedValues, components: number): Float64Array {
  const { values } = data;
  const centres = kMeans(data, components);
  const shares = new Float64Array(values.length * components);
  for (let at = 0; at < values.length; at += 1)
    shares[at * components + nearestCentre(centres, values[at] ?? 0)] = 1;
  return shares;
}

const kMeansRounds = 100;

function kMeans(data: WeightedValues, size: number): Float64Array {
  let centres = evenQuantiles(data, size);
  for (let round = 0; round < kMeansRounds; round += 1) {
    const moved = movedCentres(data, centres);
    if (moved.every((centre, at) => centre === centres[at])) break;
    centres = moved;
  }
  return centres;
}

/** Lloyd's step; a centre without values stays where it is. */
function movedCentres({ values, counts }: WeightedValues, centres: Float64Array): Float64Array {
  const sums = new Float64Array(centres.length);
  const rows = new Float64Array(centres.length);
  for (let at = 0; at < values.length; at += 1) {
    const centre = nearestCentre(centres, values[at] ?? 0);
    rows[centre] = (rows[centre] ?? 0) + (counts[at] ?? 0);
    sums[centre] = (sums[centre] ?? 0) + (counts[at] ?? 0) * (values[at] ?? 0);
  }
  return centres.map((centre, at) => ((rows[at] ?? 0) > 0 ? (sums[at] ?? 0) / (rows[at] ?? 1) : centre));
}

function evenQuantiles({ values, counts }: WeightedValues, size: number): Float64Array {
  const rows = counts.reduce((sum, count) => sum + count, 0);
  const centres = new Float64Array(size);
  let passed = 0;
  let next = 0;
  for (let at = 0; at < values.length && next < size; at += 1) {
    passed += counts[at] ?? 0;
    while (next < size && passed >= ((next + 0.5) / size) * rows) {
      centres[next] = values[at] ?? 0;
      next += 1;
    }
  }
  return centres;
}

function nearestCentre(centres: Float64Array, value: number): number {
  let best = 0;
  for (let at = 1; at < centres.length; at += 1)
    if (Math.abs((centres[at] ?? 0) - value) < Math.abs((centres[best] ?? 0) - value)) best = at;
  return best;
}

/** The posterior given the shares. */
function maximise(
  { values, counts }: WeightedValues,
  shares: Float64Array,
  { prior, settings }: { readonly prior: Prior; readonly settings: MixtureSettings },
): Posterior {
  const size = settings.components;
  const rows = new Float64Array(size).fill(countMin);
  const sums = new Float64Array(size);
  const squares = new Float64Array(size);
  for (let at = 0; at < values.length; at += 1)
    for (let k = 0; k < size; k += 1) {
      const share = (shares[at * size + k] ?? 0) * (counts[at] ?? 0);
      rows[k] = (rows[k] ?? 0) + share;
      sums[k] = (sums[k] ?? 0) + share * (values[at] ?? 0);
    }
  const centres = sums.map((sum, k) => sum / (rows[k] ?? 1));
  for (let at = 0; at < values.length; at += 1)
    for (let k = 0; k < size; k += 1) {
      const share = (shares[at * size + k] ?? 0) * (counts[at] ?? 0);
      squares[k] = (squares[k] ?? 0) + share * ((values[at] ?? 0) - (centres[k] ?? 0)) ** 2;
    }
  const meanPrecisions = rows.map((count) => meanPrecisionPrior + count);
  const freedoms = rows.map((count) => freedomPrior + count);
  const variances = rows.map((count, k) => {
    const within = (squares[k] ?? 0) + count * varianceMin;
    const offCentre =
      ((count * meanPrecisionPrior) / (meanPrecisionPrior + count)) * ((centres[k] ?? 0) - prior.mean) ** 2;
    return (prior.variance + within + offCentre) / (freedomPrior + count);
  });
  const means = centres.map(
    (centre, k) => (meanPrecisionPrior * prior.mean + (rows[k] ?? 0) * centre) / (meanPrecisions[k] ?? 1),
  );
  return { ...sticksOf(rows, settings.concentration), means, meanPrecisions, freedoms, variances };
}

/** The sticks: what a component takes, and what all behind it take. */
function sticksOf(rows: Float64Array, concentration: number): Pick<Posterior, 'a' | 'b'> {
  let behind = 0;
  const b = new Float64Array(rows.length);
  for (let k = rows.length - 1; k >= 0; k -= 1) {
    b[k] = concentration + behind;
    behind += rows[k] ?? 0;
  }
  return { a: rows.map((count) => 1 + count), b };
}

/** Replaces the shares by those that the posterior expects. @returns their entropy */
function expect({ values, counts }: WeightedValues, posterior: Posterior, shares: Float64Array): number {
  const size = posterior.means.length;
  const { means, variances } = posterior;
  const constants = expectedConstants(posterior);
  const precisions = variances.map((variance) => 0.5 / variance);
  const logs = new Float64Array(size);
  let entropy = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] ?? 0;
    let greatest = -Infinity;
    for (let k = 0; k < size; k += 1) {
      const distance = value - (means[k] ?? 0);
      const log = (constants[k] ?? 0) - distance * distance * (precisions[k] ?? 0);
      logs[k] = log;
      if (log > greatest) greatest = log;
    }
    let sum = 0;
    let weighted = 0;
    for (let k = 0; k < size; k += 1) {
      const log = (logs[k] ?? 0) - greatest;
      const power = Math.exp(log);
      shares[at * size + k] = power;
      sum += power;
      weighted += power * log;
    }
    for (let k = 0; k < size; k += 1) shares[at * size + k] = (shares[at * size + k] ?? 0) / sum;
    entropy += (counts[at] ?? 0) * (Math.log(sum) - weighted / sum);
  }
  return entropy;
}

/** Expected log weight and log density of each component, but for the distance of the value. */
function expectedConstants({ a, b, meanPrecisions, freedoms, variances }: Posterior): Float64Array {
  let before = 0;
  return a.map((one, k) => {
    const [other, freedom] = [b[k] ?? 0, freedoms[k] ?? 0];
    const both = digamma(one + other);
    const logWeight = digamma(one) - both + before;
    before += digamma(other) - both;
    const logPrecision = Math.log(2 / freedom) + digamma(freedom / 2) - Math.log(variances[k] ?? 1);
    return logWeight + 0.5 * (logPrecision - 1 / (meanPrecisions[k] ?? 1) - Math.log(2 * Math.PI));
  });
}

/** The evidence lower bound but for constants. */
function lowerBound({ a, b, meanPrecisions, freedoms, variances }: Posterior, entropy: number): number {
  let bound = entropy;
  for (const [k, freedom] of freedoms.entries()) {
    const halfLogPrecision = -0.5 * (Math.log(variances[k] ?? 1) + Math.log(freedom));
    const logWishart = -(freedom * halfLogPrecision + freedom * 0.5 * Math.LN2 + logGamma(freedom / 2));
    const [one, other] = [a[k] ?? 0, b[k] ?? 0];
    const logBeta = logGamma(one) + logGamma(other) - logGamma(one + other);
    bound += logBeta - logWishart - 0.5 * Math.log(meanPrecisions[k] ?? 1);
  }
  return bound;
}

function meanWeights({ a, b }: Posterior): Float64Array {
  let left = 1;
  const weights = a.map((one, k) => {
    const share = one / (one + (b[k] ?? 0));
    const weight = share * left;
    left *= 1 - share;
    return weight;
  });
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}
