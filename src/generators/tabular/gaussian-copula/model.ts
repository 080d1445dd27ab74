import type { SquareMatrix } from '../../../core/linear-algebra/cholesky.js';
import type { SemanticType } from '../../../core/schema/schema.js';
import type { FittedModel } from '../../generator.js';
import type { TailBounds } from '../guards/tail-bounds.js';
import type { ValueGrid } from '../guards/value-grid.js';
import type { CategoryMarginal, Marginal, NoMarginal } from './marginal.js';
import type { CopulaParameters } from './parameters.js';

export const generatorName = 'gaussian-copula';
export const generatorVersion = '1.0.0';

/**
 * What was learned: for each column the law of its values, blurred so that no value of fewer than `knotRows` people is
 * in it, and the correlations between their normal scores; once for each class when classes were asked for.
 */
export interface GaussianCopulaModel extends FittedModel {
  readonly generator: typeof generatorName;
  readonly version: typeof generatorVersion;
  readonly parameters: CopulaParameters;
  /** In the order of the schema; the class column is among them. */
  readonly columns: readonly CopulaColumn[];
  /** The columns, by place, that are missing in each pattern. The first pattern is that of none. */
  readonly patterns: readonly (readonly number[])[];
  /** What a class column holds and how often; one entry of no class without such a column. */
  readonly classes: readonly CopulaClass[];
  readonly groups: readonly CopulaGroup[];
}

export interface CopulaColumn {
  readonly name: string;
  readonly type: SemanticType;
  readonly values:
    | { readonly kind: 'numbers'; readonly grid: ValueGrid; readonly bounds: TailBounds }
    | { readonly kind: 'categories'; readonly dictionary: readonly string[] };
  /** Share of missing cells where the pattern of the row has none. */
  readonly extraMissing: number;
}

export interface CopulaClass {
  /** In the dictionary of the class column; -1 for missing, and without such a column. */
  readonly code: number;
  readonly rows: number;
  /** The group that its rows are drawn from. */
  readonly group: number;
}

/** The law of one class, or of several that are too small for one of their own. */
export interface CopulaGroup {
  readonly rows: number;
  /** Of each column, in order; that of the class column is none. */
  readonly marginals: readonly Marginal[];
  readonly pattern: CategoryMarginal | NoMarginal;
  /** Of the columns in order, then of the pattern. */
  readonly correlation: SquareMatrix;
}
