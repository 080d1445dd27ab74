import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { missingCountOf, rangeOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';

/**
 * Share, 0 to 1, of synthetic cells within the real minimum and maximum; SDMetrics 0.29 BoundaryAdherence. Missing
 * synthetic cells are left out when the real column has missing cells too, and count as outside when it has none. A real
 * column without a value has nothing within its boundaries: 0.
 */
export function boundaryAdherence(real: ContinuousVariable, synthetic: ContinuousVariable): Score {
  const range = rangeOf(real) ?? { low: Infinity, high: -Infinity };
  let inside = 0;
  for (const value of synthetic.values) inside += value >= range.low && value <= range.high ? 1 : 0;
  const missing = missingCountOf(real) > 0 ? missingCountOf(synthetic) : 0;
  const rows = synthetic.values.length - missing;
  return rows === 0 ? noScore('The synthetic column has no value.') : { value: inside / rows };
}
