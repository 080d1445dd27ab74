import type { Frame } from '../engine/machine.js';

export type Test = (frame: Frame, time: number) => boolean;

/** A condition, and what can change its answer. */
export interface CompiledCondition {
  readonly test: Test;
  /** `Names.attributes` and `CodeBook.keys` that it reads. */
  readonly attributes: readonly number[];
  readonly codes: readonly number[];
  /** The earliest moment after `time` at which it can change by time alone; Infinity for never. */
  readonly changesAt: (frame: Frame, time: number) => number;
  /** Whether it reads what nobody announces, so that a guard has to look in each step. */
  readonly isVolatile: boolean;
}
