import type { AdamSettings, Ops, Segments, Tensor } from '../ops.js';
import {
  checkCells,
  checkExpands,
  checkIndex,
  checkIndexCount,
  checkSameShape,
  checkSegments,
  checkSlice,
  commonRows,
  pairShape,
  productShape,
} from '../shapes.js';
import { Arena } from './arena.js';
import type { WasmTensor } from './arena.js';
import { kernelsHash } from './compiled-kernels.js';
import { kernelsOver } from './kernels.js';
import type { Kernels } from './kernels.js';

type PairKernel = 'add' | 'subtract' | 'multiply' | 'divide';
type CellKernel = 'exp' | 'log' | 'sqrt' | 'tanh' | 'sigmoid' | 'softplus';

/**
 * The ops over one SIMD WebAssembly module. Its instructions are those of IEEE 754 and its sums have a fixed order, so
 * every engine on every processor makes the same bits.
 */
export class WasmOps implements Ops {
  readonly backend = 'wasm';
  readonly version = kernelsHash.slice(0, 12);
  readonly #arena = new Arena();
  readonly #kernels: Kernels = kernelsOver(this.#arena.memory);

  keep(rows: number, columns: number, values: Float32Array): Tensor {
    return this.#arena.filled(rows, columns, values, true);
  }

  tensor(rows: number, columns: number, values: Float32Array): Tensor {
    return this.#arena.filled(rows, columns, values, false);
  }

  read(tensor: Tensor): Float32Array {
    return this.#arena.cells(this.#arena.own(tensor)).slice();
  }

  write(kept: Tensor, values: Float32Array): void {
    const own = this.#arena.kept(kept);
    checkCells(own.rows, own.columns, values.length);
    this.#arena.cells(own).set(values);
  }

  step<Result>(work: () => Result): Result {
    return this.#arena.step(work);
  }

  bytesInUse(): number {
    return this.#arena.bytesInUse;
  }

