import { quantileCuts } from '../../core/trees/quantile-cuts.js';
import type { BinnedFeature } from '../../core/trees/tree.js';
import { missingBin, numberBin } from '../tabular/sequential-cart/column-bins.js';
import type { TablePlan } from './plan-dataset.js';

/** How many features the trees of a table see: to decide on the time, and with the time besides. */
export interface FeatureCounts {
  readonly beforeTime: number;
  readonly afterTime: number;
  /** What tables below see of a row. */
  readonly seen: number;
}

const derivedBefore = 4; // position, left, room, since
const derivedAfter = 3; // now, gap, rest

/**
 * The order of the features: what is seen of every ancestor, which relation owns the row, the four numbers known before
 * the time, the columns of the row before, the three numbers known with the time, and the fields made so far.
 */
export function featureCounts(plan: TablePlan, tables: readonly TablePlan[]): FeatureCounts {
  const seenOf = ({ fields }: TablePlan): number => fields.length + 1;
  const above = tables.filter(({ shape }) => plan.ancestors.includes(shape.name));
  const ancestors = above.reduce((sum, table) => sum + seenOf(table), 0);
  const beforeTime = ancestors + 1 + derivedBefore + columnFields(plan).length;
  return { beforeTime, afterTime: beforeTime + derivedAfter, seen: seenOf(plan) };
}

/** The fields that the next row of a sequence is learned from, by their places. */
export function columnFields({ fields }: TablePlan): number[] {
  return fields.flatMap(({ kind }, place) => (kind === 'column' ? [place] : []));
}

/** The bins of other rows; `missingBin` where there is no row. */
export function gatherBins(bins: Uint8Array, rows: Int32Array): Uint8Array {
  const gathered = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at += 1) {
    const row = rows[at] ?? -1;
    gathered[at] = row < 0 ? missingBin : (bins[row] ?? missingBin);
  }
  return gathered;
}

export function gatherFeature(feature: BinnedFeature, rows: Int32Array): BinnedFeature {
  return { ...feature, bins: gatherBins(feature.bins, rows) };
}

/** NaN is missing. */
export function binNumbers(values: Float64Array, cuts: Float64Array): Uint8Array {
  const bins = new Uint8Array(values.length);
  values.forEach((value, row) => {
    bins[row] = Number.isNaN(value) ? missingBin : numberBin(cuts, value);
  });
  return bins;
}

export function cutsOf(values: Float64Array, binsWanted: number): Float64Array {
  return quantileCuts(values.filter((value) => !Number.isNaN(value)).sort(), binsWanted);
}

export function numberFeature(values: Float64Array, cuts: Float64Array): BinnedFeature {
  return { kind: 'ordered', bins: binNumbers(values, cuts), binCount: cuts.length + 2 };
}

/** Which relation owns each row. */
export function ownerFeature(owner: Int32Array, owners: number): BinnedFeature {
  return { kind: 'levels', bins: Uint8Array.from(owner, (place) => 1 + place), binCount: owners + 2 };
}
