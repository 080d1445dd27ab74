import type { CheckStatus } from '../../check.js';
import type { LineCell } from './count-line.js';

/** People whom several publications together single out, though none does alone. */
export interface DifferencingFinding {
  readonly rule: 'differencing';
  /** Fail: the candidate makes it so. Review: it was so before, or a person must compare by hand. */
  readonly status: Exclude<CheckStatus, 'pass'>;
  /** Null when it is about all rows. */
  readonly column: string | null;
  readonly cell: LineCell;
  /** What can be worked out: how many people are in the cell, or, of two versions, how many joined or left it. */
  readonly atLeast: number;
  readonly atMost: number;
  /** Hashes of the profiles and releases that together tell it, the candidate's last. */
  readonly publications: readonly string[];
  readonly why: string;
}
