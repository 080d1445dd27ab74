import type { Variable } from '../../core/tensor/variable.js';
import type { Pass } from '../tabular/neural/layers/pass.js';
import type { Weight, Weights } from '../tabular/neural/layers/weights.js';
import type { PictureShape } from './halving-convolution.js';
import { WindowCells, windowSize } from './window-cells.js';

/** The transpose of a halving convolution: pictures of twice the side, each cell spread over a window of 4 x 4. */
export class DoublingConvolution {
  readonly #windows: WindowCells;
  readonly #weights: Weight;
  readonly #bias: Weight;
  readonly #from: PictureShape;
  readonly #channels: number;

  constructor(weights: Weights, name: string, from: PictureShape, channels: number) {
    this.#from = from;
    this.#channels = channels;
    this.#windows = new WindowCells(2 * from.side, channels);
    const reach = 1 / Math.sqrt(4 * from.channels);
    const draw = (random: { uniform(): number }): number => (2 * random.uniform() - 1) * reach;
    this.#weights = weights.add(
      `${name}/weights`,
      { rows: from.channels, columns: windowSize * channels },
      draw,
    );
    this.#bias = weights.add(`${name}/bias`, { rows: 1, columns: channels }, draw);
  }

  /** @param x pictures × (side² · channels) @returns cells × channels of the result, its pictures one after the other */
  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    const pictures = x.value.rows;
    const { side, channels } = this.#from;
    const cells = calculus.reshape(x, pictures * side * side, channels);
    const spread = calculus.matMul(cells, pass.use(this.#weights));
    const made = calculus.scatterCells(
      spread,
      this.#windows.of(pictures),
      pictures * 4 * side * side,
      this.#channels,
    );
    return calculus.add(made, pass.use(this.#bias));
  }
}
