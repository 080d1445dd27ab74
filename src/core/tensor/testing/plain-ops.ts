import { normalQuantile } from '../../distributions/normal.js';
import { philox } from '../../random/philox.js';
import type { Random } from '../../random/random.js';
import type { AdamSettings, Ops, Segments, Tensor } from '../ops.js';

interface PlainTensor extends Tensor {
  readonly values: Float32Array;
}

const valuesOf = (tensor: Tensor) => (tensor as PlainTensor).values;

function make(rows: number, columns: number, cell: (row: number, column: number) => number): PlainTensor {
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) values[row * columns + column] = cell(row, column);
  return { rows, columns, values };
}

const cellOf = (tensor: Tensor, row: number, column: number) =>
  valuesOf(tensor)[(tensor.rows === 1 ? 0 : row) * tensor.columns + (tensor.columns === 1 ? 0 : column)] ??
  NaN;

const each = (a: Tensor, change: (value: number) => number): Tensor =>
  make(a.rows, a.columns, (row, column) => change(cellOf(a, row, column)));

function pair(a: Tensor, b: Tensor, join: (a: number, b: number) => number): Tensor {
  return make(Math.max(a.rows, b.rows), Math.max(a.columns, b.columns), (row, column) =>
    join(cellOf(a, row, column), cellOf(b, row, column)),
  );
}

const range = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index);

function bySegment(a: Tensor, segments: Segments, join: (values: number[]) => number): Tensor {
  const starts = segments.flatMap((width, index) => {
    const start = segments.slice(0, index).reduce((sum, one) => sum + one, 0);
    return Array.from({ length: width }, () => [start, start + width] as const);
  });
  return make(a.rows, a.columns, (row, column) => {
    const [from, to] = starts[column] ?? [0, 0];
    return join(range(from, to).map((index) => cellOf(a, row, index)));
  });
}

const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);

function scatter(
  a: Tensor,
  rows: number,
  columns: number,
  place: (row: number, column: number) => number,
): Tensor {
  const made = make(rows, columns, () => 0);
  for (const row of range(0, a.rows))
    for (const column of range(0, a.columns)) {
      const to = place(row, column);
      if (to >= 0) made.values[to] = (made.values[to] ?? 0) + cellOf(a, row, column);
    }
  return made;
}

/** Whole numbers below 2^32. */
function words(random: Random, count: number): number[] {
  const { key0, key1, word2, word3 } = random.bulk();
  return range(0, Math.ceil(count / 4))
    .flatMap((block) => {
      const counter = Int32Array.of(block, 0, word2, word3);
      philox(counter, key0, key1);
      return [...new Uint32Array(counter.buffer)];
    })
    .slice(0, count);
}

/** The ops as their definitions say, slow and plain: what every backend is compared with. */
export class PlainOps implements Ops {
  readonly backend = 'plain';
  readonly version = '1';

