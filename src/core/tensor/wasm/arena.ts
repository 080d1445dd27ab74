import type { Tensor } from '../ops.js';
import { checkCells, ShapeError } from '../shapes.js';

const bytesPerPage = 65_536;
/** Of one tensor: the kernels count its bytes in int32. */
const cellsMax = 2 ** 29;
const bytesMax = 65_536 * bytesPerPage;
/** Below it lies nothing, so that no tensor has the offset 0. */
const base = 1024;

/** Cells at a byte offset of one memory; the offset is -1 once the step that made it has ended. */
export class WasmTensor implements Tensor {
  constructor(
    readonly arena: Arena,
    readonly rows: number,
    readonly columns: number,
    public offset: number,
    readonly isKept: boolean,
  ) {}

  get count(): number {
    return this.rows * this.columns;
  }
}

/** Thrown where the tensors of a step do not fit the 4 GB that WebAssembly can address. */
class TensorMemoryError extends Error {
  override readonly name = 'TensorMemoryError';
}

/**
 * One WebAssembly memory used as a stack. Kept tensors lie at the bottom, those of a step above; the end of a step puts
 * the top back to where it began. A tensor that is kept within a step slides down to there when the step ends.
 */
export class Arena {
  readonly memory = new WebAssembly.Memory({ initial: 16, maximum: bytesMax / bytesPerPage });
  #top = base;
  #depth = 0;
  #bytes = new Uint8Array(this.memory.buffer);
  #cells = new Float32Array(this.memory.buffer);
  #words = new Int32Array(this.memory.buffer);
  /** Those made in the steps that are open, in order of their offsets. */
  readonly #ofSteps: WasmTensor[] = [];

  get bytesInUse(): number {
    return this.#top - base;
  }

  /** Its cells hold what lay there before. Whole vectors of 16 bytes belong to it. */
  make(rows: number, columns: number, isKept = false): WasmTensor {
    if (rows * columns >= cellsMax)
      throw new TensorMemoryError(`A tensor of ${rows} × ${columns} is too large: take smaller batches.`);
    const tensor = new WasmTensor(this, rows, columns, this.#take(4 * rows * columns), isKept);
    if (this.#depth > 0) this.#ofSteps.push(tensor);
    return tensor;
  }

  /** The same cells under other dimensions. */
  view(of: WasmTensor, rows: number, columns: number): WasmTensor {
    const tensor = new WasmTensor(this, rows, columns, of.offset, false);
    if (this.#depth > 0) this.#ofSteps.push(tensor);
    return tensor;
  }

  /** Memory for the time of one piece of work. */
  scratch<Result>(bytes: number, work: (offset: number) => Result): Result {
    const start = this.#top;
    try {
      return work(this.#take(bytes));
    } finally {
      this.#top = start;
    }
  }

  withWords<Result>(words: Int32Array, work: (offset: number) => Result): Result {
    return this.scratch(4 * words.length, (offset) => {
      this.words(offset, words.length).set(words);
      return work(offset);
    });
  }

  filled(rows: number, columns: number, values: Float32Array, isKept: boolean): WasmTensor {
    checkCells(rows, columns, values.length);
    const made = this.make(rows, columns, isKept);
    this.cells(made).set(values);
    return made;
  }

  /** @throws {ShapeError} for a tensor of another memory or of a step that has ended */
  own(tensor: Tensor): WasmTensor {
    if (!(tensor instanceof WasmTensor) || tensor.arena !== this)
      throw new ShapeError('This tensor was made by another backend.');
    if (tensor.offset < 0) throw new ShapeError('This tensor was freed when its step ended.');
    return tensor;
  }

  /** @throws {ShapeError} also for a tensor of a step */
  kept(tensor: Tensor): WasmTensor {
    const own = this.own(tensor);
    if (!own.isKept) throw new ShapeError('Only kept tensors change in place.');
    return own;
  }

  cells({ offset, count }: WasmTensor): Float32Array {
    return this.#cells.subarray(offset / 4, offset / 4 + count);
  }

  words(offset: number, count: number): Int32Array {
    return this.#words.subarray(offset / 4, offset / 4 + count);
  }

  step<Result>(work: () => Result): Result {
    const start = this.#top;
    const first = this.#ofSteps.length;
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#depth -= 1;
      this.#endStep(start, first);
    }
  }

  #endStep(start: number, first: number): void {
    this.#top = start;
    for (const tensor of this.#ofSteps.splice(first)) {
      if (!tensor.isKept) tensor.offset = -1;
      else {
        const bytes = padded(4 * tensor.count);
        this.#bytes.copyWithin(this.#top, tensor.offset, tensor.offset + bytes);
        tensor.offset = this.#top;
        this.#top += bytes;
        // A step around this one must slide it further.
        if (this.#depth > 0) this.#ofSteps.push(tensor);
      }
    }
  }

  #take(bytes: number): number {
    const offset = this.#top;
    this.#top += padded(bytes);
    const missing = this.#top - this.#bytes.length;
    if (missing > 0) this.#grow(missing, offset);
    return offset;
  }

  /** By a quarter at least, so that a step that grows does not copy the memory at every tensor. */
  #grow(missing: number, offset: number): void {
    const size = this.#bytes.length;
    const wanted = Math.min(bytesMax - size, Math.max(missing, size / 4));
    try {
      this.memory.grow(Math.ceil(Math.max(missing, wanted) / bytesPerPage));
    } catch {
      this.#top = offset;
      throw new TensorMemoryError(
        `Tensors of ${Math.ceil((size + missing) / 2 ** 20)} MB do not fit into the memory: take smaller batches.`,
      );
    }
    this.#bytes = new Uint8Array(this.memory.buffer);
    this.#cells = new Float32Array(this.memory.buffer);
    this.#words = new Int32Array(this.memory.buffer);
  }
}

const padded = (bytes: number) => Math.ceil(bytes / 16) * 16;
