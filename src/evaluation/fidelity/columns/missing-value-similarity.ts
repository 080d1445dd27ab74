import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { missingCountOf, rowCountOf } from '../variable.js';
import type { Variable } from '../variable.js';

/** 1 less the difference of the shares of missing cells, 0 to 1; SDMetrics 0.29 MissingValueSimilarity. */
export function missingValueSimilarity(real: Variable, synthetic: Variable): Score {
  const [realRows, syntheticRows] = [rowCountOf(real), rowCountOf(synthetic)];
  if (realRows === 0 || syntheticRows === 0) return noScore('One of the columns has no row.');
  return {
    value: 1 - Math.abs(missingCountOf(real) / realRows - missingCountOf(synthetic) / syntheticRows),
  };
}
