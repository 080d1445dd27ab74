import type { NumberMarginal } from '../../gaussian-copula/marginal.js';

/** How what a network makes of one column is brought to the column's own law. */
export interface ColumnCalibration {
  /** The law of the numbers that the network makes, as `rawNumber` reads them; null where there are none. */
  readonly law: NumberMarginal | null;
  /** What the share of each choice is taken times. */
  readonly weights: Float64Array;
}
