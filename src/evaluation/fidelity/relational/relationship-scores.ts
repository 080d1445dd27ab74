import { ksComplement } from '../../../core/statistics/ks-complement.js';
import { noScore, scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { statisticSimilarity } from '../columns/statistic-similarity.js';
import type { Statistic, StatisticComparison } from '../columns/statistic-similarity.js';
import { childCounts } from './relationship-keys.js';
import type { RelationshipKeys } from './relationship-keys.js';

/** KSComplement of the children per parent, 0 to 1; SDMetrics 0.29 CardinalityShapeSimilarity. */
export function cardinalityShapeSimilarity(real: RelationshipKeys, synthetic: RelationshipKeys): Score {
  return scoreOf(
    ksComplement(childCounts(real), childCounts(synthetic)),
    'One of the parent tables has no row.',
  );
}

/** One statistic of the children per parent; SDMetrics 0.29 CardinalityStatisticSimilarity. */
export function cardinalityStatisticSimilarity(
  statistic: Statistic,
  real: RelationshipKeys,
  synthetic: RelationshipKeys,
): StatisticComparison {
  const counts = (keys: RelationshipKeys): { kind: 'continuous'; values: Float64Array } => ({
    kind: 'continuous',
    values: childCounts(keys),
  });
  return statisticSimilarity(statistic, counts(real), counts(synthetic));
}

/** Share of synthetic parents whose number of children occurs between the real extremes; CardinalityBoundaryAdherence. */
export function cardinalityBoundaryAdherence(real: RelationshipKeys, synthetic: RelationshipKeys): Score {
  const wanted = childCounts(real);
  const found = childCounts(synthetic);
  if (wanted.length === 0 || found.length === 0) return noScore('One of the parent tables has no row.');
  const low = wanted.reduce((least, count) => Math.min(least, count), Infinity);
  const high = wanted.reduce((most, count) => Math.max(most, count), 0);
  const inside = found.filter((count) => count >= low && count <= high).length;
  return { value: inside / found.length };
}

/**
 * Share of synthetic foreign keys that name a synthetic parent; SDMetrics 0.29 ReferentialIntegrity. A missing foreign
 * key is left out when the real table has missing ones too, and counts as broken when it has none.
 */
export function referentialIntegrity(real: RelationshipKeys, synthetic: RelationshipKeys): Score {
  const known = new Set(synthetic.parents.filter((key) => key !== null));
  const mayBeMissing = real.children.includes(null);
  const judged = mayBeMissing ? synthetic.children.filter((key) => key !== null) : synthetic.children;
  if (judged.length === 0) return noScore('The synthetic child table has no foreign key.');
  return { value: judged.filter((key) => key !== null && known.has(key)).length / judged.length };
}
