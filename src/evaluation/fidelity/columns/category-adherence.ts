import { noScore } from '../../score.js';
import type { Score } from '../../score.js';
import { codeCounts } from '../variable.js';
import type { DiscreteVariable } from '../variable.js';

/**
 * Share, 0 to 1, of synthetic cells whose category the real column has; SDMetrics 0.29 CategoryAdherence. "Missing" is
 * one more category.
 */
export function categoryAdherence(real: DiscreteVariable, synthetic: DiscreteVariable): Score {
  const rows = synthetic.codes.length;
  if (rows === 0) return noScore('The synthetic column has no row.');
  const realCounts = codeCounts(real);
  const known = new Set(real.dictionary.filter((_, code) => (realCounts[code] ?? 0) > 0));
  const counts = codeCounts(synthetic);
  let adherent = (realCounts.at(-1) ?? 0) > 0 ? (counts.at(-1) ?? 0) : 0;
  synthetic.dictionary.forEach((category, code) => {
    if (known.has(category)) adherent += counts[code] ?? 0;
  });
  return { value: adherent / rows };
}
