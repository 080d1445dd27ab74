import type { Random } from '../../../core/random/random.js';
import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import type { Variable } from '../../fidelity/variable.js';
import type { ModelRows } from './model-rows.js';

/** One array of probabilities a class, or one array of values. */
export type Prediction = readonly Float64Array[];
export type Predictor = (predictors: readonly Variable[], rowCount: number) => Prediction;

/** A kind of model. Equal rows and random stream, equal model. */
export interface Learner {
  /** For people: "gradient boosting"; some models are called otherwise where they predict numbers. */
  readonly name: Readonly<Record<TreeTarget['kind'], string>>;
  learn(rows: ModelRows, random: Random): Predictor;
}
