/**
 * Thresholds for tables, from the policy (policies/disclosure.json, section `tables`, with `cellCountMin` and
 * `countRounding` of the same file). Defaults and sources: ACRO default.yaml (dominance, p-ratio, degrees of freedom,
 * zeros and negatives), OpenSAFELY (rounding to fives), UK LLC (no cell under ten, zeros count as low).
 */
export interface TableRules {
  /** No cell shows fewer people. Also the least width of what can be inferred of a suppressed cell. */
  readonly cellCountMin: number;
  /** Published counts are multiples of this; 1 = not rounded. */
  readonly countRounding: number;
  /** A count of zero says something about everybody in its row and column: a person looks at it. */
  readonly zerosAreLow: boolean;
  /** (n,k) rule: the `dominanceCount` largest contributors make up less than `dominanceShare` of the sum. */
  readonly dominanceCount: number;
  readonly dominanceShare: number;
  /** p-ratio: what all but the two largest contribute, as a share of the largest, is at least this. */
  readonly pRatioMin: number;
  /** Residual degrees of freedom of a fitted model. */
  readonly degreesOfFreedomMin: number;
}
