import type { Segments } from '../../../../core/tensor/ops.js';
import type { SemanticType } from '../../../../core/schema/schema.js';
import type { TailBounds } from '../../guards/tail-bounds.js';
import type { ValueGrid } from '../../guards/value-grid.js';
import type { NumberMarginal } from '../../gaussian-copula/marginal.js';

/**
 * How the columns of a table lie in a row of numbers for a network. A column of numbers is a value in [-1, 1] and one
 * cell for each mode, or the value alone where it is a normal score; a column of categories one cell for each entry; either has one cell more at its end for "missing"
 * where its source has gaps.
 */
export type TableLayout = readonly ColumnLayout[];
export type ColumnLayout = NumberLayout | CategoryLayout;

interface ColumnFacts {
  readonly name: string;
  readonly type: SemanticType;
  /** Missing rows of the source; 0 where there are too few to be learned. */
  readonly missingRows: number;
}

/** Modes of a mixture with the value within each, or one normal score. */
export const numberEncodings = ['modes', 'quantiles'] as const;
export type NumberEncoding = (typeof numberEncodings)[number];

export interface NumberLayout extends ColumnFacts {
  readonly kind: 'numbers';
  readonly grid: ValueGrid;
  readonly bounds: TailBounds;
  /** The law of the values; null where every row is missing. */
  readonly marginal: NumberMarginal | null;
  /** Mean and standard deviation of each mode, in the units of the column. None where every row is missing. */
  readonly means: Float64Array;
  readonly deviations: Float64Array;
  /** Of the modes; they add up to 1. Where there is none, the value cell is the normal score of the value's quantile. */
  readonly weights: Float64Array;
}

export interface CategoryLayout extends ColumnFacts {
  readonly kind: 'categories';
  /** Those with an entry of their own first. */
  readonly dictionary: readonly string[];
  /** Rows of each in the source. */
  readonly counts: Int32Array;
  /** Categories with an entry of their own; all others share the entry behind them. */
  readonly alone: number;
}

/** A mode's value cell is (value - mean) / (4 deviations), clipped: Xu et al. 2019, "Modeling tabular data using conditional GAN", 4.2. */
export const deviationsSpan = 4;
export const valueMax = 0.99;

/** Cells of a column that are 1 for one choice and 0 for the others: modes or entries, and "missing". */
export function choicesOf(column: ColumnLayout): number {
  const values =
    column.kind === 'numbers'
      ? column.means.length || Number(column.marginal !== null && column.missingRows > 0)
      : column.alone + (column.dictionary.length > column.alone ? 1 : 0);
  return values + (column.missingRows > 0 ? 1 : 0);
}

/**
 * Rows of the source for each choice, those of all modes together as one, and last the gaps.
 * @param rowCount of the source
 */
export function choiceRows(column: ColumnLayout, rowCount: number): readonly number[] {
  const { missingRows } = column;
  const gaps = missingRows > 0 ? [missingRows] : [];
  if (column.kind === 'numbers') return column.marginal ? [rowCount - missingRows, ...gaps] : gaps;
  const { counts, alone } = column;
  const shared = counts.slice(alone).reduce((sum, count) => sum + count, 0);
  return [...counts.slice(0, alone), ...(counts.length > alone ? [shared] : []), ...gaps];
}

/** Where one column lies in a row. */
export interface ColumnPlace {
  readonly column: ColumnLayout;
  /** The value cell, for numbers. */
  readonly start: number;
  readonly choicesStart: number;
  readonly choices: number;
  readonly end: number;
}

export function placesOf(layout: TableLayout): readonly ColumnPlace[] {
  let end = 0;
  return layout.map((column) => {
    const start = end;
    const choicesStart = start + (column.kind === 'numbers' ? 1 : 0);
    const choices = choicesOf(column);
    end = choicesStart + choices;
    return { column, start, choicesStart, choices, end };
  });
}

/** Cells of a row. */
export function widthOf(layout: TableLayout): number {
  return placesOf(layout).at(-1)?.end ?? 0;
}

/** A segment of 1 for each value cell and one for the choices of each column. */
export function segmentsOf(layout: TableLayout): Segments {
  return placesOf(layout).flatMap(({ column, choices }) =>
    column.kind === 'numbers' ? [1, choices].filter((cells) => cells > 0) : [choices],
  );
}
