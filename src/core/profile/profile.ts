import type { SemanticType } from '../schema/schema.js';

/**
 * Statistics of a source after disclosure control: the artefact information governance reads and signs.
 * It holds no row, no raw minimum or maximum, and every figure carries the (rounded) count it rests on.
 */
export interface Profile {
  readonly version: 1;
  readonly sourceHash: string;
  readonly disclosureControl: DisclosureControl;
  /** Rows of the source, rounded. */
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
}

/** Defaults and their sources: policies/disclosure.json. */
export interface DisclosureControl {
  /** No figure rests on fewer records than this. */
  readonly cellCountMin: number;
  /** Published counts are multiples of this. */
  readonly countRounding: number;
  /** Share of records beyond each published bound of a numeric column (at least `cellCountMin` records lie beyond). */
  readonly tailShare: number;
  /** A numeric column has at most this many histogram bins. */
  readonly binsMax: number;
  /** A category column publishes at most this many categories; the rest are pooled. */
  readonly categoriesMax: number;
}

export type ColumnProfile = NumericProfile | CategoricalProfile | WithheldProfile;

interface ColumnProfileBase {
  readonly name: string;
  readonly type: SemanticType;
  /** Rounded; null when the count of missing cells is above zero but under the floor. */
  readonly missingCount: number | null;
  /** Non-missing cells the statistics rest on, rounded. */
  readonly count: number;
}

/** number, integer, date (days since 1970-01-01) and datetime (ms since the epoch, UTC). */
export interface NumericProfile extends ColumnProfileBase {
  readonly kind: 'numeric';
  readonly type: 'number' | 'integer' | 'date' | 'datetime';
  /** Digits after the decimal point that values are written with (0 for integer, date, datetime). */
  readonly decimals: number;
  /**
   * `edges` has one more entry than `counts`; bin i holds edges[i] <= x < edges[i+1]. Edges lie on a public grid
   * (multiples of 1, 2 or 5 x 10^k, never finer than 10^-decimals). Records beyond the outer edges were counted in the
   * outer bins: the outer edges are percentiles on the grid, not the minimum and maximum.
   * To draw from a bin, draw uniformly in [edges[i], edges[i+1]) and round *down* to `decimals` digits: all upper edges
   * are exclusive, the last one too. So the integer bin [3, 4) is the value 3.
   */
  readonly edges: readonly number[];
  readonly counts: readonly number[];
}

export interface CategoricalProfile extends ColumnProfileBase {
  readonly kind: 'categorical';
  readonly type: 'category' | 'boolean';
  /** Sorted by descending count, then by value. */
  readonly categories: readonly { readonly value: string; readonly count: number }[];
  /** Categories under the floor, pooled; 0 when none were. Never between 1 and `cellCountMin` - 1. */
  readonly pooledCount: number;
}

/** The column exists and nothing about its values is said. */
export interface WithheldProfile extends ColumnProfileBase {
  readonly kind: 'withheld';
  readonly reason: 'identifier' | 'free-text' | 'too-few-values';
}

/** What the generator writes for a value whose category was pooled. */
export const pooledCategory = '(other)';
