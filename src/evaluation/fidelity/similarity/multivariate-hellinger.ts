import { averageRanks } from '../../../core/statistics/average-ranks.js';
import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { cholesky, logDeterminant } from '../linear/cholesky.js';
import type { SquareMatrix } from '../linear/cholesky.js';
import { pearson } from '../pairs/correlation.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { normalQuantile } from './normal-quantile.js';

/** Added to the diagonal, so that columns that repeat one another do not make a matrix without an inverse. */
const ridge = 0.01;

/**
 * Hellinger distance, 0 (alike) to 1, of the Gaussian copulas of both tables: the best utility measure of El Emam et
 * al. 2022 (JMIR Medical Informatics) to rank generators for logistic models. Values become normal scores of their
 * ranks; a category's rank is its place in order of its real frequency. It sees dependence only, and no marginal.
 */
export function multivariateHellinger(variables: readonly ComparedVariable[]): Score {
  const scores = variables.flatMap((variable) => {
    const [real, synthetic] = [normalScores(variable, 'real'), normalScores(variable, 'synthetic')];
    return real && synthetic ? [{ real, synthetic }] : [];
  });
  if (scores.length < 2) return noScore('Fewer than two columns vary in both tables.');
  const real = correlationMatrix(scores.map((one) => one.real));
  const synthetic = correlationMatrix(scores.map((one) => one.synthetic));
  const cells = real.cells.map((cell, at) => (cell + (synthetic.cells[at] ?? 0)) / 2);
  const factors = [real, synthetic, { size: real.size, cells }].map(cholesky);
  const [first, second, middle] = factors.map((factor) => (factor ? logDeterminant(factor) : NaN));
  const affinity = Math.exp(((first ?? NaN) + (second ?? NaN)) / 4 - (middle ?? NaN) / 2);
  return scoreOf(
    Math.sqrt(Math.max(0, 1 - affinity)),
    'The correlations do not make up a matrix of a normal distribution.',
  );
}

/** Null when the column does not vary. */
function normalScores(variable: ComparedVariable, side: 'real' | 'synthetic'): Float64Array | null {
  const values = variable.kind === 'continuous' ? variable[side].values : frequencyPlaces(variable, side);
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length < 2 || present.every((value) => value === present[0])) return null;
  const ranks = averageRanks(present);
  const scored = new Float64Array(values.length);
  let at = 0;
  for (let row = 0; row < values.length; row += 1) {
    if (Number.isNaN(values[row] ?? NaN)) continue; // The middle score, 0, for what is missing.
    scored[row] = normalQuantile((ranks[at] ?? 1) / (present.length + 1));
    at += 1;
  }
  return scored;
}

function frequencyPlaces(
  { codes }: Extract<ComparedVariable, { kind: 'discrete' }>,
  side: 'real' | 'synthetic',
): Float64Array {
  const counts = new Float64Array(codes.real.size);
  for (const code of codes.real.codes) counts[code] = (counts[code] ?? 0) + 1;
  const places = new Float64Array(counts.length);
  [...counts.keys()]
    .sort((one, other) => (counts[other] ?? 0) - (counts[one] ?? 0) || one - other)
    .forEach((code, place) => (places[code] = place));
  return Float64Array.from(codes[side].codes, (code) => places[code] ?? 0);
}

function correlationMatrix(columns: readonly Float64Array[]): SquareMatrix {
  const size = columns.length;
  const cells = new Float64Array(size * size);
  columns.forEach((first, row) => {
    cells[row * size + row] = 1 + ridge;
    columns.slice(0, row).forEach((second, column) => {
      const r = pearson(first, second);
      cells[row * size + column] = r;
      cells[column * size + row] = r;
    });
  });
  return { size, cells };
}
