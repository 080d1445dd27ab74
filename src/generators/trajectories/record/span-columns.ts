import type { Float64Column, Int32Column } from './columns.js';

/** The columns that everything with a beginning and an end has. */
export interface SpanColumns {
  readonly encounter: Int32Column;
  readonly start: Float64Column;
  readonly stop: Float64Column;
  readonly codes: Int32Column;
}
