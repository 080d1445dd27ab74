/** How much of a moment is known. */
export type Precision = 'year' | 'month' | 'day' | 'second';

/** A point in time of a life. All times of one release are of one zone, which is UTC. */
export interface Moment {
  /** Milliseconds since 1970-01-01T00:00Z; the start of what is known: a day begins at midnight, a year in January. */
  readonly ms: number;
  readonly precision: Precision;
}
