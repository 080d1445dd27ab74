import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { statisticOf } from '../../fidelity/columns/statistic-similarity.js';

/**
 * SDMetrics 0.29 DCROverfittingProtection, 0 to 1: 1 when at most half of the synthetic records are closer to the
 * training records than to the holdout. Takes the distances of the same records to both.
 */
export function overfittingProtection(toTraining: Float64Array, toHoldout: Float64Array): Score {
  if (toTraining.length === 0) return noScore('There is no synthetic record.');
  return scoreOf(Math.min(1, 2 * (1 - closerToTraining(toTraining, toHoldout))));
}

/** Share of records strictly closer to the training records; a tie counts for the holdout, so a copy of both does not. */
export function closerToTraining(toTraining: Float64Array, toHoldout: Float64Array): number {
  const closer = toTraining.filter((distance, row) => distance < (toHoldout[row] ?? Infinity)).length;
  return closer / toTraining.length;
}

/**
 * SDMetrics 0.29 DCRBaselineProtection, 0 to 1: the median distance of the synthetic records to the real ones over that
 * of records drawn at random within the real ranges.
 */
export function baselineProtection(synthetic: Float64Array, random: Float64Array): Score {
  const baseline = statisticOf('median', random);
  if (baseline === 0) return noScore('Records drawn at random lie on real records too.');
  const score = Math.min(1, statisticOf('median', synthetic) / baseline);
  return scoreOf(score, 'There is no record to compare.');
}
