import type { FigureBasis, Interval } from './check.js';
import type { EvaluationContext } from './evaluation-context.js';

/** What a check found, before a threshold judges it. */
export interface Measurement {
  /** NaN when it cannot be computed. */
  readonly value: number;
  /** 'higher' = higher is better. */
  readonly direction: 'higher' | 'lower';
  readonly interval?: Interval;
  readonly basis?: FigureBasis;
  /** A sentence a clinician understands, with the figures in it and no source value but published categories. */
  readonly explanation: string;
}

/** One way to measure a candidate. */
export interface Measure {
  /** The name the policy's thresholds use. */
  readonly name: string;
  readonly title: string;
  readonly direction: Measurement['direction'];
  /** @throws {NotComputableError} when the figure does not exist for this candidate */
  run(context: EvaluationContext): Promise<Measurement>;
}
