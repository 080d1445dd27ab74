import type { LedgerEntry } from '../../../../core/privacy/ledger-entry.js';
import type { FittedModel } from '../../../generator.js';
import type { WeightValues } from '../layers/weights.js';
import type { TrainingRecord } from '../training/training-plan.js';
import type { BackendName } from '../../../../core/tensor/open-backend.js';
import type { ColumnCalibration } from '../transform/column-calibration.js';
import type { TableLayout } from '../transform/table-layout.js';

export interface VariationalWidths {
  /** Of both hidden layers of each network. */
  readonly hidden: number;
  /** Of the code. */
  readonly latent: number;
}

/** A decoder that makes rows from standard normal codes. */
export interface TvaeModel extends FittedModel {
  readonly version: string;
  readonly parameters: VariationalWidths & { readonly backend: BackendName };
  /** That computed it, with its version. */
  readonly backend: { readonly name: string; readonly version: string };
  readonly layout: TableLayout;
  /** Of each column. */
  readonly calibration: readonly ColumnCalibration[];
  /** Of the decoder alone: the encoder saw rows and makes none. */
  readonly weights: WeightValues;
  readonly training: TrainingRecord;
  /** What learning has cost; empty without differential privacy. */
  readonly spent: readonly LedgerEntry[];
}
