import type { CheckThreshold } from '../check.js';

/** A threshold that says why it is where it is, or whom it is from. */
interface ArguedThreshold extends CheckThreshold {
  readonly reason: string;
}

/** What the evaluation report judges by: policies/evaluation.json. */
export interface EvaluationPolicy {
  /** By name of a measure; one without a threshold is shown and not judged. */
  readonly measures: Readonly<Record<string, ArguedThreshold>>;
  /** `pass` and better: use; worse than `fail`: do not use; between: use with care. All higher is better. */
  readonly columns: Readonly<Record<'shape' | 'missing-values' | 'adherence', ArguedThreshold>>;
  readonly pairs: Readonly<Record<'trend' | 'association', ArguedThreshold>>;
}
