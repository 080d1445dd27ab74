import { normalDensity, normalQuantile } from '../../../core/distributions/normal.js';
import { stretchOfCode, stretchOfNumber } from './marginal.js';
import type { CategoryMarginal, Marginal, NumberMarginal, Stretch } from './marginal.js';

/** Probabilities this near to 0 or 1 are brought in, so that a score stays finite: that of single-precision floats. */
const nearest = 2 ** -23;

/** The standard normal that a value of probability p stands for. */
export function normalScore(p: number): number {
  return normalQuantile(Math.min(1 - nearest, Math.max(nearest, p)));
}

/** The mean of a standard normal within a stretch of probability; for tied values, which share one. */
function meanScore({ low, high }: Stretch): number {
  if (high - low < nearest) return normalScore((low + high) / 2);
  const density = (p: number): number => (p <= 0 || p >= 1 ? 0 : normalDensity(normalQuantile(p)));
  return (density(low) - density(high)) / (high - low);
}

/** The score of each of the values (numbers, or codes of categories); NaN stays so. */
export function normalScores(marginal: Marginal, values: Float64Array): Float64Array {
  const known = new Map<number, number>();
  return values.map((value) => {
    if (Number.isNaN(value) || marginal.kind === 'none') return NaN;
    let score = known.get(value);
    if (score === undefined) {
      score = meanScore(
        marginal.kind === 'numbers' ? stretchOfNumber(marginal, value) : stretchOfCode(marginal, value),
      );
      known.set(value, score);
    }
    return score;
  });
}

const terms = 60;

/**
 * What ties do to a column: the coefficients, in orthonormal Hermite polynomials from the first on, of the score that
 * a normal gets when it is rounded as the column rounds it. Those of a column without ties are 1, 0, 0, ...
 */
export function tieCoefficients(marginal: Marginal): Float64Array {
  const coefficients = new Float64Array(terms);
  coefficients[0] = 1;
  for (const { low, high, score } of marginal.kind === 'none' ? [] : tiedStretches(marginal)) {
    const start = boundary(low);
    const end = boundary(high);
    // The integral of the n-th polynomial over the stretch, weighted by the normal density.
    const over = (n: number): number =>
      n === 0 ? high - low : ((start[n - 1] ?? 0) - (end[n - 1] ?? 0)) / Math.sqrt(n);
    for (let n = 1; n <= terms; n += 1) {
      const untied = Math.sqrt(n + 1) * over(n + 1) + Math.sqrt(n) * over(n - 1);
      coefficients[n - 1] = (coefficients[n - 1] ?? 0) + score * over(n) - untied;
    }
  }
  return coefficients;
}

/** The first orthonormal Hermite polynomials, from that of degree 0 on, times the normal density, at a probability. */
function boundary(p: number): Float64Array {
  const values = new Float64Array(terms + 1);
  if (p <= 0 || p >= 1) return values;
  const z = normalQuantile(p);
  let [before, current] = [0, normalDensity(z)];
  for (let n = 0; n <= terms; n += 1) {
    values[n] = current;
    [before, current] = [current, (z * current - Math.sqrt(n) * before) / Math.sqrt(n + 1)];
  }
  return values;
}

function tiedStretches(marginal: NumberMarginal | CategoryMarginal): (Stretch & { score: number })[] {
  const stretches =
    marginal.kind === 'categories'
      ? Array.from(marginal.order, (code) => stretchOfCode(marginal, code))
      : commonStretches(marginal);
  return stretches.map((stretch) => ({ ...stretch, score: meanScore(stretch) }));
}

function commonStretches(marginal: NumberMarginal): Stretch[] {
  const common = new Set<number>();
  marginal.values.forEach((value, knot) => {
    if (knot > 0 && marginal.values[knot - 1] === value) common.add(value);
  });
  return [...common].map((value) => stretchOfNumber(marginal, value));
}
