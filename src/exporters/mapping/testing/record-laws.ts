import type { Moment } from '../../../core/events/moment.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { latest } from '../moments.js';

interface Timed {
  readonly key: string;
  readonly start: Moment;
  readonly end?: Moment;
}

/** What is wrong with the records of one release by the laws of the model; nothing is as it should be. */
export function breaches(records: readonly PatientRecord[]): string[] {
  const keys = records.flatMap(({ person, encounters, events }) => [
    ...[person.key, ...encounters.map(({ key }) => key), ...events.map(({ key }) => key)],
  ]);
  const twice = keys
    .filter((key, index) => keys.indexOf(key) !== index)
    .map((key) => `${key} is there twice`);
  return [...twice, ...records.flatMap(recordBreaches)];
}

function recordBreaches({ person, encounters, events }: PatientRecord): string[] {
  const known = new Set(encounters.map(({ key }) => key));
  const lost = events.filter(({ encounter }) => encounter !== undefined && !known.has(encounter));
  const uncoded = events.filter(({ codes }) => codes.length === 0);
  const last = person.death ? latest(person.death.at) : Infinity;
  const outside = ({ start, end = start }: Timed): boolean =>
    start.ms < person.birth.ms || start.ms > last || end.ms > last || end.ms < start.ms;
  return [
    ...lost.map(({ key }) => `${key} names an encounter that is not there`),
    ...uncoded.map(({ key }) => `${key} has no code`),
    ...[...encounters, ...events]
      .filter(outside)
      .map(({ key }) => `${key} is outside of the life or reversed`),
    ...(last < person.birth.ms ? [`${person.key} dies before the birth`] : []),
    ...(isSorted(encounters) ? [] : [`${person.key}: encounters are not in order`]),
    ...(isSorted(events) ? [] : [`${person.key}: events are not in order`]),
  ];
}

function isSorted(items: readonly Timed[]): boolean {
  return items.every(({ start }, index) => index === 0 || (items[index - 1]?.start.ms ?? 0) <= start.ms);
}
