import type { Variable } from '../../../../core/tensor/variable.js';
import { Dense } from '../layers/dense.js';
import type { Pass } from '../layers/pass.js';
import type { Weight, Weights } from '../layers/weights.js';
import type { VariationalWidths } from './model.js';

/** Two hidden layers with what is above 0 of them. */
class Hidden {
  readonly #first: Dense;
  readonly #second: Dense;

  constructor(weights: Weights, name: string, { inputs, hidden }: { inputs: number; hidden: number }) {
    this.#first = new Dense(weights, `${name}/first`, { inputs, outputs: hidden });
    this.#second = new Dense(weights, `${name}/second`, { inputs: hidden, outputs: hidden });
  }

  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    return calculus.relu(this.#second.apply(pass, calculus.relu(this.#first.apply(pass, x))));
  }
}

/** The normal law of a row's code. */
export class Encoder {
  readonly #hidden: Hidden;
  readonly #mean: Dense;
  readonly #logVariance: Dense;

  constructor(weights: Weights, width: number, { hidden, latent }: VariationalWidths) {
    this.#hidden = new Hidden(weights, 'encoder', { inputs: width, hidden });
    this.#mean = new Dense(weights, 'encoder/mean', { inputs: hidden, outputs: latent });
    this.#logVariance = new Dense(weights, 'encoder/log-variance', { inputs: hidden, outputs: latent });
  }

  apply(pass: Pass, x: Variable): { readonly mean: Variable; readonly logVariance: Variable } {
    const inside = this.#hidden.apply(pass, x);
    return { mean: this.#mean.apply(pass, inside), logVariance: this.#logVariance.apply(pass, inside) };
  }
}

/** A row of numbers from a code, and how far values lie about theirs. */
export class Decoder {
  readonly #hidden: Hidden;
  readonly #output: Dense;
  /** Logarithms of standard deviations, of value cells. */
  readonly logDeviations: Weight;

  constructor(weights: Weights, { width, values }: RowWidths, { hidden, latent }: VariationalWidths) {
    this.#hidden = new Hidden(weights, 'decoder', { inputs: latent, hidden });
    this.#output = new Dense(weights, 'decoder/output', { inputs: hidden, outputs: width });
    this.logDeviations = weights.add('decoder/log-deviations', { rows: 1, columns: values }, () =>
      Math.log(0.1),
    );
  }

  apply(pass: Pass, code: Variable): Variable {
    return this.#output.apply(pass, this.#hidden.apply(pass, code));
  }
}

export interface RowWidths {
  readonly width: number;
  /** Value cells of a row. */
  readonly values: number;
}

/** How many numbers each weight of a decoder has, by its name. */
export function decoderShapes(
  { width, values }: RowWidths,
  { hidden, latent }: VariationalWidths,
): ReadonlyMap<string, number> {
  return new Map([
    ['decoder/first/weights', latent * hidden],
    ['decoder/first/bias', hidden],
    ['decoder/second/weights', hidden * hidden],
    ['decoder/second/bias', hidden],
    ['decoder/output/weights', hidden * width],
    ['decoder/output/bias', width],
    ['decoder/log-deviations', values],
  ]);
}
