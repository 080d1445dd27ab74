import { rangeOf } from '../../fidelity/variable.js';
import type { ComparedVariable } from '../../fidelity/quality/compared-variable.js';
import type { Coded } from '../../fidelity/pairs/coded.js';
import { rowCountOf } from '../../fidelity/variable.js';

/** One column of the records that are judged and of those they may be close to. */
type DistanceColumn =
  | {
      readonly kind: 'continuous';
      readonly rows: Float64Array;
      readonly reference: Float64Array;
      readonly range: number;
    }
  | { readonly kind: 'discrete'; readonly rows: Int32Array; readonly reference: Int32Array };

/**
 * Distance of each synthetic record to the closest real one, 0 to 1: the mean over the columns of the difference in
 * units of the real range (numbers, dates) or 0 and 1 (categories; missing beside present). SDMetrics 0.29 DCR.
 * `variables` compare the synthetic table with the one whose closest records are sought, as "real".
 */
export function distanceToClosest(variables: readonly ComparedVariable[]): Float64Array {
  const columns = variables.map(distanceColumn);
  const [first] = variables;
  if (first === undefined) return new Float64Array(0);
  const distances = new Float64Array(rowCountOf(first.synthetic));
  const referenceRows = rowCountOf(first.real);
  for (let row = 0; row < distances.length; row += 1) {
    let least = Infinity;
    for (let other = 0; other < referenceRows; other += 1) {
      const distance = distanceUpTo(columns, row, other, least);
      if (distance < least) least = distance;
    }
    distances[row] = least / columns.length;
  }
  return distances;
}

function distanceColumn(variable: ComparedVariable): DistanceColumn {
  if (variable.kind === 'discrete') {
    const codes = ({ codes: cells }: Coded): Int32Array => cells;
    return { kind: 'discrete', rows: codes(variable.codes.synthetic), reference: codes(variable.codes.real) };
  }
  const { real, synthetic } = variable;
  const { low, high } = rangeOf(real) ?? { low: 0, high: 0 };
  return { kind: 'continuous', rows: synthetic.values, reference: real.values, range: high - low };
}

/** The sum over the columns, given up as soon as it is no longer the least. */
function distanceUpTo(columns: readonly DistanceColumn[], row: number, other: number, least: number): number {
  let sum = 0;
  for (const column of columns) {
    if (column.kind === 'discrete') sum += column.rows[row] === column.reference[other] ? 0 : 1;
    else sum += numericDistance(column.rows[row] ?? NaN, column.reference[other] ?? NaN, column.range);
    if (sum >= least) return sum;
  }
  return sum;
}

function numericDistance(value: number, other: number, range: number): number {
  if (value !== value || other !== other) return value !== value && other !== other ? 0 : 1;
  if (range === 0) return value === other ? 0 : 1;
  return Math.min(Math.abs(value - other) / range, 1);
}
