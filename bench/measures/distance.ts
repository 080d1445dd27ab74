import { mean } from './matrix.js';
import type { Matrix } from './matrix.js';

/** Rows that are asked for their nearest neighbour, and rows that it is looked for among. */
const limits = { queries: 1000, references: 20_000 };

export interface Closeness {
  /** Share of synthetic rows that are nearer to training rows than to as many others; ties count half. */
  readonly share: number;
  /** SDMetrics' DCROverfittingProtection: min(1, 2 (1 - share strictly nearer to the training rows)). */
  readonly protection: number;
}

/**
 * As many rows of each half are looked among. Distances to both are shares of the training table's ranges: with each
 * sample's own range, as SDMetrics has it, one outlier in one of them decides the answer for 379 rows.
 * @param shift which of the training rows are taken when there are more
 */
export function closeness(
  synthetic: Matrix,
  { train, holdout, shift }: { readonly train: Matrix; readonly holdout: Matrix; readonly shift: number },
  numeric: ReadonlySet<number>,
): Closeness {
  const rows = Math.min(limits.references, ...[train, holdout].map(([first]) => first?.length ?? 0));
  const ranges = Float64Array.from(train, (values, at) => (numeric.has(at) ? rangeOf(values) : 0));
  const sample = train.map((values) =>
    Float64Array.from({ length: rows }, (_, row) => values[(row + shift) % values.length] ?? NaN),
  );
  const near = nearestDistances(synthetic, sample, ranges, rows);
  const far = nearestDistances(synthetic, holdout, ranges, rows);
  const differences = near.map((distance, row) => (far[row] ?? 0) - distance);
  const nearer = mean(differences.map((difference) => (difference > 0 ? 1 : 0)));
  return {
    share: mean(differences.map((difference) => 0.5 + Math.sign(difference) / 2)),
    protection: Math.min(1, 2 * (1 - nearer)),
  };
}

/** Share of the range, or 0 and 1 for categories and missing cells; summed over the columns. */
function nearestDistances(queries: Matrix, references: Matrix, ranges: Float64Array, rows: number): number[] {
  const width = references.length;
  const cells = new Float64Array(rows * width);
  for (let at = 0; at < cells.length; at += 1)
    cells[at] = references[at % width]?.[Math.floor(at / width)] ?? NaN;
  const count = Math.min(limits.queries, queries[0]?.length ?? 0);
  return Array.from({ length: count }, (_, query) =>
    nearest(
      Float64Array.from(queries, (values) => values[query] ?? NaN),
      cells,
      ranges,
    ),
  );
}

function nearest(query: Float64Array, cells: Float64Array, ranges: Float64Array): number {
  let best = Infinity;
  for (let start = 0; start < cells.length; start += query.length) {
    let sum = 0;
    for (let column = 0; column < query.length && sum < best; column += 1) {
      const a = query[column] ?? 0;
      const b = cells[start + column] ?? 0;
      if (a === b || (a !== a && b !== b)) continue;
      const share = Math.abs(a - b) / (ranges[column] ?? 0);
      sum += share < 1 ? share : 1; // No range and a missing cell give no share below 1.
    }
    if (sum < best) best = sum;
  }
  return best;
}

function rangeOf(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
}
