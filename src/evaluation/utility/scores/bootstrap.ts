import type { Random } from '../../../core/random/random.js';
import type { Interval } from '../../check.js';
import type { Score } from '../../score.js';
import { scoreOf } from '../../score.js';

const replicates = 200;
const level = 0.95;
/** With fewer replicates that have the figure (a class may be drawn away) an interval would say too much. */
const replicatesMin = 100;

/** Weights of rows drawn with replacement, one set a replicate; the same for every figure, so that differences pair. */
export function bootstrapWeights(rowCount: number, random: Random): Float64Array[] {
  return Array.from({ length: rowCount === 0 ? 0 : replicates }, (_, replicate) => {
    const stream = random.fork(`replicate ${replicate}`);
    const weights = new Float64Array(rowCount);
    for (let draw = 0; draw < rowCount; draw += 1) {
      const row = stream.integerBelow(rowCount);
      weights[row] = (weights[row] ?? 0) + 1;
    }
    return weights;
  });
}

/** A figure with the middle 95 % of its replicates (Efron's percentile interval), or why there is none. */
export function bootstrapScore(value: number, replicated: readonly number[], reason: string): Score {
  const score = scoreOf(value, reason);
  const sorted = replicated.filter((one) => Number.isFinite(one)).sort((one, other) => one - other);
  if (score.value === null || sorted.length < replicatesMin) return score;
  const at = (share: number): number => sorted[Math.round(share * (sorted.length - 1))] ?? NaN;
  const interval: Interval = { low: at((1 - level) / 2), high: at((1 + level) / 2), level };
  return { ...score, interval };
}
