import type { Tensor } from './ops.js';

/** The gradients of a variable's parents, in their order, from its own; undefined where a parent needs none. */
export type PullBack = (gradient: Variable) => readonly (Variable | undefined)[];

/** A tensor that remembers what it was made of. */
export interface Variable {
  readonly value: Tensor;
  /** Greater than that of each parent. */
  readonly order: number;
  /** False for constants and what is made of them alone: no gradient reaches a parameter through it. */
  readonly varies: boolean;
  readonly parents: readonly Variable[];
  readonly pullBack: PullBack;
}
