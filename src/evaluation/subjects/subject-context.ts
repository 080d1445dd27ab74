import type { CheckRun } from '../evaluation-context.js';
import type { SubjectTables } from './subject-tables.js';

/** A candidate of several tables beside the people it was learned from and as many whom no generator has seen. */
export interface SubjectContext extends CheckRun {
  readonly train: SubjectTables;
  readonly holdout: SubjectTables;
  readonly candidate: SubjectTables;
  readonly seed: string;
}
