import type * as tensorflow from '@tensorflow/tfjs';
import type { Random } from '../../random/random.js';
import type { AdamSettings, Ops, Segments, Tensor } from '../ops.js';
import * as shapes from '../shapes.js';
import { WasmOps } from '../wasm/wasm-ops.js';

type Tensorflow = typeof tensorflow;
type Matrix = tensorflow.Tensor2D;

/** TensorFlow's tensors never change, so a kept one is replaced. */
class TensorflowTensor implements Tensor {
  constructor(
    readonly rows: number,
    readonly columns: number,
    public matrix: Matrix,
    readonly isKept: boolean,
  ) {}
}

/**
 * The ops by TensorFlow.js on the backend that it is set to. Of its gradients nothing is used: those of second order are
 * wrong for what saves its output.
 */
export class TensorflowOps implements Ops {
  readonly backend: string;
  readonly version: string;
  readonly #tf: Tensorflow;
  /** Noise is the same on every backend, so it comes from ours. */
  readonly #noise = new WasmOps();

  constructor(tf: Tensorflow) {
    this.#tf = tf;
    this.backend = `tfjs-${tf.getBackend()}`;
    this.version = tf.version_core;
  }

  keep(rows: number, columns: number, values: Float32Array): Tensor {
    const { matrix } = this.#filled(rows, columns, values);
    return new TensorflowTensor(rows, columns, this.#tf.keep(matrix), true);
  }

  tensor(rows: number, columns: number, values: Float32Array): Tensor {
    return this.#filled(rows, columns, values);
  }

  read(tensor: Tensor): Float32Array {
    return Float32Array.from(matrixOf(tensor).dataSync());
  }

  write(kept: Tensor, values: Float32Array): void {
    const own = keptOf(kept);
    replace(own, this.#tf.keep(this.#filled(own.rows, own.columns, values).matrix));
  }

  step<Result>(work: () => Result): Result {
    const results: Result[] = [];
    // Nothing is handed to TensorFlow: it would spare the tensors that it finds in it.
    this.#tf.tidy(() => {
      results.push(work());
    });
    return results[0] as Result;
  }

