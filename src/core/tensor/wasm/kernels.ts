import { compiledKernels } from './compiled-kernels.js';

type Cellwise = (a: number, out: number, count: number) => void;
type Sloped = (a: number, out: number, count: number, slope: number) => void;
/* eslint-disable max-params -- WebAssembly takes numbers alone. */
type Paired = (
  a: number,
  b: number,
  out: number,
  rows: number,
  columns: number,
  strideA: number,
  wideA: number,
  strideB: number,
  wideB: number,
) => void;
type Summed = (a: number, out: number, rows: number, columns: number) => void;
type Segmented = (a: number, out: number, rows: number, segments: number, count: number) => void;

/** What kernels/*.as export. Tensors are byte offsets, flags 0 or 1. */
export interface Kernels {
  gemmScratch(m: number, n: number, k: number): number;
  gemm(
    a: number,
    b: number,
    c: number,
    m: number,
    n: number,
    k: number,
    transposeA: number,
    transposeB: number,
    scratch: number,
  ): void;
  readonly add: Paired;
  readonly subtract: Paired;
  readonly multiply: Paired;
  readonly divide: Paired;
  linear(a: number, out: number, count: number, factor: number, term: number): void;
  readonly exp: Cellwise;
  readonly log: Cellwise;
  readonly sqrt: Cellwise;
  readonly tanh: Cellwise;
  readonly sigmoid: Cellwise;
  readonly softplus: Cellwise;
  readonly leaky: Sloped;
  readonly leakyMask: Sloped;
  readonly rowSums: Summed;
  readonly columnSums: Summed;
  expand(a: number, out: number, rows: number, columns: number, stride: number, wide: number): void;
  readonly segmentSums: Segmented;
  readonly segmentMaxima: Segmented;
  copyBlock(
    from: number,
    fromStride: number,
    to: number,
    toStride: number,
    rows: number,
    columns: number,
  ): void;
  clear(at: number, count: number): void;
  gatherRows(a: number, indices: number, count: number, out: number, rows: number, columns: number): number;
  scatterRows(a: number, indices: number, count: number, out: number, rows: number, columns: number): number;
  gatherCells(a: number, cells: number, indices: number, out: number, count: number): number;
  scatterCells(a: number, indices: number, count: number, out: number, cells: number): number;
  adam(
    weights: number,
    gradients: number,
    means: number,
    squares: number,
    count: number,
    rate: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    decay: number,
    unbias1: number,
    unbias2: number,
  ): void;
  philox(out: number, blocks: number, key0: number, key1: number, word2: number, word3: number): void;
  uniforms(at: number, count: number): void;
  normals(at: number, count: number): void;
}

let compiled: WebAssembly.Module | undefined;

/** The kernels over a memory; compiled once a process. */
export function kernelsOver(memory: WebAssembly.Memory): Kernels {
  compiled ??= new WebAssembly.Module(Buffer.from(compiledKernels, 'base64'));
  return new WebAssembly.Instance(compiled, { env: { memory } }).exports as Kernels;
}
