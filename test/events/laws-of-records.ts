import type { PatientRecord } from '../../src/core/events/patient-record.js';
import type { Directory } from '../../src/core/events/directory.js';
import type { EventKind } from '../../src/core/events/patient-event.js';

const deathCertificate = '308646001';

/** What is wrong with a record by the laws of records, in sentences; none where all is well. */
export function brokenLaws({ person, encounters, events }: PatientRecord): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, law: string): void => {
    if (!holds) broken.push(law);
  };
  const death = person.death?.at.ms ?? Infinity;
  const known = new Set(encounters.map(({ key }) => key));
  const stays = encounters.flatMap((encounter) => encounter.stays);
  const keys = [...encounters, ...stays, ...events].map(({ key }) => key);
  check(new Set(keys).size === keys.length, 'a key is there twice');
  for (const all of [encounters, events])
    all.reduce((before, { key, start }) => {
      check(before <= start.ms, `${key} is out of order`);
      return start.ms;
    }, -Infinity);
  for (const { key, start, end, codes, stays: places } of encounters) {
    const isCertificate = codes[0]?.code === deathCertificate;
    check(start.ms >= person.birth.ms && start.ms <= death, `encounter ${key} begins outside the life`);
    check(end === undefined || end.ms >= start.ms, `encounter ${key} ends before it begins`);
    check(isCertificate || (end?.ms ?? death) <= death, `encounter ${key} ends after death`);
    check(end !== undefined || person.death === undefined, `encounter ${key} of a dead person has no end`);
    places.forEach((stay, place) => {
      const before = places[place - 1];
      check(stay.start.ms === (before?.end?.ms ?? start.ms), `stay ${stay.key} leaves a gap`);
      check((stay.end?.ms ?? Infinity) <= (end?.ms ?? Infinity), `stay ${stay.key} outlasts its encounter`);
    });
  }
  for (const event of events) {
    const { key, start, encounter, codes } = event;
    check(encounter !== undefined && known.has(encounter), `${key} hangs on no encounter`);
    check(start.ms >= person.birth.ms && start.ms <= death, `${key} begins outside the life`);
    check(codes.length > 0, `${key} has no code`);
    if (!('end' in event)) continue;
    check(event.end.ms >= start.ms && event.end.ms <= death, `${key} ends outside its life`);
  }
  return broken.concat(brokenReferences({ person, encounters, events }));
}

function brokenReferences({ events }: PatientRecord): string[] {
  const keys = new Set(events.map(({ key }) => key));
  return events.flatMap((event) => {
    if (event.kind === 'report') return event.results.filter((key) => !keys.has(key));
    if (event.kind === 'imaging-study' && event.procedure !== undefined)
      return keys.has(event.procedure) ? [] : [event.procedure];
    return [];
  });
}

/** Keys that a record names and a directory does not have. */
export function missingInDirectory({ person, encounters }: PatientRecord, directory: Directory): string[] {
  const { organisations, practitioners, locations } = directory;
  const known = new Set([...organisations, ...practitioners, ...locations].map(({ key }) => key));
  const named = encounters.flatMap(({ organisation, practitioner, stays }) => [
    ...[organisation, practitioner, ...stays.map(({ location }) => location)],
  ]);
  return [person.practice, ...named].filter((key): key is string => key !== undefined && !known.has(key));
}

/** How many of each kind; parts of observations count for themselves, as files of observations have them. */
export function countsByKind(records: readonly PatientRecord[]): Readonly<Record<string, number>> {
  const counts: Partial<Record<EventKind | 'encounter', number>> = {};
  const add = (kind: EventKind | 'encounter', count: number): void => {
    counts[kind] = (counts[kind] ?? 0) + count;
  };
  for (const { encounters, events } of records) {
    for (const { stays } of encounters) add('encounter', Math.max(1, stays.length));
    for (const event of events)
      add(event.kind, event.kind === 'observation' ? Math.max(1, event.components.length) : 1);
  }
  return counts;
}
