import type { Moment } from '../../../core/events/moment.js';
import { msPerDay } from '../../../core/time/units.js';

/** Where in a visit something happened. */
export interface VisitRef {
  readonly id: number;
  readonly provider: number | null;
  readonly stays: readonly { readonly id: number; readonly start: number; readonly end: number }[];
}

/** A stretch of days with a concept, for eras. Days since 1970. */
export interface Exposure {
  readonly concept: number;
  readonly firstDay: number;
  readonly lastDay: number;
}

/** What has to be known of one person until all their rows are written. */
export class Life {
  readonly visits = new Map<string, VisitRef>();
  readonly conditions: Exposure[] = [];
  readonly drugs: Exposure[] = [];
  #first = Infinity;
  #last = -Infinity;

  constructor(
    readonly id: number,
    /** Death, or the day that the release is dated with (ms): what has not ended lasts until then. */
    readonly until: number,
  ) {}

  /** Something was recorded from then till then. */
  see(start: number, end = start): void {
    if (start < this.#first) this.#first = start;
    if (end > this.#last) this.#last = end;
    if (start > this.#last) this.#last = start;
  }

  /** From the first to the last that was recorded (ms); the last day alone where nothing was. */
  get observed(): { readonly first: number; readonly last: number } {
    return this.#first === Infinity
      ? { first: this.until, last: this.until }
      : { first: this.#first, last: this.#last };
  }
}

export function dayOf(ms: number): number {
  return Math.floor(ms / msPerDay);
}

/** The cell of a `_datetime` field: only where a time is known. */
export function timeCell(moment: Moment): number | null {
  return moment.precision === 'second' ? moment.ms : null;
}
