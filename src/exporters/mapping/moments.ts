import type { Moment, Precision } from '../../core/events/moment.js';
import { msPerDay } from '../../core/time/units.js';

const day = /^\d{4}-\d{2}-\d{2}$/;
const time = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** A day as YYYY-MM-DD; null for anything else and for days that there are not. */
export function parseDay(text: string): Moment | null {
  if (!day.test(text)) return null;
  const ms = Date.parse(`${text}T00:00Z`);
  const isReal = !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
  return isReal ? { ms, precision: 'day' } : null;
}

/** A time of ISO 8601, in UTC unless an offset is written; fractions of a second are cut off. */
export function parseTime(text: string): Moment | null {
  const [, date = '', clock = '', zone = 'Z'] = time.exec(text) ?? [];
  if (!parseDay(date)) return null;
  const offset = zone === 'Z' || zone.includes(':') ? zone : `${zone.slice(0, 3)}:${zone.slice(3)}`;
  const ms = Date.parse(`${date}T${clock.replace(/\.\d+$/, '')}${offset}`);
  return Number.isNaN(ms) ? null : { ms, precision: 'second' };
}

/** A year of four digits. */
export function parseYear(text: string): Moment | null {
  return /^\d{4}(\.0)?$/.test(text) ? yearMoment(Number(text)) : null;
}

export function yearMoment(year: number): Moment {
  return { ms: startOfYear(year), precision: 'year' };
}

/** The last millisecond that the moment can be. */
export function latest({ ms, precision }: Moment): number {
  const at = new Date(ms);
  const spans: Readonly<Record<Precision, () => number>> = {
    year: () => startOfYear(at.getUTCFullYear() + 1),
    month: () => Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1),
    day: () => ms + msPerDay,
    second: () => ms + 1000,
  };
  return spans[precision]() - 1;
}

/** The year of birth of somebody who is `age` years old on the day `at`, as the year of that day less the age. */
export function birthYear(at: Moment, age: number): Moment {
  const year = new Date(at.ms).getUTCFullYear();
  const share = (at.ms - startOfYear(year)) / (startOfYear(year + 1) - startOfYear(year));
  // A whole age says nothing of months: the part of the year counts for ages with a fraction alone.
  const exact = Number.isInteger(age) ? year - age : year + share - age;
  return yearMoment(Math.floor(exact));
}

/** Date.UTC takes years below 100 for those of the twentieth century; setUTCFullYear does not. */
function startOfYear(year: number): number {
  return new Date(0).setUTCFullYear(year, 0, 1);
}
