import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { codeCounts } from '../variable.js';
import type { DiscreteVariable } from '../variable.js';

/** Share, 0 to 1, of the real categories that the synthetic column has too; SDMetrics 0.29 CategoryCoverage. */
export function categoryCoverage(real: DiscreteVariable, synthetic: DiscreteVariable): Score {
  const realCategories = categoriesOf(real);
  if (realCategories.length === 0)
    return noScore('The real column has no value, so there is nothing to cover.');
  const found = new Set(categoriesOf(synthetic));
  const covered = realCategories.filter((category) => found.has(category)).length;
  return { value: covered / realCategories.length };
}

/** The categories that occur. */
export function categoriesOf(variable: DiscreteVariable): string[] {
  const counts = codeCounts(variable);
  return variable.dictionary.filter((_, code) => (counts[code] ?? 0) > 0);
}
