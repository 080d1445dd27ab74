import type { SemanticType } from '../schema/schema.js';

/** How the values of a generated column are written. */
export interface ColumnFormat {
  readonly name: string;
  readonly type: SemanticType;
  /** Digits after the decimal point of every number; given for numbers and integers. */
  readonly decimals?: number;
}
