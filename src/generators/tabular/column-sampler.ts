import type { Column } from '../../core/table/table.js';

/** Draws the cells of one column by row number, so that no cell depends on where a block starts. */
export type ColumnSampler = (rows: RowRange) => Column;

export interface RowRange {
  readonly start: number;
  readonly count: number;
}
