import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { rangeOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';
import { averageRanks } from '../../../core/statistics/average-ranks.js';

export type Coefficient = 'Pearson' | 'Spearman';

export interface CorrelationComparison {
  /** 1 less half the difference of the coefficients, 0 to 1. */
  readonly score: Score;
  /** NaN where a table has none. */
  readonly real: number;
  readonly synthetic: number;
}

export interface PairOf<Kind> {
  readonly first: Kind;
  readonly second: Kind;
}

/**
 * SDMetrics 0.29 CorrelationSimilarity without its threshold. Each table leaves out the rows where either cell is
 * missing; a constant column has no correlation.
 */
export function correlationSimilarity(
  coefficient: Coefficient,
  real: PairOf<ContinuousVariable>,
  synthetic: PairOf<ContinuousVariable>,
): CorrelationComparison {
  const correlate = coefficient === 'Pearson' ? pearson : spearman;
  const compared = {
    real: correlate(real.first.values, real.second.values),
    synthetic: correlate(synthetic.first.values, synthetic.second.values),
  };
  for (const [table, pair] of Object.entries({ real, synthetic })) {
    if (isConstant(pair.first) || isConstant(pair.second))
      return { ...compared, score: noScore(`A ${table} column of the pair is constant or empty.`) };
  }
  const score = 1 - Math.abs(compared.real - compared.synthetic) / 2;
  return { ...compared, score: scoreOf(score, 'The rows without missing cells do not vary.') };
}

function isConstant(variable: ContinuousVariable): boolean {
  const range = rangeOf(variable);
  return range === null || range.low === range.high;
}

/** Pearson's r of the rows where both are numbers, in [-1, 1]; NaN when fewer than two vary. */
export function pearson(left: Float64Array, right: Float64Array): number {
  let count = 0;
  let leftMean = 0;
  let rightMean = 0;
  const rows = left.length;
  for (let row = 0; row < rows; row += 1) {
    const x = left[row] ?? NaN;
    const y = right[row] ?? NaN;
    if (x !== x || y !== y) continue;
    count += 1;
    leftMean += x;
    rightMean += y;
  }
  leftMean /= count;
  rightMean /= count;
  let leftSquares = 0;
  let rightSquares = 0;
  let products = 0;
  for (let row = 0; row < rows; row += 1) {
    const x = (left[row] ?? NaN) - leftMean;
    const y = (right[row] ?? NaN) - rightMean;
    if (x !== x || y !== y) continue;
    leftSquares += x * x;
    rightSquares += y * y;
    products += x * y;
  }
  const r = products / Math.sqrt(leftSquares) / Math.sqrt(rightSquares);
  return Math.max(-1, Math.min(1, r));
}

/** Spearman's rho: Pearson's r of the average ranks among the rows where both are numbers. */
function spearman(left: Float64Array, right: Float64Array): number {
  const rows: number[] = [];
  left.forEach((value, row) => {
    if (!Number.isNaN(value) && !Number.isNaN(right[row])) rows.push(row);
  });
  const ranksOf = (values: Float64Array): Float64Array =>
    averageRanks(Float64Array.from(rows, (row) => values[row] ?? NaN));
  return pearson(ranksOf(left), ranksOf(right));
}
