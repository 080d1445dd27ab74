import type { Variable } from '../../../../core/tensor/variable.js';
import { Dense } from '../layers/dense.js';
import type { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { Network } from './networks.js';

/** Dense layers with ReLU between them. */
export class DenseGenerator implements Network {
  readonly #layers: readonly Dense[];

  /** @param sizes of the inputs, of each hidden layer and of the outputs */
  constructor(weights: Weights, sizes: readonly number[]) {
    this.#layers = sizes
      .slice(1)
      .map((outputs, at) => new Dense(weights, `layer/${at}`, { inputs: sizes[at] ?? 0, outputs }));
  }

  apply(pass: Pass, x: Variable): Variable {
    return this.#layers.reduce(
      (seen, layer, at) => layer.apply(pass, at === 0 ? seen : pass.calculus.relu(seen)),
      x,
    );
  }
}

/** Numbers of each weight by name. */
export function denseShapes(sizes: readonly number[]): ReadonlyMap<string, number> {
  return new Map(
    sizes.slice(1).flatMap((outputs, at): [string, number][] => [
      [`layer/${at}/weights`, (sizes[at] ?? 0) * outputs],
      [`layer/${at}/bias`, outputs],
    ]),
  );
}
