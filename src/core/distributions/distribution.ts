/** A continuous distribution of one variable. */
export interface Distribution {
  /** P(X <= x), from 0 to 1. */
  cdf(x: number): number;
  density(x: number): number;
  /** The x with P(X <= x) = p, for p in (0, 1). */
  quantile(p: number): number;
}
