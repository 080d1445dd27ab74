import { Calculus } from '../../src/core/tensor/calculus.js';
import type { Ops, Tensor } from '../../src/core/tensor/ops.js';
import type { Variable } from '../../src/core/tensor/variable.js';
import { Random } from '../../src/core/random/random.js';

const batch = 500;
const columns = 60;
const settings = { rate: 2e-4, beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 1e-6 };

/** Weights by layer, each with its bias, and their moments. */
class Layers {
  readonly #kept: (readonly [value: Tensor, mean: Tensor, square: Tensor])[] = [];
  #steps = 0;

  constructor(
    readonly ops: Ops,
    widths: readonly (readonly [inputs: number, outputs: number])[],
    random: Random,
  ) {
    for (const [index, [inputs, outputs]] of widths.entries())
      for (const rows of [inputs, 1]) {
        const start = ops.step(() => ops.read(ops.normal(rows, outputs, random.fork(`${index} ${rows}`))));
        const zeros = () => ops.keep(rows, outputs, new Float32Array(rows * outputs));
        const value = start.map((one) => one / Math.sqrt(inputs));
        this.#kept.push([ops.keep(rows, outputs, value), zeros(), zeros()]);
      }
  }

  use(as: (value: Tensor) => Variable): Variable[] {
    return this.#kept.map(([value]) => as(value));
  }

  descend(calculus: Calculus, loss: Variable, weights: readonly Variable[]): void {
    this.#steps += 1;
    for (const [index, gradient] of calculus.gradients(loss, weights).entries()) {
      const kept = this.#kept[index];
      if (kept) this.ops.adam(kept[0], gradient.value, kept[1], kept[2], { ...settings, step: this.#steps });
    }
  }
}

export interface StepModel {
  step(): number;
}

const dense = (calculus: Calculus, x: Variable, weights: readonly Variable[], layer: number): Variable => {
  const [weight, bias] = weights.slice(2 * layer);
  if (!weight || !bias) throw new Error(`There is no layer ${layer}.`);
  return calculus.add(calculus.matMul(x, weight), bias);
};

/** Encoder 60-128-128-(mu, log variance), decoder 128-128-128-60. */
export function tvae(ops: Ops): StepModel {
  const random = Random.fromSeed('tvae');
  const shape = [
    [columns, 128],
    [128, 128],
    [128, 128],
    [128, 128],
    [128, 128],
    [128, 128],
    [128, columns],
  ] as const;
  const layers = new Layers(ops, shape, random);
  let steps = 0;
  return {
    step: () =>
      ops.step(() => {
        const c = new Calculus(ops);
        const draws = random.fork(`${steps++}`);
        const weights = layers.use((value) => c.parameter(value));
        const x = c.constant(ops.normal(batch, columns, draws.fork('rows')));
        const coded = c.relu(dense(c, c.relu(dense(c, x, weights, 0)), weights, 1));
        const [mean, spread] = [dense(c, coded, weights, 2), dense(c, coded, weights, 3)];
        const noise = c.constant(ops.normal(batch, 128, draws.fork('noise')));
        const code = c.add(mean, c.multiply(c.exp(c.linear(spread, 0.5, 0)), noise));
        const made = dense(c, c.relu(dense(c, c.relu(dense(c, code, weights, 4)), weights, 5)), weights, 6);
        const misses = c.square(c.subtract(x, c.tanh(made)));
        const prior = c.subtract(c.add(c.square(mean), c.exp(spread)), c.linear(spread, 1, 1));
        const loss = c.linear(c.add(c.sum(misses), c.linear(c.sum(prior), 0.5, 0)), 1 / batch, 0);
        layers.descend(c, loss, weights);
        return ops.read(loss.value)[0] ?? NaN;
      }),
  };
}

/** Generator 128-256-256-60 with batch norm and skips, critic of ten rows 600-256-256-1, WGAN-GP: one step of each. */
export function ctgan(ops: Ops): StepModel {
  const random = Random.fromSeed('ctgan');
  const generator = new Layers(
    ops,
    [
      [128, 256],
      [384, 256],
      [640, columns],
    ],
    random.fork('generator'),
  );
  const critic = new Layers(
    ops,
    [
      [600, 256],
      [256, 256],
      [256, 1],
    ],
    random.fork('critic'),
  );
  let steps = 0;
  return {
    step: () => {
      const draws = random.fork(`${steps++}`);
      ops.step(() => {
        stepOfCritic(ops, critic, generator, draws.fork('critic'));
      });
      return ops.step(() => {
        const c = new Calculus(ops);
        const weights = generator.use((value) => c.parameter(value));
        const judges = critic.use((value) => c.constant(value));
        const made = generate(c, weights, draws.fork('generator'));
        const loss = c.linear(c.mean(judge(c, packed(c, made), judges)), -1, 0);
        generator.descend(c, loss, weights);
        return ops.read(loss.value)[0] ?? NaN;
      });
    },
  };
}

const packed = (c: Calculus, rows: Variable) => c.reshape(rows, batch / 10, 10 * columns);

function stepOfCritic(ops: Ops, critic: Layers, generator: Layers, random: Random): void {
  const c = new Calculus(ops);
  const weights = critic.use((value) => c.parameter(value));
  const fake = packed(
    c,
    generate(
      c,
      generator.use((value) => c.constant(value)),
      random,
    ),
  );
  const real = packed(c, c.constant(ops.normal(batch, columns, random.fork('rows'))));
  const share = c.constant(ops.uniform(batch / 10, 1, random.fork('shares')));
  const mixture = c.add(c.multiply(share, real), c.multiply(c.linear(share, -1, 1), fake));
  const between = c.parameter(mixture.value);
  const [slope] = c.gradients(c.sum(judge(c, between, weights)), [between]);
  if (!slope) throw new Error('The critic does not depend on its rows.');
  const lengths = c.sqrt(c.linear(c.rowSums(c.square(slope)), 1, 1e-12));
  const penalty = c.linear(c.mean(c.square(c.linear(lengths, 1, -1))), 10, 0);
  const gap = c.subtract(c.mean(judge(c, fake, weights)), c.mean(judge(c, real, weights)));
  critic.descend(c, c.add(gap, penalty), weights);
}

function judge(c: Calculus, rows: Variable, weights: readonly Variable[]): Variable {
  const first = c.leaky(dense(c, rows, weights, 0), 0.2);
  return dense(c, c.leaky(dense(c, first, weights, 1), 0.2), weights, 2);
}

function generate(c: Calculus, weights: readonly Variable[], random: Random): Variable {
  let x = c.constant(c.ops.normal(batch, 128, random.fork('noise')));
  for (const layer of [0, 1]) {
    const made = dense(c, x, weights, layer);
    const mean = c.linear(c.columnSums(made), 1 / batch, 0);
    const centred = c.subtract(made, mean);
    const variance = c.linear(c.columnSums(c.square(centred)), 1 / batch, 1e-5);
    x = c.concatColumns([c.relu(c.divide(centred, c.sqrt(variance))), x]);
  }
  return c.tanh(dense(c, x, weights, 2));
}