  bytesInUse(): number {
    return this.#tf.memory().numBytes;
  }

  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
    shapes.productShape(a, b, transposeA, transposeB);
    const [left, right] = [matrixOf(a), matrixOf(b)];
    if (this.#tf.getBackend() !== 'wasm') return own(this.#tf.matMul(left, right, transposeA, transposeB));
    // With a flag the product of this backend is 15 times slower.
    const turned = (matrix: Matrix, isTurned: boolean) => (isTurned ? this.#tf.transpose(matrix) : matrix);
    return own(this.#tf.matMul(turned(left, transposeA), turned(right, transposeB)));
  }

  add: Ops['add'] = (a, b) => this.#pair(this.#tf.add, a, b);
  subtract: Ops['subtract'] = (a, b) => this.#pair(this.#tf.sub, a, b);
  multiply: Ops['multiply'] = (a, b) => this.#pair(this.#tf.mul, a, b);
  divide: Ops['divide'] = (a, b) => this.#pair(this.#tf.div, a, b);
  linear: Ops['linear'] = (a, factor, term) => own(this.#tf.add(this.#tf.mul(matrixOf(a), factor), term));
  exp: Ops['exp'] = (a) => own(this.#tf.exp(matrixOf(a)));
  log: Ops['log'] = (a) => own(this.#tf.log(matrixOf(a)));
  sqrt: Ops['sqrt'] = (a) => own(this.#tf.sqrt(matrixOf(a)));
  tanh: Ops['tanh'] = (a) => own(this.#tf.tanh(matrixOf(a)));
  sigmoid: Ops['sigmoid'] = (a) => own(this.#tf.sigmoid(matrixOf(a)));
  softplus: Ops['softplus'] = (a) => own(this.#tf.softplus(matrixOf(a)));
  leaky: Ops['leaky'] = (a, slope) => own(this.#tf.leakyRelu(matrixOf(a), slope));

  leakyMask(a: Tensor, slope: number): Tensor {
    const matrix = matrixOf(a);
    const isPositive = this.#tf.greater(matrix, 0);
    return own(this.#tf.where(isPositive, this.#tf.onesLike(matrix), this.#tf.fill(matrix.shape, slope)));
  }

  rowSums: Ops['rowSums'] = (a) => own(this.#tf.sum<Matrix>(matrixOf(a), 1, true));
  columnSums: Ops['columnSums'] = (a) => own(this.#tf.sum<Matrix>(matrixOf(a), 0, true));

  expand(a: Tensor, rows: number, columns: number): Tensor {
    shapes.checkExpands(a, rows, columns);
    return own(this.#tf.tile(matrixOf(a), [rows / a.rows, columns / a.columns]));
  }

  segmentSums: Ops['segmentSums'] = (a, segments) =>
    this.#segmented(a, segments, (part) => this.#tf.sum<Matrix>(part, 1, true));
  segmentMaxima: Ops['segmentMaxima'] = (a, segments) =>
    this.#segmented(a, segments, (part) => this.#tf.max<Matrix>(part, 1, true));

  concatColumns(parts: readonly Tensor[]): Tensor {
    shapes.commonRows(parts);
    return own(this.#tf.concat2d(parts.map(matrixOf), 1));
  }

  sliceColumns(a: Tensor, from: number, to: number): Tensor {
    shapes.checkSlice(a, from, to);
    return own(this.#tf.slice2d(matrixOf(a), [0, from], [a.rows, to - from]));
  }

  reshape(a: Tensor, rows: number, columns: number): Tensor {
    shapes.checkCells(rows, columns, a.rows * a.columns);
    return own(matrixOf(a).reshape<Matrix>([rows, columns]));
  }

  gatherRows(a: Tensor, indices: Int32Array): Tensor {
    shapes.checkIndices(indices, 0, a.rows);
    return own(this.#tf.gather(matrixOf(a), this.#tf.tensor1d(indices.slice(), 'int32')));
  }

  // Not every backend can scatter: rows and cells are added up here, in order.

  scatterRows(a: Tensor, indices: Int32Array, rows: number): Tensor {
    shapes.checkIndexCount(indices, a.rows);
    shapes.checkIndices(indices, 0, rows);
    const { columns } = a;
    const sums = new Float32Array(rows * columns);
    for (const [place, value] of this.read(a).entries()) {
      const to = (indices[Math.floor(place / columns)] ?? 0) * columns + (place % columns);
      sums[to] = (sums[to] ?? 0) + value;
    }
    return this.tensor(rows, columns, sums);
  }

  gatherCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor {
    shapes.checkIndexCount(indices, rows * columns);
    shapes.checkIndices(indices, -1, a.rows * a.columns);
    const cells = this.#tf.concat1d([this.#tf.zeros([1]), matrixOf(a).reshape([-1])]);
    const places = this.#tf.tensor1d(
      indices.map((index) => index + 1),
      'int32',
    );
    return own(this.#tf.gather(cells, places).reshape<Matrix>([rows, columns]));
  }

  scatterCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor {
    shapes.checkIndexCount(indices, a.rows * a.columns);
    shapes.checkIndices(indices, -1, rows * columns);
    const sums = new Float32Array(rows * columns);
    for (const [place, value] of this.read(a).entries()) {
      const to = indices[place] ?? -1;
      if (to >= 0) sums[to] = (sums[to] ?? 0) + value;
    }
    return this.tensor(rows, columns, sums);
  }

  uniform(rows: number, columns: number, random: Random): Tensor {
    const noise = this.#noise;
    return this.tensor(
      rows,
      columns,
      noise.step(() => noise.read(noise.uniform(rows, columns, random))),
    );
  }

  normal(rows: number, columns: number, random: Random): Tensor {
    const noise = this.#noise;
    return this.tensor(
      rows,
      columns,
      noise.step(() => noise.read(noise.normal(rows, columns, random))),
    );
  }

  adam(parameter: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, settings: AdamSettings): void {
    const { rate, beta1, beta2, epsilon, decay, step } = settings;
    const [weights, means, squares] = [keptOf(parameter), keptOf(mean), keptOf(square)];
    shapes.checkSameShape(parameter, [gradient, mean, square]);
    this.step(() => {
      const slopes = matrixOf(gradient);
      const first = this.#tf.add(means.matrix.mul(beta1), slopes.mul(1 - beta1));
      const second = this.#tf.add(squares.matrix.mul(beta2), slopes.square().mul(1 - beta2));
      const spread = second
        .div(1 - beta2 ** step)
        .sqrt()
        .add(epsilon);
      const change = first
        .div(1 - beta1 ** step)
        .div(spread)
        .add(weights.matrix.mul(decay));
      replace(weights, this.#tf.keep(weights.matrix.sub(change.mul(rate))));
      replace(means, this.#tf.keep(first as Matrix));
      replace(squares, this.#tf.keep(second as Matrix));
    });
  }

  #filled(rows: number, columns: number, values: Float32Array): TensorflowTensor {
    shapes.checkCells(rows, columns, values.length);
    // TensorFlow takes the array itself, which the caller may go on writing to.
    return own(this.#tf.tensor2d(values.slice(), [rows, columns], 'float32'));
  }

  #pair(op: (a: Matrix, b: Matrix) => tensorflow.Tensor, a: Tensor, b: Tensor): Tensor {
    shapes.pairShape(a, b);
    return own(op(matrixOf(a), matrixOf(b)));
  }

  #segmented(a: Tensor, segments: Segments, join: (part: Matrix) => Matrix): Tensor {
    shapes.checkSegments(a, segments);
    const parts = this.#tf.split<Matrix>(matrixOf(a), [...segments], 1);
    return own(
      this.#tf.concat2d(
        parts.map((part) => this.#tf.tile(join(part), [1, part.shape[1]])),
        1,
      ),
    );
  }
}

function own(made: tensorflow.Tensor): TensorflowTensor {
  const matrix = made as Matrix;
  return new TensorflowTensor(matrix.shape[0], matrix.shape[1], matrix, false);
}

function matrixOf(tensor: Tensor): Matrix {
  if (!(tensor instanceof TensorflowTensor))
    throw new shapes.ShapeError('This tensor was made by another backend.');
  if (tensor.matrix.isDisposed) throw new shapes.ShapeError('This tensor was freed when its step ended.');
  return tensor.matrix;
}

function keptOf(tensor: Tensor): TensorflowTensor {
  matrixOf(tensor);
  if (!(tensor instanceof TensorflowTensor) || !tensor.isKept)
    throw new shapes.ShapeError('Only kept tensors change in place.');
  return tensor;
}

function replace(kept: TensorflowTensor, matrix: Matrix): void {
  kept.matrix.dispose();
  kept.matrix = matrix;
}
