import type { Moment } from '../../../core/events/moment.js';
import { checkOrder, dateTimeText } from '../json/moment-text.js';

/** A Period; open where there is no end. @throws {Error} when it ends before it starts */
export function periodJson(start: Moment, end: Moment | undefined): string {
  const from = dateTimeText(start);
  if (end === undefined) return `{"start":"${from}"}`;
  const to = dateTimeText(end);
  checkOrder(from, to);
  return `{"start":"${from}","end":"${to}"}`;
}

/** `,"<name>Period":...` for what has an end, else `,"<name>DateTime":...`. */
export function periodOrMoment(name: string, start: Moment, end: Moment | undefined): string {
  return end === undefined
    ? `,"${name}DateTime":"${dateTimeText(start)}"`
    : `,"${name}Period":${periodJson(start, end)}`;
}
