import type { Moment, Precision } from '../../../core/events/moment.js';

const lengths: Readonly<Record<Precision, number>> = { year: 4, month: 7, day: 10, second: 19 };
const earliest = Date.UTC(1000, 0, 1);
const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

let lastMs = Number.NaN;
let lastText = '';

/** `YYYY-MM-DDThh:mm:ss` in UTC. What happens together is written together, so that the last answer is kept. */
function secondText(ms: number): string {
  if (ms === lastMs) return lastText;
  if (!(ms >= earliest && ms <= latest))
    throw new Error(`${ms} ms is not a moment of the years 1000 to 9999`);
  lastText = new Date(ms).toISOString().slice(0, 19);
  lastMs = ms;
  return lastText;
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
