import type { Random } from '../../../../core/random/random.js';
import type { Weights } from '../layers/weights.js';

/** Networks that can be trained by the loop. */
export interface Learner {
  /** By name; all that training changes. */
  readonly networks: Readonly<Record<string, Weights>>;
  /** Moves the networks once. Runs within one `step` of the backend. Losses by name. */
  step(step: TrainingStep): Readonly<Record<string, number>>;
  /** The mean loss of rows, with networks as they are used later. Runs within one `step` of the backend. */
  validate(rows: Int32Array, random: Random): number;
}

export interface TrainingStep {
  readonly rows: Int32Array;
  /** 0 at the first. */
  readonly index: number;
  readonly rate: number;
  /** Of this step alone. */
  readonly random: Random;
}
