import { normalQuantile } from '../distributions/normal.js';
import type { Random } from './random.js';

/** Equally likely values of a law: its quantiles at the middles of so many even steps. */
const steps = 0x1_0000;

const tableOf = (quantile: (p: number) => number): Float32Array =>
  Float32Array.from({ length: steps }, (_, step) => quantile((step + 0.5) / steps));

/** Reaches 4.3 standard deviations. */
const normals = tableOf(normalQuantile);
/** The law of -log(-log(uniform)), which turns the greatest of logits into a draw by their softmax. */
const gumbels = tableOf((p) => -Math.log(-Math.log(p)));

/**
 * Noise for networks, by the running sequence: from tables of 65,536 values, as training takes a hundred thousand a step
 * and needs no finer ones.
 */
export const normalNoise = (random: Random, size: number): Float32Array => noise(normals, random, size);
export const gumbelNoise = (random: Random, size: number): Float32Array => noise(gumbels, random, size);

function noise(table: Float32Array, random: Random, size: number): Float32Array {
  const halves = new Uint16Array(size);
  random.fillHalves(halves);
  const values = new Float32Array(size);
  for (let at = 0; at < size; at += 1) values[at] = table[halves[at] ?? 0] ?? 0;
  return values;
}
