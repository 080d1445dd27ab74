import { ksComplement } from '../../../core/statistics/ks-complement.js';
import { tvComplement } from '../../../core/statistics/tv-complement.js';
import { scoreOf } from '../../score.js';
import type { Score } from '../../score.js';
import { codeCounts, presentOf } from '../variable.js';
import type { DiscreteVariable, Variable } from '../variable.js';

/** KSComplement of continuous, TVComplement of discrete variables: 1 is the same distribution, 0 nothing in common. */
export function shapeSimilarity(real: Variable, synthetic: Variable): Score {
  const reason = 'One of the columns has no value.';
  if (real.kind === 'continuous' && synthetic.kind === 'continuous')
    return scoreOf(ksComplement(presentOf(real), presentOf(synthetic)), reason);
  if (real.kind === 'discrete' && synthetic.kind === 'discrete')
    return scoreOf(tvComplement(countsByCategory(real), countsByCategory(synthetic)), reason);
  return { value: null, reason: 'The column is of another kind in the two tables.' };
}

/** Categories that occur, with their counts. */
export function countsByCategory(variable: DiscreteVariable): Map<string, number> {
  const counts = codeCounts(variable);
  const found = new Map<string, number>();
  variable.dictionary.forEach((category, code) => {
    const count = counts[code] ?? 0;
    if (count > 0) found.set(category, count);
  });
  return found;
}
