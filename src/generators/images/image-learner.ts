import type { Random } from '../../core/random/random.js';
import { normalNoise } from '../../core/random/quick-noise.js';
import { Calculus } from '../../core/tensor/calculus.js';
import type { Variable } from '../../core/tensor/variable.js';
import { gradientPenalty } from '../tabular/neural/adversarial/gradient-penalty.js';
import { Pass } from '../tabular/neural/layers/pass.js';
import type { Weights } from '../tabular/neural/layers/weights.js';
import type { Learner, TrainingStep } from '../tabular/neural/training/learner.js';
import type { ImageCritic, ImageGenerator } from './image-networks.js';
import { imageAt } from './image-set.js';
import type { ImageSet } from './image-set.js';

interface ImageContest {
  readonly generator: ImageGenerator;
  readonly critic: ImageCritic;
  readonly weights: { readonly generator: Weights; readonly critic: Weights };
  readonly noise: number;
  readonly criticSteps: number;
}

const penaltyWeight = 10;
const adam = { beta1: 0.5, beta2: 0.9, epsilon: 1e-8, decay: 0 };

/** Pictures and a critic that is told their labels, by Wasserstein's distance with a gradient penalty. */
export class ImageLearner implements Learner {
  readonly networks: ImageContest['weights'];
  readonly #contest: ImageContest;
  readonly #images: ImageSet;
  readonly #calculus: Calculus;

  constructor(contest: ImageContest, images: ImageSet) {
    this.#contest = contest;
    this.#images = images;
    this.networks = contest.weights;
    this.#calculus = new Calculus(contest.weights.critic.ops);
  }

  step({ rows, rate, random }: TrainingStep): Readonly<Record<string, number>> {
    let found = { critic: 0, penalty: 0 };
    for (let turn = 0; turn < this.#contest.criticSteps; turn += 1)
      found = this.#criticStep(rows, rate, random.fork(`critic/${turn}`));
    const { weights, critic } = this.#contest;
    const own = random.fork('generator');
    const pass = new Pass(this.#calculus, { trained: [weights.generator], isTraining: true, random: own });
    const labels = this.#labels(pass, rows);
    const judged = critic.apply(pass, this.#make(pass, labels), labels);
    const fooled = this.#calculus.linear(this.#calculus.mean(judged), -1, 0);
    pass.descend(fooled, weights.generator, { ...adam, rate });
    return { ...found, generator: this.#read(fooled) };
  }

  /** How far apart the critic holds the pictures and made ones, negated. */
  validate(rows: Int32Array, random: Random): number {
    const pass = new Pass(this.#calculus, { trained: [], isTraining: false, random });
    const labels = this.#labels(pass, rows);
    return this.#read(this.#distance(pass, this.#real(pass, rows), this.#make(pass, labels), labels));
  }

  #criticStep(rows: Int32Array, rate: number, random: Random): { critic: number; penalty: number } {
    const { weights, critic } = this.#contest;
    const pass = new Pass(this.#calculus, { trained: [weights.critic], isTraining: true, random });
    const labels = this.#labels(pass, rows);
    const [real, made] = [this.#real(pass, rows), this.#make(pass, labels)];
    const distance = this.#distance(pass, real, made, labels);
    const told = { apply: (own: Pass, x: Variable) => critic.apply(own, x, labels) };
    const penalty = gradientPenalty(pass, told, { real, made, pack: 1 });
    const loss = this.#calculus.add(distance, this.#calculus.linear(penalty, penaltyWeight, 0));
    pass.descend(loss, weights.critic, { ...adam, rate });
    return { critic: this.#read(distance), penalty: this.#read(penalty) };
  }

  #distance(pass: Pass, real: Variable, made: Variable, labels: Variable): Variable {
    const { critic } = this.#contest;
    const judged = this.#calculus.mean(critic.apply(pass, made, labels));
    return this.#calculus.subtract(judged, this.#calculus.mean(critic.apply(pass, real, labels)));
  }

  #make(pass: Pass, labels: Variable): Variable {
    const { rows } = labels.value;
    const { noise, generator } = this.#contest;
    const start = pass.constant(rows, noise, normalNoise(pass.random.fork('noise'), rows * noise));
    return generator.apply(pass, this.#calculus.concatColumns([start, labels]));
  }

  #real(pass: Pass, rows: Int32Array): Variable {
    const size = this.#images.side ** 2;
    const cells = new Float32Array(rows.length * size);
    for (const [at, row] of rows.entries())
      for (const [cell, pixel] of imageAt(this.#images, row).entries())
        cells[at * size + cell] = pixel / 127.5 - 1;
    return pass.constant(rows.length, size, cells);
  }

  #labels(pass: Pass, rows: Int32Array): Variable {
    const { labels, names } = this.#images;
    const vectors = new Float32Array(rows.length * names.length);
    for (const [at, row] of rows.entries()) vectors[at * names.length + (labels[row] ?? 0)] = 1;
    return pass.constant(rows.length, names.length, vectors);
  }

  #read(scalar: Variable): number {
    return this.#calculus.ops.read(scalar.value)[0] ?? NaN;
  }
}
