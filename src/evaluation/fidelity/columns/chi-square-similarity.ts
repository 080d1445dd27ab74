import { chiSquareTail } from '../../../core/statistics/gamma.js';
import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { codeCounts } from '../variable.js';
import type { DiscreteVariable } from '../variable.js';
import { countsByCategory } from './shape.js';

/** What SDMetrics takes for the real count of a category that only the synthetic column has. */
const unseenCount = 1e-6;

/**
 * SDMetrics 0.29 CSTest: the p-value of a chi-square test on shares. It takes shares for counts, so it is near 1 for
 * almost any column without an unseen category: kept to compare with other reports, and never shown as evidence.
 */
export function chiSquareSimilarity(real: DiscreteVariable, synthetic: DiscreteVariable): Score {
  const wanted = countsWithMissing(real);
  const found = countsWithMissing(synthetic);
  if (wanted.size === 0 || found.size === 0) return noScore('One of the columns has no row.');
  for (const category of found.keys()) if (!wanted.has(category)) wanted.set(category, unseenCount);
  if (wanted.size === 1) return { value: 1 };
  const total = (counts: ReadonlyMap<string | null, number>): number =>
    [...counts.values()].reduce((sum, count) => sum + count, 0);
  const [wantedTotal, foundTotal] = [total(wanted), total(found)];
  let statistic = 0;
  for (const [category, count] of wanted) {
    const expected = count / wantedTotal;
    statistic += ((found.get(category) ?? 0) / foundTotal - expected) ** 2 / expected;
  }
  return scoreOf(chiSquareTail(statistic, wanted.size - 1));
}

/** Missing cells are one more category, named null. */
function countsWithMissing(variable: DiscreteVariable): Map<string | null, number> {
  const counts = new Map<string | null, number>(countsByCategory(variable));
  const missing = codeCounts(variable).at(-1) ?? 0;
  if (missing > 0) counts.set(null, missing);
  return counts;
}
