import type { CheckThreshold } from '../check.js';

/** What the evaluation report judges by: policies/evaluation.json. */
export interface EvaluationPolicy {
  /** By name of a measure; one without a threshold is shown and not judged. */
  readonly measures: Readonly<Record<string, CheckThreshold>>;
  /** `pass` and better: use; worse than `fail`: do not use; between: use with care. All higher is better. */
  readonly columns: Readonly<Record<'shape' | 'missing-values' | 'adherence', CheckThreshold>>;
  readonly pairs: Readonly<Record<'trend' | 'association', CheckThreshold>>;
}
