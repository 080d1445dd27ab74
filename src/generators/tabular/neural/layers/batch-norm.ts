import type { Tensor } from '../../../../core/tensor/ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Pass } from './pass.js';
import type { RunningValue, Weight, Weights } from './weights.js';

/** Added to variances, and the share of a batch in the running statistics. */
const epsilon = 1e-5;
const momentum = 0.1;

/**
 * Columns with mean 0 and variance 1, times a weight, plus another. In training by the batch, else by running
 * statistics: Ioffe and Szegedy 2015, "Batch normalization", algorithms 1 and 2.
 */
export class BatchNorm {
  readonly #scale: Weight;
  readonly #shift: Weight;
  readonly #mean: RunningValue;
  readonly #variance: RunningValue;

  constructor(weights: Weights, name: string, columns: number) {
    this.#scale = weights.add(`${name}/scale`, { rows: 1, columns }, () => 1);
    this.#shift = weights.add(`${name}/shift`, { rows: 1, columns }, () => 0);
    this.#mean = weights.addRunning(`${name}/mean`, columns, 0);
    this.#variance = weights.addRunning(`${name}/variance`, columns, 1);
  }

  /** @param x rows × columns; in training at least two rows */
  apply(pass: Pass, x: Variable): Variable {
    const { calculus } = pass;
    const { mean, variance } = pass.isTraining ? this.#ofBatch(pass, x) : this.#running(pass);
    const deviation = calculus.sqrt(calculus.linear(variance, 1, epsilon));
    const normal = calculus.divide(calculus.subtract(x, mean), deviation);
    return calculus.add(calculus.multiply(normal, pass.use(this.#scale)), pass.use(this.#shift));
  }

  #running({ calculus }: Pass): Statistics {
    return {
      mean: calculus.constant(this.#mean.value),
      variance: calculus.constant(this.#variance.value),
    };
  }

  #ofBatch({ calculus }: Pass, x: Variable): Statistics {
    const { rows } = x.value;
    const mean = calculus.linear(calculus.columnSums(x), 1 / rows, 0);
    const squares = calculus.columnSums(calculus.square(calculus.subtract(x, mean)));
    const variance = calculus.linear(squares, 1 / rows, 0);
    this.#remember(calculus, this.#mean, mean.value, 1);
    this.#remember(calculus, this.#variance, variance.value, rows / Math.max(1, rows - 1));
    return { mean, variance };
  }

  #remember({ ops }: Pass['calculus'], running: RunningValue, found: Tensor, factor: number): void {
    const [old, seen] = [ops.read(running.value), ops.read(found)];
    ops.write(
      running.value,
      old.map((value, at) => value + momentum * (factor * (seen[at] ?? 0) - value)),
    );
  }
}

interface Statistics {
  readonly mean: Variable;
  readonly variance: Variable;
}
