import { normalNoise } from '../../../../core/random/quick-noise.js';
import { Calculus } from '../../../../core/tensor/calculus.js';
import type { Random } from '../../../../core/random/random.js';
import type { Variable } from '../../../../core/tensor/variable.js';
import { Pass } from '../layers/pass.js';
import type { Weights } from '../layers/weights.js';
import type { EncodedTable } from '../transform/encode-rows.js';
import type { Learner, TrainingStep } from '../training/learner.js';
import { conditionWidth } from './condition-columns.js';
import type { AskedRows, ConditionColumn, ConditionSampler } from './condition-columns.js';
import { gradientPenalty } from './gradient-penalty.js';
import type { Network } from './networks.js';
import type { OutputCells } from './output-cells.js';

export interface AdversarialOptions {
  readonly encoded: EncodedTable;
  readonly output: OutputCells;
  /** Cells of noise that a row is made from. */
  readonly noise: number;
  /** Rows that the critic judges together. */
  readonly pack: number;
  /** Steps of the critic for each of the generator. */
  readonly criticSteps: number;
  /** Rows are asked for by one of these columns; none: rows are as they come. */
  readonly conditions: {
    readonly columns: readonly ConditionColumn[];
    readonly sampler: ConditionSampler;
  } | null;
}

interface Contestants {
  readonly generator: Network;
  readonly critic: Network;
  readonly weights: { readonly generator: Weights; readonly critic: Weights };
}

const penaltyWeight = 10;
const adam = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 1e-6 };

/** A generator and a critic against each other, by Wasserstein's distance with a gradient penalty. */
export class AdversarialLearner implements Learner {
  readonly networks: Contestants['weights'];
  readonly #contestants: Contestants;
  readonly #options: AdversarialOptions;
  readonly #calculus: Calculus;

  constructor(contestants: Contestants, options: AdversarialOptions) {
    this.#contestants = contestants;
    this.#options = options;
    this.networks = contestants.weights;
    this.#calculus = new Calculus(this.networks.critic.ops);
  }

  step({ rows, rate, random }: TrainingStep): Readonly<Record<string, number>> {
    const settings = { ...adam, rate };
    let found = { critic: 0, penalty: 0 };
    for (let turn = 0; turn < this.#options.criticSteps; turn += 1)
      found = this.#criticStep(rows, random.fork(`critic/${turn}`), settings);
    return { ...found, ...this.#generatorStep(rows.length, random.fork('generator'), settings) };
  }

  /** How far apart the critic holds the rows and made ones, negated. */
  validate(rows: Int32Array, random: Random): number {
    const whole = rows.subarray(0, rows.length - (rows.length % this.#options.pack));
    if (whole.length === 0) return 0;
    const pass = new Pass(this.#calculus, { trained: [], isTraining: false, random });
    const { real, made } = this.#pair(pass, whole);
    return this.#read(this.#distance(pass, real, made));
  }

  #criticStep(
    rows: Int32Array,
    random: Random,
    settings: typeof adam & { readonly rate: number },
  ): { critic: number; penalty: number } {
    const { weights, critic } = this.#contestants;
    const pass = new Pass(this.#calculus, { trained: [weights.critic], isTraining: true, random });
    const { real, made } = this.#pair(pass, rows);
    const distance = this.#distance(pass, real, made);
    const penalty = gradientPenalty(pass, critic, { real, made, pack: this.#options.pack });
    const loss = this.#calculus.add(distance, this.#calculus.linear(penalty, penaltyWeight, 0));
    pass.descend(loss, weights.critic, settings);
    return { critic: this.#read(distance), penalty: this.#read(penalty) };
  }

  #generatorStep(
    size: number,
    random: Random,
    settings: typeof adam & { readonly rate: number },
  ): Readonly<Record<string, number>> {
    const { weights, critic } = this.#contestants;
    const pass = new Pass(this.#calculus, { trained: [weights.generator], isTraining: true, random });
    const asked = this.#ask(size, random);
    const { output, cells } = this.#make(pass, size, asked);
    const judged = critic.apply(pass, this.#withConditions(pass, cells, asked));
    const fooled = this.#calculus.linear(this.#calculus.mean(judged), -1, 0);
    if (!asked) {
      pass.descend(fooled, weights.generator, settings);
      return { generator: this.#read(fooled) };
    }
    const missed = this.#missed(pass, output, asked);
    pass.descend(this.#calculus.add(fooled, missed), weights.generator, settings);
    return { generator: this.#read(fooled), conditions: this.#read(missed) };
  }

  /** Real and made rows that are asked for the same. */
  #pair(pass: Pass, rows: Int32Array): { real: Variable; made: Variable } {
    const { encoded, conditions } = this.#options;
    const asked = this.#ask(rows.length, pass.random);
    const { cells } = this.#make(pass, rows.length, asked);
    const made = this.#withConditions(pass, cells, asked);
    const chosen =
      asked && conditions ? conditions.sampler.answers(asked, pass.random.fork('answers')) : rows;
    const values = new Float32Array(chosen.length * encoded.width);
    for (const [at, row] of chosen.entries())
      values.set(encoded.cells.subarray(row * encoded.width, (row + 1) * encoded.width), at * encoded.width);
    return {
      real: this.#withConditions(pass, pass.constant(chosen.length, encoded.width, values), asked),
      made,
    };
  }

  #ask(size: number, random: Random): AskedRows | null {
    return this.#options.conditions?.sampler.draw(size, random.fork('asked')) ?? null;
  }

  #make(pass: Pass, size: number, asked: AskedRows | null): { output: Variable; cells: Variable } {
    const { noise, output: outputs } = this.#options;
    const start = pass.constant(size, noise, normalNoise(pass.random.fork('noise'), size * noise));
    const output = this.#contestants.generator.apply(pass, this.#withConditions(pass, start, asked));
    return { output, cells: outputs.relaxed(pass, output) };
  }

  #withConditions(pass: Pass, x: Variable, asked: AskedRows | null): Variable {
    const { conditions } = this.#options;
    if (!asked || !conditions) return x;
    const width = conditionWidth(conditions.columns);
    return this.#calculus.concatColumns([x, pass.constant(x.value.rows, width, asked.vectors)]);
  }

  /** Mean judgement of the made rows less that of the real ones. */
  #distance(pass: Pass, real: Variable, made: Variable): Variable {
    const { critic } = this.#contestants;
    return this.#calculus.subtract(
      this.#calculus.mean(critic.apply(pass, made)),
      this.#calculus.mean(critic.apply(pass, real)),
    );
  }

  /** Cross-entropy of what was asked for. */
  #missed(pass: Pass, output: Variable, { asked, choice }: AskedRows): Variable {
    const { output: outputs, conditions } = this.#options;
    const { rows, columns } = output.value;
    const wanted = new Float32Array(rows * columns);
    for (const [row, column] of asked.entries()) {
      const start = conditions?.columns[column]?.place.choicesStart ?? 0;
      wanted[row * columns + start + (choice[row] ?? 0)] = -1 / rows;
    }
    const logs = this.#calculus.logSoftmax(output, outputs.segments);
    return this.#calculus.sum(this.#calculus.multiply(logs, pass.constant(rows, columns, wanted)));
  }

  #read(scalar: Variable): number {
    return this.#calculus.ops.read(scalar.value)[0] ?? NaN;
  }
}
