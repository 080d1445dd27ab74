import type { DateFormat } from './date-format.js';
import type { NewIdentifier } from './new-identifier.js';

/** What a column means, not how it is stored. */
export const semanticTypes = [
  'number',
  'integer',
  'category',
  'boolean',
  'date',
  'datetime',
  'identifier',
  'free-text',
] as const;
export type SemanticType = (typeof semanticTypes)[number];

/** Where a public fact about a column comes from; neither is ever looked up in the data. */
type Provenance = 'declared' | 'standard';

/** Public limits: numbers as they are, a date in days and a datetime in milliseconds since 1970-01-01T00:00Z. */
interface PublicBounds {
  readonly low: number;
  readonly high: number;
  readonly provenance: Provenance;
}

interface PublicCategories {
  readonly values: readonly string[];
  readonly provenance: Provenance;
}

/** One column as the custodian confirmed it. `missingMarkers` are the cell texts that mean "not known". */
export interface ColumnSchema {
  readonly name: string;
  readonly type: SemanticType;
  readonly missingMarkers: readonly string[];
  /** UCUM. */
  readonly unit?: string;
  readonly bounds?: PublicBounds;
  readonly categories?: PublicCategories;
  /** Digits after the decimal point. */
  readonly decimals?: number;
  /** Of a date that is not written YYYY-MM-DD. */
  readonly dateFormat?: DateFormat;
  /** For an identifier that is to have new values; without it the column is left out. */
  readonly regenerate?: NewIdentifier;
}

/** The columns of one table, in file order. Names are unique. */
export interface TableSchema {
  readonly columns: readonly ColumnSchema[];
}

/** Identifiers and free text are never summarised and never generated from data. */
export function isReleasable(column: ColumnSchema): boolean {
  return column.type !== 'identifier' && column.type !== 'free-text';
}
