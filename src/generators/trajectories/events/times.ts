import type { Moment } from '../../../core/events/moment.js';
import { msPerDay } from '../../../core/time/units.js';

/** A moment to the second. */
export function secondAt(time: number): Moment {
  return { ms: Math.floor(time / 1000) * 1000, precision: 'second' };
}

/** The day of a moment, in UTC. */
export function dayOf(time: number): Moment {
  return { ms: Math.floor(time / msPerDay) * msPerDay, precision: 'day' };
}

/**
 * The end of what began at `start`; nothing for what lasts (NaN) or ends after the life or the simulation. What a module wrote
 * at a moment it was set back to may stop, in the record, before it began: it then ends at its beginning.
 */
export function endOf(start: number, stop: number, last: number): { readonly end?: Moment } {
  if (Number.isNaN(stop) || stop > last) return {};
  return { end: secondAt(Math.max(start, stop)) };
}
