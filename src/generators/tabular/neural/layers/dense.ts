import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';
import type { Weight, Weights } from './weights.js';

/** x · weights + bias, both started evenly within 1 / √inputs (as PyTorch starts its linear layers). */
export class Dense {
  readonly weights: Weight;
  readonly bias: Weight;

  constructor(
    weights: Weights,
    name: string,
    { inputs, outputs }: { readonly inputs: number; readonly outputs: number },
  ) {
    const reach = 1 / Math.sqrt(Math.max(1, inputs));
    const draw = (random: { uniform(): number }): number => (2 * random.uniform() - 1) * reach;
    this.weights = weights.add(`${name}/weights`, { rows: inputs, columns: outputs }, draw);
    this.bias = weights.add(`${name}/bias`, { rows: 1, columns: outputs }, draw);
  }

  /**
   * @param x rows × inputs
   * @param mask inputs × 1: 0 for inputs that are not to be seen, 1 for the others
   */
  apply(pass: Pass, x: Variable, mask?: Variable): Variable {
    const { calculus } = pass;
    const all = pass.use(this.weights);
    const seen = mask ? calculus.multiply(all, mask) : all;
    return calculus.add(calculus.matMul(x, seen), pass.use(this.bias));
  }
}
