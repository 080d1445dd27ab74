import { Random } from '../../random/random.js';
import { Calculus } from '../calculus.js';
import type { AdamSettings, Ops, Tensor } from '../ops.js';
import type { Variable } from '../variable.js';

interface Weight {
  readonly value: Tensor;
  readonly mean: Tensor;
  readonly square: Tensor;
}

const settings: Omit<AdamSettings, 'step'> = {
  rate: 2e-3,
  beta1: 0.5,
  beta2: 0.9,
  epsilon: 1e-8,
  decay: 1e-6,
};
const batch = 48;
const width = 7;
const segments = [3, 4];
const shapes = [
  [width, 19],
  [1, 19],
  [19, width],
  [1, width],
  [width, 1],
] as const;

/** A network that meets every op that networks of ours use, a gradient penalty among them, trained on noise. */
export class SmallModel {
  readonly #random = Random.fromSeed('small model');
  readonly #weights: readonly Weight[];
  #steps = 0;

  constructor(readonly ops: Ops) {
    this.#weights = shapes.map(([rows, columns], index) => {
      const start = ops.step(() => ops.read(ops.normal(rows, columns, this.#random.fork(`start ${index}`))));
      const zeros = () => ops.keep(rows, columns, new Float32Array(rows * columns));
      return {
        value: ops.keep(
          rows,
          columns,
          start.map((value) => value * 0.4),
        ),
        mean: zeros(),
        square: zeros(),
      };
    });
  }

  /** The loss of one step. */
  step(): number {
    return this.ops.step(() => {
      const calculus = new Calculus(this.ops);
      const parameters = this.#weights.map(({ value }) => calculus.parameter(value));
      const loss = this.#loss(calculus, parameters, this.#random.fork(`step ${this.#steps}`));
      const gradients = calculus.gradients(loss, parameters);
      this.#steps += 1;
      for (const [index, { value, mean, square }] of this.#weights.entries()) {
        const gradient = gradients[index];
        if (gradient) this.ops.adam(value, gradient.value, mean, square, { ...settings, step: this.#steps });
      }
      return this.ops.read(loss.value)[0] ?? NaN;
    });
  }

  /** Those of all weights, one after the other. */
  values(): Float32Array {
    return Float32Array.from(this.#weights.flatMap(({ value }) => [...this.ops.read(value)]));
  }

  #loss(calculus: Calculus, weights: readonly Variable[], random: Random): Variable {
    const [into, intoBias, out, outBias, judge] = weights;
    if (!into || !intoBias || !out || !outBias || !judge) throw new Error('Five weights are needed.');
    const { ops } = calculus;
    const x = calculus.parameter(ops.normal(batch, width, random.fork('rows')));
    const noise = calculus.constant(ops.uniform(batch, 19, random.fork('noise')));
    const hidden = calculus.add(calculus.matMul(x, into), intoBias);
    const bent = calculus.leaky(calculus.multiply(hidden, calculus.sigmoid(hidden)), 0.2);
    const made = calculus.add(calculus.matMul(calculus.add(bent, noise), out), outBias);
    const shares = calculus.softmax(made, segments);
    const scores = calculus.matMul(calculus.tanh(made), judge);
    const entropy = calculus.mean(calculus.multiply(shares, calculus.logSoftmax(made, segments)));
    const [slope] = calculus.gradients(calculus.sum(scores), [x]);
    if (!slope) throw new Error('The scores do not depend on the rows.');
    const lengths = calculus.sqrt(calculus.linear(calculus.rowSums(calculus.square(slope)), 1, 1e-12));
    const penalty = calculus.mean(calculus.square(calculus.linear(lengths, 1, -1)));
    return calculus.add(calculus.add(calculus.mean(calculus.softplus(scores)), entropy), penalty);
  }
}
