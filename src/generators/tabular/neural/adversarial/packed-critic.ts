import type { Variable } from '../../../../core/tensor/variable.js';
import { Dense } from '../layers/dense.js';
import { dropout } from '../layers/dropout.js';
import type { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { Network } from './networks.js';

interface CriticShape {
  /** Cells of a row. */
  readonly inputs: number;
  readonly hidden: readonly number[];
  /** Rows that it judges together: Lin et al. 2018, "PacGAN". The rows of a batch are a multiple. */
  readonly pack: number;
  readonly slope: number;
  readonly dropped: number;
}

/** Says of each pack of rows how real it looks. It has no batch norm, which a gradient penalty forbids. */
export class PackedCritic implements Network {
  readonly #shape: CriticShape;
  readonly #layers: readonly Dense[];
  readonly #last: Dense;

  constructor(weights: Weights, shape: CriticShape) {
    this.#shape = shape;
    const { inputs, hidden, pack } = shape;
    const before = (at: number): number => hidden[at - 1] ?? inputs * pack;
    this.#layers = hidden.map(
      (outputs, at) => new Dense(weights, `hidden/${at}`, { inputs: before(at), outputs }),
    );
    this.#last = new Dense(weights, 'last', { inputs: before(hidden.length), outputs: 1 });
  }

  /** @returns packs × 1 */
  apply(pass: Pass, x: Variable): Variable {
    const { pack, slope, dropped } = this.#shape;
    const packs = pass.calculus.reshape(x, x.value.rows / pack, x.value.columns * pack);
    const inside = this.#layers.reduce(
      (seen, layer, at) =>
        dropout(pass, pass.calculus.leaky(layer.apply(pass, seen), slope), {
          name: `dropout/${at}`,
          share: dropped,
        }),
      packs,
    );
    return this.#last.apply(pass, inside);
  }
}
