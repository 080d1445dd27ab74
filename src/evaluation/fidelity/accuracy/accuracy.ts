import type { Coded } from '../pairs/coded.js';

/** How alike the shares of the bins are. */
export interface Accuracy {
  /** 1 less half the summed differences of the shares of all combinations, 0 to 1. */
  readonly accuracy: number;
  /** What real records of the same number, never seen before, would be expected to reach. */
  readonly ceiling: number;
}

/** Some columns of one table, cut alike in both tables. */
export interface BothCoded {
  readonly original: Coded;
  readonly synthetic: Coded;
}

/** Accuracy of the joint distribution of one to three columns; mostlyai-qa 1.10, without its rounding to five digits. */
export function jointAccuracy(columns: readonly BothCoded[]): Accuracy {
  const original = jointCounts(columns.map((column) => column.original));
  const synthetic = jointCounts(columns.map((column) => column.synthetic));
  let distance = 0;
  let expected = 0;
  const perRow = 1 / original.rows + 1 / synthetic.rows;
  for (let cell = 0; cell < original.counts.length; cell += 1) {
    const share = (original.counts[cell] ?? 0) / original.rows;
    distance += Math.abs(share - (synthetic.counts[cell] ?? 0) / synthetic.rows);
    expected += Math.sqrt(share * (1 - share));
  }
  return { accuracy: 1 - distance / 2, ceiling: 1 - expectedDistance(expected, perRow) / 2 };
}

/** Expected L1 distance of two samples: each cell's difference is nearly normal, and E|X| = sd x sqrt(2 / pi). */
function expectedDistance(sumOfDeviations: number, perRow: number): number {
  return sumOfDeviations * Math.sqrt((2 / Math.PI) * perRow);
}

/** The same for given shares and sizes. */
export function expectedL1(shares: readonly number[], rows: number, otherRows: number): number {
  const deviations = shares.reduce((sum, share) => sum + Math.sqrt(share * (1 - share)), 0);
  return expectedDistance(deviations, 1 / rows + 1 / otherRows);
}

function jointCounts(columns: readonly Coded[]): { readonly counts: Float64Array; readonly rows: number } {
  const cells = columns.reduce((product, { size }) => product * size, 1);
  const counts = new Float64Array(cells);
  const rows = columns[0]?.codes.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    let cell = 0;
    for (const { codes, size } of columns) cell = cell * size + (codes[row] ?? 0);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return { counts, rows };
}
