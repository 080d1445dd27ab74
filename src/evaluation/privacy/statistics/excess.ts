import type { Interval } from '../../check.js';
import { errorsWide, intervalLevel } from './levels.js';
import { mean, variance } from './rank-curve.js';

/** How much more often something holds for the training rows than for rows held out. */
export interface Excess {
  readonly train: number;
  readonly holdout: number;
  /** train - holdout. */
  readonly difference: number;
  readonly interval: Interval;
}

/**
 * The difference of two means with Welch's standard error. Given the candidate, training and held-out rows are
 * independent draws, so without memorising the difference is chance alone. `looks`: among how many the worst is picked.
 */
export function excessOf(train: Float64Array, holdout: Float64Array, looks = 1): Excess {
  const [left, right] = [mean(train), mean(holdout)];
  const error = Math.sqrt(variance(train) / train.length + variance(holdout) / holdout.length);
  const difference = left - right;
  const width = errorsWide(looks) * error;
  const interval = { low: difference - width, high: difference + width, level: intervalLevel };
  return { train: left, holdout: right, difference, interval };
}
