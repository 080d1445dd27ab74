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
  /** A sentence a clinician understands, with the figures in it. */
  readonly explanation: string;
}

/** At or on the good side of `pass`: pass; between `pass` and `fail`: review; on the bad side of `fail`: fail. */
export interface CheckThreshold {
  readonly pass: number;
  readonly fail: number;
}
