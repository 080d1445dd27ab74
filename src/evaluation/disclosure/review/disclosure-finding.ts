import type { CheckStatus } from '../../check.js';

type DisclosureRule =
  | 'policy'
  | 'minimum-cell'
  | 'zero-cell'
  | 'rounding'
  | 'class-disclosure'
  | 'derivable-count'
  | 'differencing';

/** What one rule says of one profile. What a rule lets pass has no finding. */
export interface DisclosureFinding {
  readonly rule: DisclosureRule;
  readonly status: Exclude<CheckStatus, 'pass'>;
  /** Null when it is about the whole profile. */
  readonly column: string | null;
  /** "range 40 to under 45", "category F", "missing", …; null when it is about the whole column. */
  readonly figure: string | null;
  /** Hashes of the other profiles and releases that it takes to see it. */
  readonly publications: readonly string[];
  /** A sentence for information governance. */
  readonly why: string;
}
