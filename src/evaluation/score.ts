/** A figure, or why there is none. Never NaN and never infinite. */
export type Score = ComputedScore | MissingScore;

interface ComputedScore {
  readonly value: number;
  readonly interval?: ScoreInterval;
}

export interface MissingScore {
  readonly value: null;
  /** A sentence for people; it holds no source value. */
  readonly reason: string;
  /** The question does not arise: relationships of one table, correlations of one number. */
  readonly isApplicable?: false;
}

export interface ScoreInterval {
  readonly low: number;
  readonly high: number;
  /** Share of such intervals that hold the true figure, for example 0.95. */
  readonly level: number;
}

/** A number that is no number becomes a missing score with this reason. */
export function scoreOf(value: number, reason = 'The arithmetic has no result for these values.'): Score {
  return Number.isFinite(value) ? { value } : { value: null, reason };
}

export function noScore(reason: string): MissingScore {
  return { value: null, reason };
}

/** There is nothing that the measure could be of. */
export function notApplicable(reason: string): MissingScore {
  return { value: null, reason, isApplicable: false };
}

/** Mean of the scores that exist; a missing one is left out, as SDMetrics leaves out NaN. */
export function meanScore(scores: readonly Score[], reason: string): Score {
  let sum = 0;
  let count = 0;
  for (const { value } of scores) {
    if (value === null) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? noScore(reason) : { value: sum / count };
}
