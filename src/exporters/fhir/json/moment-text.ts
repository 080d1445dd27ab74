import type { Moment, Precision } from '../../../core/events/moment.js';
import { msPerDay } from '../../../core/time/units.js';

const lengths: Readonly<Record<Precision, number>> = { year: 4, month: 7, day: 10, second: 19 };
const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

const dayTexts = new Map<number, string>();
/** All days of two centuries; beyond, nothing more is kept. */
const daysMax = 73_049;
const twoDigits = Array.from({ length: 60 }, (_, number) => String(number).padStart(2, '0'));

/** `YYYY-MM-DD`, kept: a release has many events and few days. */
function dayText(day: number): string {
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * msPerDay).toISOString().slice(0, 10);
    if (dayTexts.size < daysMax) dayTexts.set(day, text);
  }
  return text;
}

/** `YYYY-MM-DDThh:mm:ss` in UTC. */
function secondText(ms: number): string {
  if (!(ms >= earliest && ms <= latest))
    throw new Error(`${ms} ms is not a moment of the years 1000 to 9999`);
  const day = Math.floor(ms / msPerDay);
  const second = Math.floor((ms - day * msPerDay) / 1000);
  const minute = Math.floor(second / 60);
  const hour = twoDigits[Math.floor(minute / 60)] ?? '';
  return `${dayText(day)}T${hour}:${twoDigits[minute % 60] ?? ''}:${twoDigits[second % 60] ?? ''}`;
}

/** A FHIR `dateTime` of the moment's precision; in UTC where it has a time. */
export function dateTimeText({ ms, precision }: Moment): string {
  const text = secondText(ms);
  return precision === 'second' ? `${text}Z` : text.slice(0, lengths[precision]);
}

/** A FHIR `date` of the moment's precision, a day at most. */
export function dateText({ ms, precision }: Moment): string {
  return secondText(ms).slice(0, Math.min(10, lengths[precision]));
}

/** A FHIR `instant`. */
export function instantText(ms: number): string {
  return `${secondText(ms)}Z`;
}

/** Refuses what ends before it starts, as far as both are known. @throws {Error} */
export function checkOrder(start: string, end: string): void {
  const known = Math.min(start.length, end.length, 19);
  if (end.slice(0, known) < start.slice(0, known))
    throw new Error(`it ends (${end}) before it starts (${start})`);
}
