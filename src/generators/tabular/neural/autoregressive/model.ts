import type { SemanticType } from '../../../../core/schema/schema.js';
import type { LedgerEntry } from '../../../../core/privacy/ledger-entry.js';
import type { FittedModel } from '../../../generator.js';
import type { PublicDomain } from '../../domain/public-domain.js';
import type { CellGroups } from '../../network/network-model.js';
import type { WeightValues } from '../layers/weights.js';
import type { TrainingRecord } from '../training/training-plan.js';
import type { BackendName } from '../training/training-parameters.js';
import type { SamplingParameters } from './sampling-parameters.js';

/** What drawing rows is told: the part of the parameters that both generators have. */
export interface DrawParameters extends SamplingParameters {
  readonly backend: BackendName;
}

/** A network that gives the law of any column from any others, each column as groups of cells. */
export interface AutoregressiveModel extends FittedModel {
  readonly version: string;
  readonly parameters: DrawParameters;
  /** That computed it, with its version. */
  readonly backend: { readonly name: string; readonly version: string };
  /** Of the hidden layer of a column and of its embedding at most. */
  readonly widths: NetworkWidths;
  /** In the order of the schema. */
  readonly columns: readonly AutoregressiveColumn[];
  readonly weights: WeightValues;
  readonly training: TrainingRecord;
  /** What learning has cost; empty without differential privacy. */
  readonly spent: readonly LedgerEntry[];
}

export interface NetworkWidths {
  readonly hiddenMax: number;
  readonly embeddingMax: number;
}

export interface AutoregressiveColumn {
  readonly name: string;
  readonly type: SemanticType;
  readonly domain: PublicDomain;
  readonly groups: CellGroups;
  /** Share of missing cells that are too few to be told apart: they come by chance alone. The last group is theirs. */
  readonly hiddenMissing: number;
  /** Logarithms of the shares of the groups, which the network says the differences from. */
  readonly start: Float64Array;
}
