import type { FittedModel } from '../../../generator.js';
import type { Ops } from '../../../../core/tensor/ops.js';
import type { Weights, WeightValues } from '../layers/weights.js';
import type { ColumnCalibration } from '../transform/column-calibration.js';
import type { TableLayout } from '../transform/table-layout.js';
import type { TrainingRecord } from '../training/training-plan.js';
import type { Network } from './networks.js';
import type { AdversarialDefaults, AdversarialParameters } from './parameters.js';

/** What was learned: the generator alone. The critic, which has looked at the rows themselves, is thrown away. */
export interface AdversarialModel extends FittedModel {
  readonly version: string;
  readonly parameters: AdversarialParameters;
  /** That computed it, with its version. */
  readonly backend: { readonly name: string; readonly version: string };
  readonly layout: TableLayout;
  /** Of each column. */
  readonly calibration: readonly ColumnCalibration[];
  readonly weights: WeightValues;
  readonly training: TrainingRecord;
}

/** One way to build the two networks and to set them against each other. */
export interface AdversarialMethod {
  readonly name: string;
  readonly version: string;
  readonly defaults: AdversarialDefaults;
  /** Rows that the critic judges together. */
  readonly pack: number;
  /** Whether rows are asked for by a column of categories. */
  readonly isConditional: boolean;
  generator(weights: Weights, sizes: GeneratorSizes): Network;
  /** Numbers of each weight of the generator, by name. */
  shapes(sizes: GeneratorSizes): ReadonlyMap<string, number>;
  /** @param inputs cells of a row with its conditions */
  critic(weights: Weights, sizes: { readonly inputs: number; readonly width: number }): Network;
}

export interface GeneratorSizes {
  /** Cells of the noise and of the conditions. */
  readonly inputs: number;
  readonly width: number;
  readonly outputs: number;
}

export const backendOf = ({ backend, version }: Ops): AdversarialModel['backend'] => ({
  name: backend,
  version,
});
