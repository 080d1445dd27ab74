import type { Random } from '../random/random.js';

/** A matrix of float32 numbers, row by row, on the backend that made it. No other backend takes it. */
export interface Tensor {
  readonly rows: number;
  readonly columns: number;
}

/** Neighbouring columns that belong together, such as the categories of one column; together they cover every column. */
export type Segments = readonly number[];

/** Adam with decoupled weight decay: Loshchilov and Hutter 2019, "Decoupled weight decay regularization", algorithm 2. */
export interface AdamSettings {
  readonly rate: number;
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decay: number;
  /** 1 at the first step. */
  readonly step: number;
}

/**
 * What a backend computes. It knows no gradients: those are `Calculus`, which writes each of them as ops, so that they
 * are the same mathematics on every backend.
 *
 * Two tensors meet in `add`, `subtract`, `multiply` and `divide` when each of their dimensions is equal or 1; a dimension
 * of 1 is repeated. Every op makes a new tensor but those that say otherwise.
 */
export interface Ops {
  readonly backend: string;
  readonly version: string;

  /** A tensor that stays; only these may be changed in place. */
  keep(rows: number, columns: number, values: Float32Array): Tensor;
  /** A tensor of this step. */
  tensor(rows: number, columns: number, values: Float32Array): Tensor;
  /** A copy of the values. */
  read(tensor: Tensor): Float32Array;
  /** Replaces the values of a kept tensor. */
  write(kept: Tensor, values: Float32Array): void;
  /** Does the work and frees every tensor that was made in it and is not kept. */
  step<Result>(work: () => Result): Result;
  /** Bytes that tensors take now. */
  bytesInUse(): number;

  /** op(a) · op(b), where op transposes when asked to. */
  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor;
  add(a: Tensor, b: Tensor): Tensor;
  subtract(a: Tensor, b: Tensor): Tensor;
  multiply(a: Tensor, b: Tensor): Tensor;
  divide(a: Tensor, b: Tensor): Tensor;
  /** a · factor + term. */
  linear(a: Tensor, factor: number, term: number): Tensor;
  exp(a: Tensor): Tensor;
  log(a: Tensor): Tensor;
  sqrt(a: Tensor): Tensor;
  tanh(a: Tensor): Tensor;
  sigmoid(a: Tensor): Tensor;
  /** log(1 + exp(a)), without overflow. */
  softplus(a: Tensor): Tensor;
  /** a where it is positive, else a · slope. */
  leaky(a: Tensor, slope: number): Tensor;
  /** 1 where a is positive, else the slope. */
  leakyMask(a: Tensor, slope: number): Tensor;
  /** rows × 1. */
  rowSums(a: Tensor): Tensor;
  /** 1 × columns. */
  columnSums(a: Tensor): Tensor;
  /** Repeats dimensions of 1. */
  expand(a: Tensor, rows: number, columns: number): Tensor;
  /** In each cell the sum of its row's cells in the same segment. */
  segmentSums(a: Tensor, segments: Segments): Tensor;
  /** In each cell the greatest of its row's cells in the same segment. */
  segmentMaxima(a: Tensor, segments: Segments): Tensor;
  /** Side by side; equal numbers of rows. */
  concatColumns(parts: readonly Tensor[]): Tensor;
  sliceColumns(a: Tensor, from: number, to: number): Tensor;
  /** The same cells, row by row, under other dimensions. */
  reshape(a: Tensor, rows: number, columns: number): Tensor;
  /** Row i of the result is row `indices[i]` of a. */
  gatherRows(a: Tensor, indices: Int32Array): Tensor;
  /** Adds row i of a to row `indices[i]` of `rows` rows of zeros. */
  scatterRows(a: Tensor, indices: Int32Array, rows: number): Tensor;
  /** Cell i of the result is cell `indices[i]` of a, or 0 where that is -1. For convolutions. */
  gatherCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor;
  /** Adds cell i of a to cell `indices[i]` of rows × columns zeros; -1 goes nowhere. */
  scatterCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor;

  /**
   * Uniform numbers in the open interval (0, 1), 23 bits each, from the bulk draws of a stream: always the same for a
   * stream and bit for bit the same on every backend, so fork a stream for each use.
   */
  uniform(rows: number, columns: number, random: Random): Tensor;
  /** Standard normal numbers, in the same way; 32 bits each, within ±6.4. */
  normal(rows: number, columns: number, random: Random): Tensor;

  /** Moves a kept parameter and its two kept moments in place, against the gradient. */
  adam(parameter: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, settings: AdamSettings): void;
}
