import { binOf, quantileCuts } from '../../../core/trees/quantile-cuts.js';
import type { BinnedFeature } from '../../../core/trees/tree.js';
import type { PreparedColumn } from '../guards/prepared-column.js';

/** How a column is seen by the trees of later columns. Bin 0 is missing. */
export type ColumnBins =
  | { readonly kind: 'numbers'; readonly cuts: Float64Array }
  /** The most frequent categories have a bin each, the others share the last. */
  | { readonly kind: 'categories'; readonly binOfCode: Uint8Array; readonly binCount: number };

export const missingBin = 0;

export function binsFor(column: PreparedColumn, binsWanted: number): ColumnBins {
  if (column.kind === 'numbers') return { kind: 'numbers', cuts: quantileCuts(column.sorted, binsWanted) };
  const { counts } = column;
  const byCount = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const binOfCode = new Uint8Array(counts.length);
  byCount.forEach((code, rank) => (binOfCode[code] = 1 + Math.min(rank, binsWanted - 1)));
  return { kind: 'categories', binOfCode, binCount: 1 + Math.min(counts.length, binsWanted) };
}

export function numberBin(cuts: Float64Array, value: number): number {
  return 1 + binOf(cuts, value);
}

/** The column as a feature of the rows it was learned from. */
export function featureOf(column: PreparedColumn, bins: ColumnBins, rowCount: number): BinnedFeature {
  const binned = new Uint8Array(rowCount); // missingBin
  if (column.kind === 'numbers' && bins.kind === 'numbers') {
    for (const row of column.present) binned[row] = numberBin(bins.cuts, column.values[row] ?? NaN);
    return { kind: 'ordered', bins: binned, binCount: bins.cuts.length + 2 };
  }
  if (column.kind === 'categories' && bins.kind === 'categories') {
    for (const row of column.present) binned[row] = bins.binOfCode[column.codes[row] ?? 0] ?? missingBin;
    return { kind: 'levels', bins: binned, binCount: bins.binCount };
  }
  throw new TypeError('The bins are not those of the column.');
}
