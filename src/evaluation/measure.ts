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

/** Where a measure stands in the evaluation report. */
export type MeasureSection = 'use in models' | 'groups of people' | 'clinical sense' | 'related tables';

/** What the evaluation report says of a measure besides its figure. */
export interface MeasureDescription {
  readonly section: MeasureSection;
  /** Where its values lie. */
  readonly range: string;
  /** One sentence a clinician understands. */
  readonly meaning: string;
  /** Paper or software the definition is from. */
  readonly source: string;
}

/** One way to measure a candidate. */
export interface Measure<Context = EvaluationContext> {
  /** The name the policy's thresholds use. */
  readonly name: string;
  readonly title: string;
  readonly direction: Measurement['direction'];
  /** @throws {NotComputableError} when the figure does not exist for this candidate */
  run(context: Context): Promise<Measurement>;
  readonly description?: MeasureDescription;
  /** Why the question does not arise for this evaluation, or null; a policy that demands the measure fails it all the same. */
  whyNotAsked?(context: Context): Promise<string | null>;
}
