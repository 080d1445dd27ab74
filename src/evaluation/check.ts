export type CheckStatus = 'pass' | 'review' | 'fail';

/** One measured figure of a candidate against its threshold. A check that did not run is a fail, never absent. */
export interface Check {
  readonly name: string;
  /** Null when the check could not be computed; the status is then 'fail'. */
  readonly value: number | null;
  /** 'higher' = higher is better. */
  readonly direction: 'higher' | 'lower';
  readonly threshold: CheckThreshold;
  readonly status: CheckStatus;
  readonly interval?: Interval;
  readonly basis?: FigureBasis;
  /** A sentence a clinician understands, with the figures in it. */
  readonly explanation: string;
}

/** Where the measured quantity lies with the probability `level`. */
export interface Interval {
  readonly low: number;
  readonly high: number;
  readonly level: number;
}

/** What a figure was worked out from, enough to work it out again. */
export interface FigureBasis {
  /** Rows by table. */
  readonly rows: Readonly<Record<string, number>>;
  readonly seed: string;
  /** Of the measure. */
  readonly version: string;
}

/** At or on the good side of `pass`: pass; between `pass` and `fail`: review; on the bad side of `fail`: fail. */
export interface CheckThreshold {
  readonly pass: number;
  readonly fail: number;
  /** Why the limits are where they are, or whom they are from. */
  readonly reason?: string;
}
