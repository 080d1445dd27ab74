import { msPerDay } from '../../core/time/units.js';

/**
 * Days since 1970-01-01 as YYYY-MM-DD.
 * @throws {RangeError} outside the years 0 to 9999, which have no four-digit form
 */
export function dateText(epochDays: number): string {
  return isoText(epochDays * msPerDay).slice(0, 10);
}

/**
 * Milliseconds since 1970-01-01T00:00Z as YYYY-MM-DDTHH:MM:SS.sssZ.
 * @throws {RangeError} outside the years 0 to 9999
 */
export function dateTimeText(epochMs: number): string {
  return isoText(epochMs);
}

function isoText(epochMs: number): string {
  const text = new Date(epochMs).toISOString();
  if (text.length !== 24) throw new RangeError(`${text} is outside the years 0 to 9999.`);
  return text;
}
