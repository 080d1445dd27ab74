import type { TableMetadata } from '../fidelity/quality/table-metadata.js';
import type { ComparedDataset } from '../fidelity/relational/compared-dataset.js';
import type { MeasureSection } from '../measure.js';
import type { Score } from '../score.js';
import type { SequenceColumns } from './sequence-columns.js';
import type { TableComparison } from './table-comparison.js';

export type ReportSection =
  | MeasureSection
  | 'headline'
  | 'columns'
  | 'pairs'
  | 'whole records'
  | 'relationships'
  | 'validity'
  | 'closeness';

/** A figure with something to hold it against. */
export interface MeasuredFigure {
  readonly score: Score;
  /** What real records would reach, or another yardstick. */
  readonly reference?: { readonly label: string; readonly score: Score };
}

interface MeasureBase {
  /** Stable; thresholds and the JSON file use it. */
  readonly name: string;
  readonly title: string;
  readonly section: ReportSection;
  readonly direction: 'higher' | 'lower' | 'near-reference';
  /** Where its values lie. */
  readonly range: string;
  /** One sentence a clinician understands. */
  readonly meaning: string;
  /** Paper or software the definition is from. */
  readonly source: string;
}

/** Of all tables together. */
export interface DatasetMeasure extends MeasureBase {
  readonly scope: 'dataset';
  find(dataset: ComparedDataset): MeasuredFigure;
}

/** Of each table. */
export interface TableMeasure extends MeasureBase {
  readonly scope: 'table';
  /** Also computed for the controls that stand beside the headline figures. */
  readonly isControlled?: boolean;
  find(table: TableComparison): MeasuredFigure;
}

/** Of each table whose metadata say which rows are one sequence. */
export interface SequenceMeasure extends MeasureBase {
  readonly scope: 'sequence';
  find(columns: SequenceColumns, metadata: TableMetadata): MeasuredFigure;
}

export type ReportMeasure = DatasetMeasure | TableMeasure | SequenceMeasure;
