import type { Variable } from '../../core/tensor/variable.js';
import { Dense } from '../tabular/neural/layers/dense.js';
import type { Pass } from '../tabular/neural/layers/pass.js';
import type { Weights } from '../tabular/neural/layers/weights.js';
import { WindowCells, windowSize } from './window-cells.js';

/** Of pictures: cells of an edge and numbers of a cell. */
export interface PictureShape {
  readonly side: number;
  readonly channels: number;
}

/** A convolution by windows of 4 x 4 with stride 2: pictures of half the side, as a product of all windows at once. */
export class HalvingConvolution {
  readonly #windows: WindowCells;
  readonly #dense: Dense;
  readonly #from: PictureShape;

  constructor(weights: Weights, name: string, from: PictureShape, channels: number) {
    this.#from = from;
    this.#windows = new WindowCells(from.side, from.channels);
    this.#dense = new Dense(weights, name, { inputs: windowSize * from.channels, outputs: channels });
  }

  /** @param x pictures × (side² · channels) @returns pictures × (side² / 4 · channels of the result) */
  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    const pictures = x.value.rows;
    const windows = pictures * (this.#from.side / 2) ** 2;
    const cells = calculus.gatherCells(
      x,
      this.#windows.of(pictures),
      windows,
      windowSize * this.#from.channels,
    );
    const made = this.#dense.apply(pass, cells);
    return calculus.reshape(made, pictures, (windows / pictures) * made.value.columns);
  }
}
