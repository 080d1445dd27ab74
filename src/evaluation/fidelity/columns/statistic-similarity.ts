import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { presentOf, rangeOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';

export type Statistic = 'mean' | 'median' | 'std';

export interface StatisticComparison {
  readonly score: Score;
  /** NaN when there are too few values. */
  readonly real: number;
  readonly synthetic: number;
}

/**
 * 1 less the difference of one statistic in units of the real range, not below 0; SDMetrics 0.29 StatisticSimilarity.
 * The standard deviation divides by n - 1.
 */
export function statisticSimilarity(
  statistic: Statistic,
  real: ContinuousVariable,
  synthetic: ContinuousVariable,
): StatisticComparison {
  const [before, after] = [
    statisticOf(statistic, presentOf(real)),
    statisticOf(statistic, presentOf(synthetic)),
  ];
  const range = rangeOf(real);
  const compared = { real: before, synthetic: after };
  if (range === null) return { ...compared, score: noScore('The real column has no value.') };
  if (range.low === range.high) return { ...compared, score: noScore('The real column is constant.') };
  const score = Math.max(0, 1 - Math.abs(before - after) / (range.high - range.low));
  return { ...compared, score: scoreOf(score, 'The synthetic column has too few values.') };
}

/** NaN where there are too few values for the statistic. */
export function statisticOf(statistic: Statistic, values: Float64Array): number {
  switch (statistic) {
    case 'mean':
      return meanOf(values);
    case 'median':
      return medianOf(values);
    case 'std':
      return standardDeviationOf(values);
  }
}

/** NaN of none. */
export function meanOf(values: Float64Array): number {
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
}

function medianOf(values: Float64Array): number {
  const sorted = values.slice().sort();
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? NaN;
  return ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}

/** Divides by n - 1; NaN of fewer than two values. */
export function standardDeviationOf(values: Float64Array): number {
  if (values.length < 2) return NaN;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return Math.sqrt(squares / (values.length - 1));
}