  matMul(a: Tensor, b: Tensor, transposeA: boolean, transposeB: boolean): Tensor {
    const [left, right] = [this.#arena.own(a), this.#arena.own(b)];
    const [m, n, k] = productShape(a, b, transposeA, transposeB);
    const out = this.#arena.make(m, n);
    this.#arena.scratch(this.#kernels.gemmScratch(m, n, k), (scratch) => {
      const flags = [Number(transposeA), Number(transposeB)] as const;
      this.#kernels.gemm(left.offset, right.offset, out.offset, m, n, k, ...flags, scratch);
    });
    return out;
  }

  add: Ops['add'] = (a, b) => this.#pair('add', a, b);
  subtract: Ops['subtract'] = (a, b) => this.#pair('subtract', a, b);
  multiply: Ops['multiply'] = (a, b) => this.#pair('multiply', a, b);
  divide: Ops['divide'] = (a, b) => this.#pair('divide', a, b);

  linear(a: Tensor, factor: number, term: number): Tensor {
    return this.#cells(a, (from, to, count) => {
      this.#kernels.linear(from, to, count, factor, term);
    });
  }

  exp: Ops['exp'] = (a) => this.#cellwise('exp', a);
  log: Ops['log'] = (a) => this.#cellwise('log', a);
  sqrt: Ops['sqrt'] = (a) => this.#cellwise('sqrt', a);
  tanh: Ops['tanh'] = (a) => this.#cellwise('tanh', a);
  sigmoid: Ops['sigmoid'] = (a) => this.#cellwise('sigmoid', a);
  softplus: Ops['softplus'] = (a) => this.#cellwise('softplus', a);

  leaky(a: Tensor, slope: number): Tensor {
    return this.#cells(a, (from, to, count) => {
      this.#kernels.leaky(from, to, count, slope);
    });
  }

  leakyMask(a: Tensor, slope: number): Tensor {
    return this.#cells(a, (from, to, count) => {
      this.#kernels.leakyMask(from, to, count, slope);
    });
  }

  rowSums(a: Tensor): Tensor {
    const { offset, rows, columns } = this.#arena.own(a);
    const out = this.#arena.make(rows, 1);
    this.#kernels.rowSums(offset, out.offset, rows, columns);
    return out;
  }

  columnSums(a: Tensor): Tensor {
    const { offset, rows, columns } = this.#arena.own(a);
    const out = this.#arena.make(1, columns);
    if (columns === 1) this.#kernels.rowSums(offset, out.offset, 1, rows);
    else this.#kernels.columnSums(offset, out.offset, rows, columns);
    return out;
  }

  expand(a: Tensor, rows: number, columns: number): Tensor {
    const own = this.#arena.own(a);
    checkExpands(a, rows, columns);
    const out = this.#arena.make(rows, columns);
    const stride = own.rows === 1 ? 0 : 4 * own.columns;
    this.#kernels.expand(own.offset, out.offset, rows, columns, stride, Number(own.columns === columns));
    return out;
  }

  segmentSums: Ops['segmentSums'] = (a, segments) => this.#segmented('segmentSums', a, segments);
  segmentMaxima: Ops['segmentMaxima'] = (a, segments) => this.#segmented('segmentMaxima', a, segments);

  concatColumns(parts: readonly Tensor[]): Tensor {
    const rows = commonRows(parts);
    const columns = parts.reduce((sum, part) => sum + part.columns, 0);
    const own = parts.map((part) => this.#arena.own(part));
    const out = this.#arena.make(rows, columns);
    let to = out.offset;
    for (const part of own) {
      this.#kernels.copyBlock(part.offset, part.columns, to, columns, rows, part.columns);
      to += 4 * part.columns;
    }
    return out;
  }

  sliceColumns(a: Tensor, from: number, to: number): Tensor {
    const { offset, rows, columns } = this.#arena.own(a);
    checkSlice(a, from, to);
    const out = this.#arena.make(rows, to - from);
    this.#kernels.copyBlock(offset + 4 * from, columns, out.offset, to - from, rows, to - from);
    return out;
  }

  reshape(a: Tensor, rows: number, columns: number): Tensor {
    const own = this.#arena.own(a);
    checkCells(rows, columns, own.count);
    // Kept cells can change in place, which a tensor of a step must not.
    if (!own.isKept) return this.#arena.view(own, rows, columns);
    const out = this.#arena.make(rows, columns);
    this.#kernels.copyBlock(own.offset, own.count, out.offset, own.count, 1, own.count);
    return out;
  }

  gatherRows(a: Tensor, indices: Int32Array): Tensor {
    const { offset, rows, columns } = this.#arena.own(a);
    const out = this.#arena.make(indices.length, columns);
    const bad = this.#arena.withWords(indices, (words) =>
      this.#kernels.gatherRows(offset, words, indices.length, out.offset, rows, columns),
    );
    checkIndex(indices, bad, rows);
    return out;
  }

  scatterRows(a: Tensor, indices: Int32Array, rows: number): Tensor {
    const own = this.#arena.own(a);
    checkIndexCount(indices, own.rows);
    const out = this.#arena.make(rows, own.columns);
    const bad = this.#arena.withWords(indices, (words) =>
      this.#kernels.scatterRows(own.offset, words, indices.length, out.offset, rows, own.columns),
    );
    checkIndex(indices, bad, rows);
    return out;
  }

  gatherCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor {
    const { offset, count } = this.#arena.own(a);
    checkIndexCount(indices, rows * columns);
    const out = this.#arena.make(rows, columns);
    const bad = this.#arena.withWords(indices, (words) =>
      this.#kernels.gatherCells(offset, count, words, out.offset, indices.length),
    );
    checkIndex(indices, bad, count);
    return out;
  }

  scatterCells(a: Tensor, indices: Int32Array, rows: number, columns: number): Tensor {
    const own = this.#arena.own(a);
    checkIndexCount(indices, own.count);
    const out = this.#arena.make(rows, columns);
    const bad = this.#arena.withWords(indices, (words) =>
      this.#kernels.scatterCells(own.offset, words, indices.length, out.offset, out.count),
    );
    checkIndex(indices, bad, out.count);
    return out;
  }

  adam(parameter: Tensor, gradient: Tensor, mean: Tensor, square: Tensor, settings: AdamSettings): void {
    const { rate, beta1, beta2, epsilon, decay, step } = settings;
    const places = [
      this.#arena.kept(parameter),
      this.#arena.own(gradient),
      this.#arena.kept(mean),
      this.#arena.kept(square),
    ] as const;
    checkSameShape(parameter, places);
    const [weights, slopes, means, squares] = places.map(({ offset }) => offset) as [
      number,
      number,
      number,
      number,
    ];
    const unbias = [1 / (1 - power(beta1, step)), 1 / (1 - power(beta2, step))] as const;
    const constants = [rate, beta1, beta2, epsilon, decay, ...unbias] as const;
    this.#kernels.adam(weights, slopes, means, squares, places[0].count, ...constants);
  }

  #cells(a: Tensor, work: (from: number, to: number, count: number) => void): Tensor {
    const own = this.#arena.own(a);
    const out = this.#arena.make(own.rows, own.columns);
    work(own.offset, out.offset, own.count);
    return out;
  }

  #cellwise(kernel: CellKernel, a: Tensor): Tensor {
    return this.#cells(a, this.#kernels[kernel]);
  }

  #pair(kernel: PairKernel, a: Tensor, b: Tensor): Tensor {
    const [left, right] = [this.#arena.own(a), this.#arena.own(b)];
    const [rows, columns] = pairShape(a, b);
    const out = this.#arena.make(rows, columns);
    const run = this.#kernels[kernel];
    if (left.count === out.count && right.count === out.count)
      run(left.offset, right.offset, out.offset, 1, out.count, 0, 1, 0, 1);
    else if (columns === 1) {
      // A column over a single number: one row in memory.
      run(
        left.offset,
        right.offset,
        out.offset,
        1,
        rows,
        0,
        Number(left.rows === rows),
        0,
        Number(right.rows === rows),
      );
    } else {
      const stride = (one: WasmTensor) => (one.rows === 1 ? 0 : 4 * one.columns);
      const wide = (one: WasmTensor) => Number(one.columns === columns);
      run(
        left.offset,
        right.offset,
        out.offset,
        rows,
        columns,
        stride(left),
        wide(left),
        stride(right),
        wide(right),
      );
    }
    return out;
  }

  #segmented(kernel: 'segmentSums' | 'segmentMaxima', a: Tensor, segments: Segments): Tensor {
    const own = this.#arena.own(a);
    checkSegments(a, segments);
    const out = this.#arena.make(own.rows, own.columns);
    this.#arena.withWords(Int32Array.from(segments), (words) => {
      this.#kernels[kernel](own.offset, out.offset, own.rows, words, segments.length);
    });
    return out;
  }
}

/** By multiplication: `**` is the engine's, and may differ in its last bit. */
function power(base: number, exponent: number): number {
  let product = 1;
  for (let factor = base, left = exponent; left > 0; left = Math.floor(left / 2), factor *= factor)
    if (left % 2 === 1) product *= factor;
  return product;
}
