import type { Period } from 'fhir/r4.js';
import type { Moment } from '../../../core/events/moment.js';
import { checkOrder, dateTimeText } from '../json/moment-text.js';

/** Open where there is no end. @throws {Error} when it ends before it starts */
export function toPeriod(start: Moment, end: Moment | undefined): Period {
  const period: Period = { start: dateTimeText(start) };
  if (end === undefined) return period;
  period.end = dateTimeText(end);
  checkOrder(dateTimeText(start), period.end);
  return period;
}
