import type { SemanticType } from '../../../core/schema/schema.js';
import type { FittedModel } from '../../generator.js';
import type { TailBounds } from '../guards/tail-bounds.js';
import type { ValueGrid } from '../guards/value-grid.js';
import type { ForestParameters } from './parameters.js';
import type { ScoreScale } from './score-scale.js';

export const generatorName = 'adversarial-forest';
export const generatorVersion = '1.0.0';

/** The leaves of all trees, each with a law of its own for every column; within a leaf columns are independent. */
export interface ForestModel extends FittedModel {
  readonly generator: typeof generatorName;
  readonly version: typeof generatorVersion;
  readonly parameters: ForestParameters;
  /** Share of real rows of each leaf: in each tree they add up to 1. */
  readonly weights: Float64Array;
  /** In the order of the schema. */
  readonly columns: readonly ForestColumn[];
}

export interface ForestColumn {
  readonly name: string;
  readonly type: SemanticType;
  /** By leaf. */
  readonly missing: Float64Array;
  readonly values: NumbersLaw | CategoriesLaw;
}

/** Some values with counts in each leaf: those of leaf i are the entries from `starts[i]` to `starts[i + 1] - 1`. */
export interface LeafEntries {
  readonly starts: Int32Array;
  /** Places in the list of all values. */
  readonly places: Int32Array;
  readonly counts: Int32Array;
}

export interface CategoriesLaw {
  readonly kind: 'categories';
  readonly dictionary: readonly string[];
  /** A leaf without one is missing everywhere. */
  readonly entries: LeafEntries;
}

/** Common values as they are, and for the normal scores of the others a normal law between two ends. */
export interface NumbersLaw {
  readonly kind: 'numbers';
  readonly grid: ValueGrid;
  readonly bounds: TailBounds;
  /** Common values, ascending. */
  readonly atoms: Float64Array;
  readonly entries: LeafEntries;
  /** Rows of each leaf with a value that is not common. */
  readonly others: Int32Array;
  /** What normal scores the others have; `low` to `spread` are of scores. */
  readonly scale: ScoreScale;
  /** Ends of each leaf. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly mean: Float64Array;
  /** Standard deviation; 0: even between the ends. */
  readonly spread: Float64Array;
}
