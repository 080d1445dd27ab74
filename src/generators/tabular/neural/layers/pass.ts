import type { Calculus } from '../../../../core/tensor/calculus.js';
import type { AdamSettings } from '../../../../core/tensor/ops.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import type { Random } from '../../../../core/random/random.js';
import type { Weight, Weights } from './weights.js';

/**
 * Where weights meet each example by themselves: the gradient of one example is that of its row of `output`, times its
 * row of `input` where weights are multiplied by that.
 */
export interface ExampleUse {
  readonly weights: readonly Weight[];
  /** Rows × outputs. */
  readonly output: Variable;
  readonly input?: Variable;
  /** Inputs × 1: 0 for those that were not seen. */
  readonly mask?: Variable;
}

interface PassOptions {
  /** The networks that this pass moves; those of all others are constants to it. */
  readonly trained: readonly Weights[];
  /** Whether dropout drops, and batch norm takes and remembers the statistics of the batch. */
  readonly isTraining: boolean;
  /** Of this step alone. */
  readonly random: Random;
}

/** One way through networks, forwards and, where they are trained, back; within one `step` of the backend. */
export class Pass {
  readonly isTraining: boolean;
  readonly random: Random;
  readonly #trained: ReadonlySet<Weight>;
  readonly #variables = new Map<Weight, Variable>();
  readonly #uses: ExampleUse[] = [];

  constructor(
    readonly calculus: Calculus,
    { trained, isTraining, random }: PassOptions,
  ) {
    this.#trained = new Set(trained.flatMap(({ all }) => all));
    this.isTraining = isTraining;
    this.random = random;
  }

  /** The variable of a weight: the same at every use. */
  use(weight: Weight): Variable {
    const known = this.#variables.get(weight);
    if (known) return known;
    const isTrained = this.#trained.has(weight);
    const variable = isTrained ? this.calculus.parameter(weight.value) : this.calculus.constant(weight.value);
    this.#variables.set(weight, variable);
    return variable;
  }

  /** Every place where a weight met examples, as layers tell it. */
  get uses(): readonly ExampleUse[] {
    return this.#uses;
  }

  record(use: ExampleUse): void {
    this.#uses.push(use);
  }

  constant(rows: number, columns: number, values: Float32Array): Variable {
    return this.calculus.constant(this.calculus.ops.tensor(rows, columns, values));
  }

  /** A weight of one row, repeated for each row of the batch. */
  useInRows(weight: Weight, rows: number): Variable {
    const output = this.calculus.expand(this.use(weight), rows, weight.value.columns);
    this.record({ weights: [weight], output });
    return output;
  }

  /** One step of Adam against the gradient of the loss, a scalar. */
  descend(loss: Variable, weights: Weights, settings: Omit<AdamSettings, 'step'>): void {
    this.descendAll(loss, [weights], settings);
  }

  /** As `descend`, for networks that are trained together. */
  descendAll(loss: Variable, networks: readonly Weights[], settings: Omit<AdamSettings, 'step'>): void {
    const variables = networks.flatMap(({ all }) => all.map((weight) => this.use(weight)));
    const gradients = this.calculus.gradients(loss, variables).map(({ value }) => value);
    let end = 0;
    for (const weights of networks)
      weights.descend(gradients.slice(end, (end += weights.all.length)), settings);
  }
}
