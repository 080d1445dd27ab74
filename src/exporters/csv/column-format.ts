import type { ColumnProfile } from '../../core/profile/profile.js';
import type { SemanticType } from '../../core/schema/schema.js';

/** How the values of a column are written. */
export interface ColumnFormat {
  readonly name: string;
  readonly type: SemanticType;
  /** Digits after the decimal point of every number; given for numbers and integers. */
  readonly decimals?: number;
}

export function columnFormatOf(column: ColumnProfile): ColumnFormat {
  const { name, type } = column;
  const isNumber = column.kind === 'numeric' && (type === 'number' || type === 'integer');
  return isNumber ? { name, type, decimals: column.decimals } : { name, type };
}
