import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { rangeOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';

/** How much of the real range, 0 to 1, lies within the synthetic one; SDMetrics 0.29 RangeCoverage. */
export function rangeCoverage(real: ContinuousVariable, synthetic: ContinuousVariable): Score {
  const [wanted, found] = [rangeOf(real), rangeOf(synthetic)];
  if (wanted === null || found === null) return noScore('One of the columns has no value.');
  const width = wanted.high - wanted.low;
  if (width === 0) return noScore('The real column is constant, so it has no range to cover.');
  const below = Math.max(0, (found.low - wanted.low) / width);
  const above = Math.max(0, (wanted.high - found.high) / width);
  return scoreOf(Math.max(0, 1 - (below + above)));
}
