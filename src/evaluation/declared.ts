import type { PlausibilityRule } from './plausibility/rule.js';

/** What people say the data are for, and what must hold in them; measures that need it are not asked without it. */
export interface Declared {
  /** The column that models are to predict. */
  readonly target?: string;
  /** Columns that say which group of people a row is about. */
  readonly protectedColumns?: readonly ProtectedColumn[];
  readonly rules?: readonly PlausibilityRule[];
}

export interface ProtectedColumn {
  readonly column: string;
  /** Of a number column, rising: values are put into bands from one cut to the next, the cut itself above. */
  readonly cuts?: readonly number[];
}
