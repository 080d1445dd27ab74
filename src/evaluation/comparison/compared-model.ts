import type { Check } from '../check.js';
import type { Score } from '../score.js';

/** What became of one method. */
export interface ComparedModel {
  readonly method: string;
  /** Learning and making the rows. */
  readonly seconds: number;
  /** SDMetrics quality score with bins of the real range, against the holdout, which nothing has learned from. */
  readonly fidelity: Score;
  /** The check `nearer-to-training`: 0.5 is as near to people never seen as to those learned from. */
  readonly nearness: Score;
  readonly checks: readonly Check[];
  /** Names of privacy checks that fail. */
  readonly failedPrivacy: readonly string[];
  /** Why there is no candidate to judge; null when there is one. */
  readonly failure: string | null;
}
