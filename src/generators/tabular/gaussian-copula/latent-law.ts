import { normalQuantile } from '../../../core/distributions/normal.js';
import { normalMass, truncatedNormalQuantile } from '../../../core/distributions/truncated-normal.js';
import { cholesky, permuted } from '../../../core/linear-algebra/cholesky.js';
import type { SquareMatrix } from '../../../core/linear-algebra/cholesky.js';
import type { Random } from '../../../core/random/random.js';
import type { Stretch } from './marginal.js';

/** Correlated standard normals, some of which lie between known ends. */
export interface LatentLaw {
  /** The restricted ones first; position i of the factor is latent `order[i]`. */
  readonly order: readonly number[];
  /** Lower triangle whose product with independent normals has the correlations, in `order`. */
  readonly factor: SquareMatrix;
  /** Ends of the restricted ones, in `order`. */
  readonly ends: readonly Stretch[];
  /** Inverse correlation of the restricted ones. */
  readonly precision: SquareMatrix;
}

/** @param stretches of probability, by the number of the latent */
export function latentLaw(correlation: SquareMatrix, stretches: ReadonlyMap<number, Stretch>): LatentLaw {
  const restricted = [...stretches.keys()];
  const others = Array.from({ length: correlation.size }, (_, latent) => latent).filter(
    (latent) => !stretches.has(latent),
  );
  const order = [...restricted, ...others];
  const factor = cholesky(permuted(correlation, order), 0);
  if (!factor) throw new RangeError('The correlations of a copula are not positive definite.');
  const ends = [...stretches.values()].map(({ low, high }) => ({
    low: low <= 0 ? -Infinity : normalQuantile(low),
    high: high >= 1 ? Infinity : normalQuantile(high),
  }));
  return { order, factor, ends, precision: inverseOfFirst(factor, ends.length) };
}

/** The inverse of the product of the first `size` rows of a factor with themselves. */
function inverseOfFirst({ size: width, values }: SquareMatrix, size: number): SquareMatrix {
  const at = (row: number, column: number): number => values[row * width + column] ?? 0;
  const inverse = new Float64Array(size * size); // Of the factor itself, lower triangle.
  for (let column = 0; column < size; column += 1)
    for (let row = column; row < size; row += 1) {
      let sum = row === column ? 1 : 0;
      for (let k = column; k < row; k += 1) sum -= at(row, k) * (inverse[k * size + column] ?? 0);
      inverse[row * size + column] = sum / at(row, row);
    }
  const product = new Float64Array(size * size);
  for (let row = 0; row < size; row += 1)
    for (let column = 0; column < size; column += 1)
      for (let k = Math.max(row, column); k < size; k += 1)
        product[row * size + column] =
          (product[row * size + column] ?? 0) +
          (inverse[k * size + row] ?? 0) * (inverse[k * size + column] ?? 0);
  return { size, values: product };
}

const trials = 64;

/** The probability that all restricted ones lie between their ends: Geweke, Hajivassiliou, Keane, by simulation. */
export function probabilityOf(law: LatentLaw, random: Random): number {
  if (law.ends.length === 0) return 1;
  let sum = 0;
  for (let trial = 0; trial < trials; trial += 1)
    sum += startInside(law, new Float64Array(law.factor.size), (place) => random.uniformAt(trial, place));
  return sum / trials;
}

/**
 * Independent normals, in `order`, whose product with the factor lies between the ends, one after the other.
 * @param normals gets those of the restricted ones
 * @returns the product of the probabilities of each, given those before it
 */
function startInside(
  { factor: { size, values }, ends }: LatentLaw,
  normals: Float64Array,
  uniform: (place: number) => number,
): number {
  let weight = 1;
  ends.forEach(({ low, high }, place) => {
    let mean = 0;
    for (let k = 0; k < place; k += 1) mean += (values[place * size + k] ?? 0) * (normals[k] ?? 0);
    const sd = values[place * size + place] ?? 1;
    const inside = { low: (low - mean) / sd, high: (high - mean) / sd };
    weight *= Math.max(0, normalMass(inside.low, inside.high));
    normals[place] = truncatedNormalQuantile(inside, uniform(place));
  });
  return weight;
}

/** Rounds of Gibbs sampling, which corrects for the order in which the ends were met. */
const sweeps = 12;

/**
 * Draws the independent normals of the restricted ones of one row, into the first places.
 * @param uniform of a draw by its number
 */
export function drawInside(law: LatentLaw, normals: Float64Array, uniform: (draw: number) => number): void {
  const { factor, ends, precision } = law;
  const count = ends.length;
  startInside(law, normals, uniform);
  if (count < 2) return;
  const latent = new Float64Array(count);
  for (let row = 0; row < count; row += 1)
    for (let k = 0; k <= row; k += 1)
      latent[row] = (latent[row] ?? 0) + (factor.values[row * factor.size + k] ?? 0) * (normals[k] ?? 0);
  for (let sweep = 1; sweep <= sweeps; sweep += 1)
    ends.forEach(({ low, high }, place) => {
      const own = precision.values[place * count + place] ?? 1;
      let sum = 0;
      for (let k = 0; k < count; k += 1)
        if (k !== place) sum += (precision.values[place * count + k] ?? 0) * (latent[k] ?? 0);
      const [mean, sd] = [-sum / own, 1 / Math.sqrt(own)];
      const inside = { low: (low - mean) / sd, high: (high - mean) / sd };
      latent[place] = mean + sd * truncatedNormalQuantile(inside, uniform(sweep * count + place));
    });
  for (let row = 0; row < count; row += 1) {
    let sum = latent[row] ?? 0;
    for (let k = 0; k < row; k += 1) sum -= (factor.values[row * factor.size + k] ?? 0) * (normals[k] ?? 0);
    normals[row] = sum / (factor.values[row * factor.size + row] ?? 1);
  }
}
