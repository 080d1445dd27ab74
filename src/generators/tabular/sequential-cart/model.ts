import type { SemanticType } from '../../../core/schema/schema.js';
import type { Tree } from '../../../core/trees/tree.js';
import type { FittedModel } from '../../generator.js';
import type { ColumnBins } from './column-bins.js';
import type { CartParameters } from './parameters.js';
import type { TailBounds } from '../guards/tail-bounds.js';
import type { ValueGrid } from '../guards/value-grid.js';

export const generatorName = 'sequential-cart';
export const generatorVersion = '1.0.0';

/**
 * What was learned: trees, and in their leaves values and categories with counts. The values of a leaf are those of
 * the source after the guards (tails brought in, rare categories pooled), so a model is as private as its source.
 */
export interface SequentialCartModel extends FittedModel {
  readonly generator: typeof generatorName;
  readonly version: typeof generatorVersion;
  readonly parameters: CartParameters;
  /** The columns in the order of the schema. */
  readonly names: readonly string[];
  /** In the order they are made; the trees of a column see those before it. */
  readonly columns: readonly ColumnModel[];
}

export interface ColumnModel {
  readonly name: string;
  readonly type: SemanticType;
  readonly missing: MissingModel;
  readonly bins: ColumnBins;
  readonly values: NumbersModel | CategoriesModel;
}

/** Decided before the value. */
export type MissingModel =
  | { readonly kind: 'share'; readonly share: number }
  /** In the very rows in which that column (by its place in `columns`) is missing. */
  | { readonly kind: 'as'; readonly column: number }
  /** By the share of each leaf. */
  | { readonly kind: 'tree'; readonly tree: Tree; readonly shares: Float64Array };

export interface NumbersModel {
  readonly kind: 'numbers';
  readonly grid: ValueGrid;
  readonly bounds: TailBounds;
  /** None when the column is always missing. */
  readonly trees: readonly { readonly tree: Tree; readonly leaves: NumberLeaves }[];
}

export interface CategoriesModel {
  readonly kind: 'categories';
  readonly dictionary: readonly string[];
  readonly trees: readonly { readonly tree: Tree; readonly leaves: CategoryLeaves }[];
}

interface Leaves {
  /** The entries of leaf i are those from `starts[i]` to `starts[i + 1] - 1`. */
  readonly starts: Int32Array;
  /** Rows up to and with this entry, counted anew in each leaf. */
  readonly cumulative: Int32Array;
}

export interface NumberLeaves extends Leaves {
  /** Ascending in each leaf. One without rows of its own is only a neighbour. */
  readonly values: Float64Array;
  /** 1: comes out as it is. 0: stands for the stretch half way to its rare neighbours. */
  readonly exact: Uint8Array;
}

export interface CategoryLeaves extends Leaves {
  readonly codes: Int32Array;
}
