import { Tally, year } from './tally.js';

/** The part of the persons that one thread simulates: those whose index leaves `thread` when divided by `threads`. */
export interface Share {
  readonly seed: string;
  readonly thread: number;
  readonly threads: number;
  readonly persons: number;
}

/** Lives are simulated to this day, and their last years are counted. */
export const end = Date.UTC(2025, 0, 1);
export const windowYears = 15;

export const emptyTally = (): Tally => new Tally(end - windowYears * year, end);
