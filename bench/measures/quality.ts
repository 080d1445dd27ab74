import { ksComplement } from '../../src/core/statistics/ks-complement.js';
import { tvComplement } from '../../src/core/statistics/tv-complement.js';
import { mean } from './matrix.js';
import type { Matrix } from './matrix.js';

export interface Quality {
  /** Mean of the two others. */
  readonly quality: number;
  readonly shapes: number;
  readonly trends: number;
  /** The quality when mixed pairs are binned by the real table's edges for both tables. */
  readonly fixedEdges: number;
}

/**
 * SDMetrics' quality report (0.29): shapes are KS and TV complements; trends are similarities of the pairs that are
 * related in the real table (absolute r above 0.5, Cramer's V above 0.3), mixed pairs by each table's own ten bins.
 */
export function quality(real: Matrix, synthetic: Matrix, numeric: ReadonlySet<number>): Quality {
  const shapes = real.map((left, at) => {
    const right = synthetic[at] ?? new Float64Array();
    return numeric.has(at)
      ? ksComplement(present(left), present(right))
      : tvComplement(countsOf(present(left)), countsOf(present(right)));
  });
  const own: number[] = [];
  const fixed: number[] = [];
  for (let a = 0; a < real.length; a += 1)
    for (let b = 0; b < a; b += 1) {
      const pair = (matrix: Matrix): Pair => [
        matrix[a] ?? new Float64Array(),
        matrix[b] ?? new Float64Array(),
      ];
      const isNumeric: readonly [boolean, boolean] = [numeric.has(a), numeric.has(b)];
      own.push(trend(pair(real), pair(synthetic), isNumeric, ownBins));
      fixed.push(trend(pair(real), pair(synthetic), isNumeric, (values, edges) => binned(values, edges)));
    }
  const [shape, trends] = [meanOfKnown(shapes), meanOfKnown(own)];
  return {
    quality: (shape + trends) / 2,
    shapes: shape,
    trends,
    fixedEdges: (shape + meanOfKnown(fixed)) / 2,
  };
}

type Pair = readonly [Float64Array, Float64Array];

type Binning = (values: Float64Array, real: Float64Array) => Float64Array;

function trend(real: Pair, synthetic: Pair, isNumeric: readonly [boolean, boolean], bin: Binning): number {
  if (isNumeric[0] && isNumeric[1]) {
    const [left, right] = [pearson(...real), pearson(...synthetic)];
    return Math.abs(left) <= 0.5 ? NaN : 1 - Math.abs(left - right) / 2;
  }
  const codes = (pair: Pair): Pair => [
    isNumeric[0] ? bin(pair[0], real[0]) : pair[0],
    isNumeric[1] ? bin(pair[1], real[1]) : pair[1],
  ];
  const [left, right] = [contingency(...codes(real)), contingency(...codes(synthetic))];
  return cramersV(left) > 0.3 ? tvComplement(left, right) : NaN;
}

function pearson(xs: Float64Array, ys: Float64Array): number {
  const [x0, y0] = [xs.find((x) => !Number.isNaN(x)) ?? 0, ys.find((y) => !Number.isNaN(y)) ?? 0];
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < xs.length; row += 1) {
    const [x, y] = [(xs[row] ?? NaN) - x0, (ys[row] ?? NaN) - y0];
    if (Number.isNaN(x + y)) continue;
    [n, sx, sy, sxx, syy, sxy] = [n + 1, sx + x, sy + y, sxx + x * x, syy + y * y, sxy + x * y];
  }
  return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

/** As SDMetrics has it: each table's own least and greatest value decide. */
const ownBins: Binning = (values) => binned(values, values);

/** 1 to 10 between the ends of `edges`, 0 below, and 11 from the upper end on and for missing ones. */
function binned(values: Float64Array, edges: Float64Array): Float64Array {
  const sorted = present(edges).sort();
  const [low = 0, high = 0] = [sorted[0], sorted.at(-1)];
  const [start, end] = low === high ? [low - 0.5, high + 0.5] : [low, high];
  return values.map((value) =>
    Number.isNaN(value) || value >= end
      ? 11
      : value < start
        ? 0
        : 1 + Math.floor((10 * (value - start)) / (end - start)),
  );
}

/** Rows of each pair of codes. */
function contingency(left: Float64Array, right: Float64Array): Map<string, number> {
  const counts = new Map<string, number>();
  left.forEach((code, row) => {
    const key = `${code} ${right[row] ?? NaN}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return counts;
}

function cramersV(table: ReadonlyMap<string, number>): number {
  const [rows, columns] = [new Map<string, number>(), new Map<string, number>()];
  let total = 0;
  for (const [key, count] of table) {
    const [a = '', b = ''] = key.split(' ');
    rows.set(a, (rows.get(a) ?? 0) + count);
    columns.set(b, (columns.get(b) ?? 0) + count);
    total += count;
  }
  let chi2 = -total;
  for (const [key, count] of table) {
    const [a = '', b = ''] = key.split(' ');
    chi2 += (total * count * count) / ((rows.get(a) ?? 0) * (columns.get(b) ?? 0));
  }
  const sides = Math.min(rows.size, columns.size) - 1;
  return sides < 1 ? NaN : Math.sqrt(chi2 / total / sides);
}

function meanOfKnown(scores: readonly number[]): number {
  return mean(scores.filter((score) => !Number.isNaN(score)));
}

function countsOf(codes: Float64Array): Map<string, number> {
  const counts = new Map<string, number>();
  for (const code of codes) counts.set(String(code), (counts.get(String(code)) ?? 0) + 1);
  return counts;
}

function present(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value));
}
