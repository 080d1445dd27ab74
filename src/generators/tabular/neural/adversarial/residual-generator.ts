import type { Variable } from '../../../../core/tensor/variable.js';
import { BatchNorm } from '../layers/batch-norm.js';
import { Dense } from '../layers/dense.js';
import type { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { Network } from './networks.js';

interface ResidualSizes {
  readonly inputs: number;
  /** Cells of each hidden layer. */
  readonly hidden: readonly number[];
  readonly outputs: number;
}

/** Each hidden layer sees the outputs of all before it beside the inputs: the generator of Xu et al. 2019, appendix. */
export class ResidualGenerator implements Network {
  readonly #layers: readonly { readonly dense: Dense; readonly norm: BatchNorm }[];
  readonly #last: Dense;

  constructor(weights: Weights, { inputs, hidden, outputs }: ResidualSizes) {
    let width = inputs;
    this.#layers = hidden.map((size, at) => {
      const dense = new Dense(weights, `hidden/${at}`, { inputs: width, outputs: size });
      const norm = new BatchNorm(weights, `norm/${at}`, size);
      width += size;
      return { dense, norm };
    });
    this.#last = new Dense(weights, 'last', { inputs: width, outputs });
  }

  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    const inside = this.#layers.reduce((seen, { dense, norm }) => {
      const made = calculus.relu(norm.apply(pass, dense.apply(pass, seen)));
      return calculus.concatColumns([made, seen]);
    }, x);
    return this.#last.apply(pass, inside);
  }
}

/** Numbers of each weight by name. */
export function residualShapes({ inputs, hidden, outputs }: ResidualSizes): ReadonlyMap<string, number> {
  let width = inputs;
  const inside = hidden.flatMap((size, at): [string, number][] => {
    const before = width;
    width += size;
    const norms = ['scale', 'shift', 'mean', 'variance'].map((part): [string, number] => [
      `norm/${at}/${part}`,
      size,
    ]);
    return [[`hidden/${at}/weights`, before * size], [`hidden/${at}/bias`, size], ...norms];
  });
  return new Map([...inside, ['last/weights', width * outputs], ['last/bias', outputs]]);
}
