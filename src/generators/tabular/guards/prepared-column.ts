import type { ColumnSchema } from '../../../core/schema/schema.js';
import type { MissingBitmap } from '../../../core/table/table.js';
import type { TailBounds } from './tail-bounds.js';
import type { ValueGrid } from './value-grid.js';

/** A column of the source after the guards that need no other column. */
export type PreparedColumn = PreparedNumbers | PreparedCategories;

interface Prepared {
  readonly schema: ColumnSchema;
  readonly missing: MissingBitmap;
  /** The rows that have a value, ascending. */
  readonly present: Int32Array;
}

export interface PreparedNumbers extends Prepared {
  readonly kind: 'numbers';
  /** Inside the bounds. */
  readonly values: Float64Array;
  /** The present values in ascending order. */
  readonly sorted: Float64Array;
  readonly bounds: TailBounds;
  readonly grid: ValueGrid;
  /** Values with at least `valueFloor` rows, ascending, and how many: these may come out as they are. */
  readonly common: ReadonlyMap<number, number>;
  /** All others, ascending: never fewer than two, or none. */
  readonly rare: Float64Array;
}

export interface PreparedCategories extends Prepared {
  readonly kind: 'categories';
  readonly codes: Int32Array;
  readonly dictionary: readonly string[];
  /** Rows of each category. */
  readonly counts: Int32Array;
}
