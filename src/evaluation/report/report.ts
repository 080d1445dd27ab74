import type { DetailTable } from '../details/detail-table.js';
import type { ScoreInterval } from '../score.js';
import type { Distribution } from './distribution.js';
import type { ReportSection } from './report-measure.js';

/** The evaluation report as it is written to report.json. No figure is absent without a reason. */
export interface Report {
  readonly version: 1;
  /** The words that every synthetic release carries. */
  readonly title: string;
  readonly inputs: readonly ReportInput[];
  readonly policy: { readonly sha256: string; readonly cellCountMin: number; readonly countRounding: number };
  /** Of the draws that the report makes. */
  readonly seed: string;
  readonly verdict: ReportVerdict;
  readonly figures: readonly ReportFigure[];
  readonly controls: readonly ControlFigures[];
  readonly columns: readonly ColumnVerdict[];
  readonly pairs: readonly PairVerdict[];
  readonly clouds: readonly Cloud[];
  /** The figures behind measures of what was declared. */
  readonly details: readonly ReportDetail[];
  /** Every threshold that something in the report was judged by. */
  readonly limits: readonly ReportLimit[];
  readonly notTested: readonly NotTested[];
}

/** A threshold with the reason that the policy gives for it. */
export interface ReportLimit {
  /** "figure", or of what else it is. */
  readonly of: 'figure' | 'column' | 'pair';
  readonly name: string;
  readonly direction: 'higher' | 'lower' | 'near-reference';
  readonly pass: number;
  readonly fail: number;
  readonly reason: string;
}

export interface ReportInput {
  readonly role: string;
  readonly table: string;
  readonly sha256: string;
  /** Rounded; 0 when there are fewer than the smallest cell. */
  readonly rows: number;
  readonly columns: number;
}

export interface ReportVerdict {
  readonly status: FigureStatus;
  /** A paragraph for information governance. */
  readonly plainWords: readonly string[];
  readonly failed: readonly string[];
  readonly toReview: readonly string[];
}

export type FigureStatus = 'pass' | 'review' | 'fail' | 'not judged';

/** A number, or null with the reason. */
export type Figure =
  | { readonly value: number; readonly interval?: ScoreInterval }
  | { readonly value: null; readonly reason: string };

export type ReportFigure = Figure & {
  readonly name: string;
  readonly title: string;
  readonly section: ReportSection | 'release checks';
  /** Null when it is of all tables together. */
  readonly table: string | undefined;
  readonly direction: 'higher' | 'lower' | 'near-reference';
  readonly range: string;
  readonly meaning: string;
  readonly source: string;
  readonly reference?: { readonly label: string } & Figure;
  readonly threshold?: { readonly pass: number; readonly fail: number };
  readonly status: FigureStatus;
};

/** The headline measures of tables of which we know how good they are. */
export interface ControlFigures {
  readonly table: string;
  readonly control: 'candidate' | 'independent columns' | 'bootstrap of the real rows' | 'holdout';
  readonly explanation: string;
  readonly figures: readonly (Figure & { readonly name: string; readonly title: string })[];
}

export type Usability = 'use' | 'use with care' | 'do not use';

export interface ColumnVerdict {
  readonly table: string;
  readonly column: string;
  readonly kind: 'number' | 'date' | 'category' | 'not compared';
  readonly usability: Usability;
  readonly reason: string;
  readonly figures: readonly (Figure & { readonly name: string })[];
  readonly distribution: Distribution;
}

export interface PairVerdict {
  readonly table: string;
  readonly columns: readonly [string, string];
  readonly usability: Usability;
  readonly reason: string;
  readonly figures: readonly (Figure & { readonly name: string })[];
}

/** A table of figures; the first cell of a row is its heading. */
export interface ReportDetail extends Omit<DetailTable, 'rows'> {
  readonly rows: readonly (readonly (string | Figure)[])[];
}

/** Shares of the records by square of a grid over the two main directions of the real table; small squares are 0. */
export interface Cloud {
  readonly table: string;
  readonly side: number;
  readonly real: readonly number[];
  readonly synthetic: readonly number[];
}

export interface NotTested {
  readonly what: string;
  readonly why: string;
}
