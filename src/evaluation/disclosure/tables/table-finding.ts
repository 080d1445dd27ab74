import type { CheckStatus } from '../../check.js';
import type { CellRef } from './table-for-release.js';

export type TableRuleName =
  | 'minimum-cell'
  | 'zero-cell'
  | 'class-disclosure'
  | 'rounding'
  | 'dominance'
  | 'p-ratio'
  | 'negative-values'
  | 'degrees-of-freedom'
  | 'derivable'
  | 'differencing';

/** What one rule says about one cell. A cell that a rule lets pass has no finding. */
export interface TableFinding {
  /** Null when the finding is about all of it. */
  readonly cell: CellRef | null;
  readonly rule: TableRuleName;
  readonly status: Exclude<CheckStatus, 'pass'>;
  /** A sentence a clinician understands. It is for the real zone: it may name a small count. */
  readonly why: string;
}
