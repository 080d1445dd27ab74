import { daysOfMonth, digits } from './digits.js';

const minus = 45;
const plus = 43;
const colon = 58;
const point = 46;
const letterT = 84;
const letterZ = 90;

/** Length of the date that the text begins with (4, 7 or 10); 0 when it begins with none that is in the calendar. */
function dateLength(text: string): number {
  const year = digits(text, 0, 4);
  if (year < 1) return 0;
  if (text.charCodeAt(4) !== minus) return 4;
  const month = digits(text, 5, 2);
  if (month < 1 || month > 12) return 0;
  if (text.charCodeAt(7) !== minus) return 7;
  const day = digits(text, 8, 2);
  return day >= 1 && day <= daysOfMonth(year, month) ? 10 : 0;
}

/** Where the time (hh:mm:ss, with or without a fraction) that begins at `at` ends; 0 when there is none. */
function timeEnd(text: string, at: number): number {
  const hour = digits(text, at, 2);
  const minute = digits(text, at + 3, 2);
  const second = digits(text, at + 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return 0;
  if (text.charCodeAt(at + 2) !== colon || text.charCodeAt(at + 5) !== colon) return 0;
  let end = at + 8;
  if (text.charCodeAt(end) !== point) return end;
  const fraction = end + 1;
  for (end = fraction; digits(text, end, 1) >= 0; end += 1);
  return end > fraction ? end : 0;
}

/** Whether the text from `at` is Z or an offset of at most 14 hours, and nothing more. */
function isZone(text: string, at: number): boolean {
  const sign = text.charCodeAt(at);
  if (sign === letterZ) return text.length === at + 1;
  if (sign !== plus && sign !== minus) return false;
  const hours = digits(text, at + 1, 2);
  const minutes = digits(text, at + 4, 2);
  const isOffset = hours >= 0 && minutes >= 0 && minutes < 60 && hours * 60 + minutes <= 840;
  return isOffset && text.charCodeAt(at + 3) === colon && text.length === at + 6;
}

/** YYYY, YYYY-MM or YYYY-MM-DD, of the Gregorian calendar. */
export function isDate(text: string): boolean {
  const length = dateLength(text);
  return length > 0 && text.length === length;
}

/** A moment with a zone, to the second at least. */
export function isInstant(text: string): boolean {
  if (dateLength(text) !== 10 || text.charCodeAt(10) !== letterT) return false;
  const end = timeEnd(text, 11);
  return end > 0 && isZone(text, end);
}

/** A date, or a moment with a zone. */
export function isDateTime(text: string): boolean {
  return text.length > 10 ? isInstant(text) : isDate(text);
}

/** hh:mm:ss, with or without a fraction. */
export function isTime(text: string): boolean {
  return timeEnd(text, 0) === text.length && text.length > 0;
}

/**
 * The time that a valid date or dateTime stands for, as milliseconds since 1970 in UTC: from the first to just before the
 * last (`1980` is a year long).
 */
export function spanOf(text: string): { readonly from: number; readonly to: number } {
  const year = digits(text, 0, 4);
  const month = text.length >= 7 ? digits(text, 5, 2) - 1 : 0;
  if (text.length === 4) return { from: utc(year, 0, 1), to: utc(year + 1, 0, 1) };
  if (text.length === 7) return { from: utc(year, month, 1), to: utc(year, month + 1, 1) };
  if (text.length > 10) return spanOfInstant(text);
  const from = utc(year, month, digits(text, 8, 2));
  return { from, to: from + 86_400_000 };
}

/** Leap seconds count as the second after: the clock of computers has none. */
function spanOfInstant(text: string): { readonly from: number; readonly to: number } {
  const zoneAt = timeEnd(text, 11);
  const seconds = Number(text.slice(17, zoneAt));
  const day = utc(digits(text, 0, 4), digits(text, 5, 2) - 1, digits(text, 8, 2));
  const sign = text.charCodeAt(zoneAt) === minus ? -1 : 1;
  const offset =
    text.charCodeAt(zoneAt) === letterZ
      ? 0
      : sign * (digits(text, zoneAt + 1, 2) * 60 + digits(text, zoneAt + 4, 2));
  const minutes = digits(text, 11, 2) * 60 + digits(text, 14, 2) - offset;
  const from = day + minutes * 60_000 + Math.round(seconds * 1000);
  return { from, to: from + (zoneAt === 19 ? 1000 : 1) };
}

/** `Date.UTC` without its reading of years below 100 as 19xx. */
function utc(year: number, month: number, day: number): number {
  return year >= 100 ? Date.UTC(year, month, day) : Date.UTC(year + 400, month, day) - 146_097 * 86_400_000;
}
