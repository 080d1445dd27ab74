import type { KeyRelation } from '../../core/schema/key-relation.js';
import type { SemanticType, TableSchema } from '../../core/schema/schema.js';
import type { ColumnSource } from '../../core/table/column-source.js';

/**
 * How a cell becomes a time: as it is; the first (or last) day of a calendar year; or, for times in days since a zero of
 * the subject's own, the day of birth of somebody of so many years at zero.
 */
export const timeReadings = ['value', 'year', 'age'] as const;
export type TimeReading = (typeof timeReadings)[number];

/** A cell of the row's ancestor, or of a table with at most one row for each of them. A missing cell bounds nothing. */
export interface TimeReference {
  readonly table: string;
  readonly column: string;
  readonly reads: TimeReading;
}

/** The times of a column lie between two others, such as birth and death; both ends belong to it. */
export interface TimeWindow {
  readonly table: string;
  readonly column: string;
  readonly notBefore?: TimeReference;
  readonly notAfter?: TimeReference;
}

/** What a table is made of, without a row of it. */
export interface TableShape {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: SemanticType }[];
  readonly primaryKey: readonly string[];
  /** Orders the rows of a parent; else the first column of dates does. */
  readonly sequenceIndex?: string;
}

export interface DatasetShape {
  readonly tables: readonly TableShape[];
  readonly relations: readonly KeyRelation[];
  readonly windows: readonly TimeWindow[];
  /** The table with one row for each subject; may be left out where a single table has no parent. */
  readonly subjects?: string;
}

/** One table with its rows. */
export interface DatasetTable {
  readonly name: string;
  /** All columns that are learned, and the keys. */
  readonly schema: TableSchema;
  readonly rows: ColumnSource;
  readonly primaryKey: readonly string[];
  readonly sequenceIndex?: string;
  /** The column that tells the sequences apart in a table without a parent. */
  readonly sequenceKey?: string;
}

export interface Dataset {
  readonly tables: readonly DatasetTable[];
  readonly relations: readonly KeyRelation[];
  readonly windows: readonly TimeWindow[];
  readonly subjects?: string;
}
