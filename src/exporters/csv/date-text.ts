import { msPerDay } from '../../core/time/units.js';

/** The years 0 to 9999 have a four-digit form. */
const epochMsMin = Date.parse('0000-01-01T00:00:00.000Z');
const epochMsMax = Date.parse('9999-12-31T23:59:59.999Z');

/**
 * Days since 1970-01-01 as YYYY-MM-DD.
 * @throws {RangeError} outside the years 0 to 9999
 */
export function dateText(epochDays: number): string {
  return dateTimeText(epochDays * msPerDay).slice(0, 10);
}

/**
 * Milliseconds since 1970-01-01T00:00Z as YYYY-MM-DDTHH:MM:SS.sssZ.
 * @throws {RangeError} outside the years 0 to 9999
 */
export function dateTimeText(epochMs: number): string {
  requireWritableTime(epochMs);
  return new Date(epochMs).toISOString();
}

/** @throws {RangeError} outside the years 0 to 9999 */
export function requireWritableTime(epochMs: number): void {
  if (!(epochMs >= epochMsMin && epochMs <= epochMsMax))
    throw new RangeError(`${epochMs} ms since 1970 is outside the years 0 to 9999.`);
}
