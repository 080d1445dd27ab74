import { Random } from '../../src/core/random/random.js';
import type { ColumnSchema } from '../../src/core/schema/schema.js';
import { isMissing } from '../../src/core/table/missing-bitmap.js';
import type { Column } from '../../src/core/table/table.js';

/** A column as bins: ten of equal width over the real range, or its categories; the last bin is missing. */
export interface Binned {
  readonly bins: Uint16Array;
  readonly width: number;
  readonly isNumber: boolean;
  /** NaN where missing; the numbers themselves. */
  readonly values: Float64Array;
}

const numberBins = 10;

export function binned(column: Column, { categories, bounds }: ColumnSchema): Binned {
  if (column.kind === 'text') throw new TypeError('There are no bins for text.');
  const rows = column.kind === 'category' ? column.codes.length : column.values.length;
  const isAbsent = (row: number): boolean => isMissing(column.missing, row);
  if (column.kind === 'category') {
    const names = categories?.values ?? [];
    const places = new Map(names.map((name, place) => [name, place]));
    const ofCode = column.dictionary.map((name) => places.get(name) ?? names.length);
    const bins = Uint16Array.from({ length: rows }, (_, row) =>
      isAbsent(row) ? names.length : (ofCode[column.codes[row] ?? 0] ?? names.length),
    );
    return { bins, width: names.length + 1, isNumber: false, values: new Float64Array() };
  }
  const { low = 0, high = 0 } = bounds ?? {};
  const values = Float64Array.from({ length: rows }, (_, row) =>
    isAbsent(row) ? NaN : (column.values[row] ?? NaN),
  );
  const bins = Uint16Array.from(values, (value) =>
    Number.isNaN(value)
      ? numberBins
      : Math.min(numberBins - 1, Math.floor((numberBins * (value - low)) / (high - low || 1))),
  );
  return { bins, width: numberBins + 1, isNumber: true, values };
}

function sharesOf(columns: readonly Binned[]): Float64Array {
  const shares = new Float64Array(columns.reduce((cells, { width }) => cells * width, 1));
  const rows = columns[0]?.bins.length ?? 0;
  for (let row = 0; row < rows; row += 1) {
    let cell = 0;
    for (const { bins, width } of columns) cell = cell * width + (bins[row] ?? 0);
    shares[cell] = (shares[cell] ?? 0) + 1 / rows;
  }
  return shares;
}

function similarity(real: Float64Array, made: Float64Array): number {
  return 1 - real.reduce((sum, share, cell) => sum + Math.abs(share - (made[cell] ?? 0)), 0) / 2;
}

function ksSimilarity(real: Binned, made: Binned): number {
  const sorted = [real, made].map(({ values }) => values.filter((value) => !Number.isNaN(value)).sort());
  const [left = new Float64Array(), right = new Float64Array()] = sorted;
  let [i, j, most] = [0, 0, 0];
  while (i < left.length && j < right.length) {
    const at = Math.min(left[i] ?? 0, right[j] ?? 0);
    while (left[i] === at) i += 1;
    while (right[j] === at) j += 1;
    most = Math.max(most, Math.abs(i / left.length - j / right.length));
  }
  return 1 - most;
}

function pearson({ values: xs }: Binned, { values: ys }: Binned): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (const [row, x] of xs.entries()) {
    const y = ys[row] ?? NaN;
    if (Number.isNaN(x + y)) continue;
    [n, sx, sy, sxx, syy, sxy] = [n + 1, sx + x, sy + y, sxx + x * x, syy + y * y, sxy + x * y];
  }
  return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

function cramersV(shares: Float64Array, height: number, width: number): number {
  const [rows, columns] = [new Float64Array(height), new Float64Array(width)];
  for (const [cell, share] of shares.entries()) {
    rows[Math.floor(cell / width)] = (rows[Math.floor(cell / width)] ?? 0) + share;
    columns[cell % width] = (columns[cell % width] ?? 0) + share;
  }
  let sum = -1;
  for (const [cell, share] of shares.entries()) {
    const expected = (rows[Math.floor(cell / width)] ?? 0) * (columns[cell % width] ?? 0);
    if (expected > 0) sum += share ** 2 / expected;
  }
  const sides = [rows, columns].map((side) => side.filter((share) => share > 0).length);
  return Math.sqrt(Math.max(0, sum) / (Math.min(...sides) - 1));
}

interface Quality {
  readonly shapes: number;
  /** Mean of the pairs that depend on each other by SDMetrics' rule since 0.27, and of all pairs. */
  readonly trends: number;
  readonly pairs: number;
  /** Mean total variation distance of triples. */
  readonly triples: number;
}

const triplesDrawn = 200;
const random = Random.fromSeed('triples');

/** SDMetrics' quality with fixed edges for the bins of mixed pairs, and no subsample. */
export function qualityOf(real: readonly Binned[], made: readonly Binned[]): Quality {
  const shapes = real.map((column, at) => {
    const other = made[at] ?? column;
    return column.isNumber ? ksSimilarity(column, other) : similarity(sharesOf([column]), sharesOf([other]));
  });
  const [all, dependent]: [number[], number[]] = [[], []];
  for (const [left, one] of real.entries())
    for (let right = left + 1; right < real.length; right += 1) {
      const [two, ofOne, ofTwo] = [real[right], made[left], made[right]];
      if (!two || !ofOne || !ofTwo) continue;
      const { score, strength, floor } = pairScore([one, two], [ofOne, ofTwo]);
      if (Number.isNaN(score)) continue;
      all.push(score);
      if (strength > floor) dependent.push(score);
    }
  const draws = random.fork('drawn');
  const triples = Array.from({ length: triplesDrawn }, () => {
    const axes = new Set<number>();
    while (axes.size < Math.min(3, real.length)) axes.add(draws.integerBelow(real.length));
    const pick = (columns: readonly Binned[]): Binned[] => [...axes].flatMap((axis) => columns[axis] ?? []);
    return 1 - similarity(sharesOf(pick(real)), sharesOf(pick(made)));
  });
  return { shapes: mean(shapes), trends: mean(dependent), pairs: mean(all), triples: mean(triples) };
}

function pairScore(
  real: readonly [Binned, Binned],
  made: readonly [Binned, Binned],
): { score: number; strength: number; floor: number } {
  if (real[0].isNumber && real[1].isNumber) {
    const r = pearson(...real);
    return { score: 1 - Math.abs(r - pearson(...made)) / 2, strength: Math.abs(r), floor: 0.5 };
  }
  const shares = sharesOf(real);
  const strength = cramersV(shares, real[0].width, real[1].width);
  return { score: similarity(shares, sharesOf(made)), strength, floor: 0.3 };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
