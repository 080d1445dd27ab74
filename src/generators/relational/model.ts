import type { CartParameters } from '../tabular/sequential-cart/parameters.js';
import type { ColumnModel } from '../tabular/sequential-cart/model.js';
import type { DatasetShape } from './dataset.js';
import type { KeyStyle } from './new-keys.js';

export const generatorName = 'relational-trees';
export const generatorVersion = '1.1.0';

/** Numbers that trees see besides columns, as bins between these cuts. */
export const derivedNames = ['position', 'left', 'room', 'since', 'now', 'gap', 'rest'] as const;
type DerivedName = (typeof derivedNames)[number];
export type DerivedCuts = Readonly<Record<DerivedName, Float64Array>>;

/** A sequence table without a parent gets one that is not written: a row for each sequence. */
export interface SplitSequence {
  readonly table: string;
  readonly parent: string;
  /** Columns with one value a sequence; they are columns of the parent. */
  readonly staticColumns: readonly string[];
  /** As the table is written. */
  readonly columns: readonly string[];
}

/** What was learned, as private as its source: trees, and in their leaves values of the source after the guards. */
export interface RelationalModel {
  readonly generator: typeof generatorName;
  readonly version: typeof generatorVersion;
  readonly parameters: CartParameters;
  readonly shape: DatasetShape;
  readonly sequences: readonly SplitSequence[];
  readonly subjectRows: number;
  /** In the order in which they are made. */
  readonly tables: readonly TableModel[];
  /** Times of the source that lay outside their window and were brought to its end before anything was learned. */
  readonly outsideWindows: readonly number[];
}

export interface TableModel {
  readonly name: string;
  /** Rows that it makes where it is a root that is not of the subjects; 0 otherwise. */
  readonly rootRows: number;
  readonly keys: KeyStyle;
  readonly cuts: DerivedCuts;
  /** Time of the first row of a parent, from its anchor on; null without a clock. */
  readonly start: ColumnModel | null;
  /** Time since the row before. */
  readonly step: ColumnModel | null;
  /** In the order of the plan's fields. */
  readonly fields: readonly ColumnModel[];
}