  keep: Ops['keep'] = (rows, columns, values) => this.tensor(rows, columns, values);
  tensor: Ops['tensor'] = (rows, columns, values) =>
    make(rows, columns, (row, column) => values[row * columns + column] ?? NaN);
  read: Ops['read'] = (tensor) => valuesOf(tensor).slice();
  write: Ops['write'] = (kept, values) => {
    valuesOf(kept).set(values);
  };
  step = <Result>(work: () => Result): Result => work();
  bytesInUse: Ops['bytesInUse'] = () => 0;

  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
    const left = (row: number, k: number) => (transposeA ? cellOf(a, k, row) : cellOf(a, row, k));
    const right = (k: number, column: number) => (transposeB ? cellOf(b, column, k) : cellOf(b, k, column));
    const inner = range(0, transposeA ? a.rows : a.columns);
    return make(transposeA ? a.columns : a.rows, transposeB ? b.rows : b.columns, (row, column) =>
      sum(inner.map((k) => left(row, k) * right(k, column))),
    );
  }

  add: Ops['add'] = (a, b) => pair(a, b, (one, other) => one + other);
  subtract: Ops['subtract'] = (a, b) => pair(a, b, (one, other) => one - other);
  multiply: Ops['multiply'] = (a, b) => pair(a, b, (one, other) => one * other);
  divide: Ops['divide'] = (a, b) => pair(a, b, (one, other) => one / other);
  linear: Ops['linear'] = (a, factor, term) => each(a, (value) => value * factor + term);
  exp: Ops['exp'] = (a) => each(a, Math.exp);
  log: Ops['log'] = (a) => each(a, Math.log);
  sqrt: Ops['sqrt'] = (a) => each(a, Math.sqrt);
  tanh: Ops['tanh'] = (a) => each(a, Math.tanh);
  sigmoid: Ops['sigmoid'] = (a) => each(a, (value) => 1 / (1 + Math.exp(-value)));
  softplus: Ops['softplus'] = (a) =>
    each(a, (value) => Math.max(value, 0) + Math.log1p(Math.exp(-Math.abs(value))));
  leaky: Ops['leaky'] = (a, slope) => each(a, (value) => (value > 0 ? value : value * slope));
  leakyMask: Ops['leakyMask'] = (a, slope) => each(a, (value) => (value > 0 ? 1 : slope));

  rowSums: Ops['rowSums'] = (a) =>
    make(a.rows, 1, (row) => sum(range(0, a.columns).map((column) => cellOf(a, row, column))));
  columnSums: Ops['columnSums'] = (a) =>
    make(1, a.columns, (_, column) => sum(range(0, a.rows).map((row) => cellOf(a, row, column))));
  expand: Ops['expand'] = (a, rows, columns) => make(rows, columns, (row, column) => cellOf(a, row, column));
  segmentSums: Ops['segmentSums'] = (a, segments) => bySegment(a, segments, sum);
  segmentMaxima: Ops['segmentMaxima'] = (a, segments) =>
    bySegment(a, segments, (values) => Math.max(...values));

  concatColumns(parts: readonly Tensor[]): Tensor {
    const places = parts.flatMap((part) => range(0, part.columns).map((column) => [part, column] as const));
    return make(parts[0]?.rows ?? 0, places.length, (row, column) => {
      const place = places[column];
      return place === undefined ? NaN : cellOf(place[0], row, place[1]);
    });
  }

  sliceColumns: Ops['sliceColumns'] = (a, from, to) =>
    make(a.rows, to - from, (row, column) => valuesOf(a)[row * a.columns + from + column] ?? NaN);
  reshape: Ops['reshape'] = (a, rows, columns) => this.tensor(rows, columns, valuesOf(a));
  gatherRows: Ops['gatherRows'] = (a, indices) =>
    make(
      indices.length,
      a.columns,
      (row, column) => valuesOf(a)[(indices[row] ?? NaN) * a.columns + column] ?? NaN,
    );
  scatterRows: Ops['scatterRows'] = (a, indices, rows) =>
    scatter(a, rows, a.columns, (row, column) => (indices[row] ?? NaN) * a.columns + column);

  gatherCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor {
    return make(rows, columns, (row, column) => {
      const from = indices[row * columns + column] ?? NaN;
      return from < 0 ? 0 : (valuesOf(a)[from] ?? NaN);
    });
  }

  scatterCells: Ops['scatterCells'] = (a, indices, rows, columns) =>
    scatter(a, rows, columns, (row, column) => indices[row * a.columns + column] ?? NaN);

  uniform: Ops['uniform'] = (rows, columns, random) => {
    const shares = words(random, rows * columns).map((word) => ((word >>> 9) + 0.5) / 2 ** 23);
    return this.tensor(rows, columns, Float32Array.from(shares));
  };

  // As the words are signed, the lower half of them is the upper half of the law.
  normal: Ops['normal'] = (rows, columns, random) => {
    const shares = words(random, rows * columns).map((word) => ((word ^ 0x8000_0000) >>> 0) + 0.5);
    return this.tensor(
      rows,
      columns,
      Float32Array.from(shares, (share) => normalQuantile(share / 2 ** 32)),
    );
  };

  adam(parameter: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, settings: AdamSettings): void {
    const { rate, beta1, beta2, epsilon, decay, step } = settings;
    const [weights, slopes] = [valuesOf(parameter), valuesOf(gradient)];
    const [means, squares] = [valuesOf(mean), valuesOf(square)];
    for (const [index, slope] of slopes.entries()) {
      const first = beta1 * (means[index] ?? 0) + (1 - beta1) * slope;
      const second = beta2 * (squares[index] ?? 0) + (1 - beta2) * slope * slope;
      means[index] = first;
      squares[index] = second;
      const move = first / (1 - beta1 ** step) / (Math.sqrt(second / (1 - beta2 ** step)) + epsilon);
      const weight = weights[index] ?? 0;
      weights[index] = weight - rate * (move + decay * weight);
    }
  }
}
