import type { Ops, Tensor } from '../ops.js';
import { checkIndex, checkIndexCount } from '../shapes.js';
import type { Arena } from './arena.js';
import type { Kernels } from './kernels.js';

type Indexed = Pick<Ops, 'gatherRows' | 'scatterRows' | 'gatherCells' | 'scatterCells'>;

/** Rows and cells that move to places given by indices; kernels stop at an index that is out of range. */
export class IndexedOps implements Indexed {
  readonly #arena: Arena;
  readonly #kernels: Kernels;

  constructor(arena: Arena, kernels: Kernels) {
    this.#arena = arena;
    this.#kernels = kernels;
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
}
