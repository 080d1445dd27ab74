import { rangeOf } from '../variable.js';
import type { ContinuousVariable } from '../variable.js';
import type { Coded } from './coded.js';

/** What the SDMetrics report cuts a continuous column into. */
const reportBins = 10;

/** NumPy's edges of equal bins; a constant column gets one unit around its value, an empty one 0 to 1. */
function equalWidthEdges(variable: ContinuousVariable, binCount: number): Float64Array {
  const range = rangeOf(variable) ?? { low: 0, high: 1 };
  const isConstant = range.low === range.high;
  const low = isConstant ? range.low - 0.5 : range.low;
  const high = isConstant ? range.high + 0.5 : range.high;
  const step = (high - low) / binCount;
  const edges = Float64Array.from({ length: binCount + 1 }, (_, index) => index * step + low);
  edges[binCount] = high;
  return edges;
}

/**
 * NumPy's digitize: how many of the edges (three at least) are at or below each value. So 0 is below the first edge and
 * the largest code at or above the last; a missing cell has the largest code too.
 */
export function digitize({ values }: ContinuousVariable, edges: Float64Array): Coded {
  const codes = new Int32Array(values.length);
  const last = edges.length;
  const [from = 0, to = 1] = [edges[1], edges[last - 2]];
  const perUnit = (last - 3) / (to - from);
  for (let row = 0; row < values.length; row += 1) {
    const value = values[row] ?? NaN;
    if (value !== value) {
      codes[row] = last;
      continue;
    }
    // Arithmetic comes within an edge of the place; comparisons settle it.
    const guess = Math.floor((value - from) * perUnit) + 2;
    let code = guess > 0 ? Math.min(guess, last) : 0;
    while (code < last && (edges[code] ?? NaN) <= value) code += 1;
    while (code > 0 && (edges[code - 1] ?? NaN) > value) code -= 1;
    codes[row] = code;
  }
  return { codes, size: last + 1 };
}

/** The bins of a table's own range, as the SDMetrics report cuts each table's columns for mixed pairs. */
export function ownEdgesCodes(variable: ContinuousVariable): Coded {
  return digitize(variable, equalWidthEdges(variable, reportBins));
}

/** The bins of the real range, its ends opened: a shifted synthetic column lands in other bins and is seen. */
export function fixedEdges(real: ContinuousVariable, binCount = reportBins): Float64Array {
  const edges = equalWidthEdges(real, binCount);
  edges[0] = -Infinity;
  edges[binCount] = Infinity;
  return edges;
}
