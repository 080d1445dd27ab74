import type { Encounter } from '../../core/events/encounter.js';
import type { Moment } from '../../core/events/moment.js';
import type { PatientEvent } from '../../core/events/patient-event.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { msPerDay } from '../../core/time/units.js';
import { onceAContext } from '../once-a-context.js';
import { isReservedNumber } from './reserved-numbers.js';
import type { RecordContext } from './record-context.js';

/** What is wrong with the records of a package, counted in one reading. */
export interface RecordSurvey {
  readonly persons: number;
  readonly encounters: number;
  readonly events: number;
  /** Keys that another person, or another encounter or event of the same person, has as well. */
  readonly repeatedKeys: number;
  /** Names of encounters, results and examinations that the record does not have. */
  readonly dangling: number;
  /** Encounters and events that begin before birth or after death, or end before they begin. */
  readonly outsideLife: number;
  /** Numbers of the NHS that a patient might have. */
  readonly unreservedNumbers: number;
}

/** Read once, whatever the number of checks. @throws the signal's reason when aborted */
export const surveyOf = onceAContext(survey);

async function survey({ records, signal }: RecordContext): Promise<RecordSurvey> {
  const keys = new Set<string>();
  const found = { persons: 0, encounters: 0, events: 0, repeatedKeys: 0 };
  const wrong = { dangling: 0, outsideLife: 0, unreservedNumbers: 0 };
  for await (const record of records()) {
    signal?.throwIfAborted();
    if (keys.has(record.person.key)) found.repeatedKeys += 1;
    keys.add(record.person.key);
    found.persons += 1;
    found.encounters += record.encounters.length;
    found.events += record.events.length;
    found.repeatedKeys += repeatedWithin(record);
    wrong.dangling += danglingIn(record);
    wrong.outsideLife += outsideLife(record);
    wrong.unreservedNumbers += record.person.identifiers.filter((one) => !isReservedNumber(one)).length;
  }
  return { ...found, ...wrong };
}

/** Keys of events begin with the person's, so that those of two records differ when their persons do. */
function repeatedWithin({ person, encounters, events }: PatientRecord): number {
  const all = [...encounters, ...events].map(({ key }) => key);
  const foreign = events.filter(({ key }) => !key.startsWith(`${person.key}/`)).length;
  return all.length - new Set(all).size + foreign;
}

function danglingIn({ encounters, events }: PatientRecord): number {
  const known = new Set([...encounters, ...events].map(({ key }) => key));
  return events.flatMap(namedBy).filter((key) => !known.has(key)).length;
}

function namedBy(event: PatientEvent): string[] {
  const named = event.kind === 'report' ? [...event.results] : [];
  if (event.kind === 'imaging-study' && event.procedure !== undefined) named.push(event.procedure);
  return event.encounter === undefined ? named : [...named, event.encounter];
}

function outsideLife({ person: { birth, death }, encounters, events }: PatientRecord): number {
  const last = death === undefined ? Infinity : endOf(death.at);
  const isWrong = (one: Encounter | PatientEvent, lastEnd: number): boolean => {
    const end = 'end' in one ? one.end : undefined;
    const isOrdered = end === undefined || (end.ms >= one.start.ms && end.ms <= lastEnd);
    return one.start.ms < birth.ms || one.start.ms > last || !isOrdered;
  };
  const wrongEncounters = encounters.filter((one) => isWrong(one, last + certificationMost));
  return wrongEncounters.length + events.filter((one) => isWrong(one, last)).length;
}

/** Who certifies a death is still there when it is over. */
const certificationMost = msPerDay;

const lengths: Readonly<Record<Moment['precision'], number>> = {
  second: 0,
  day: msPerDay,
  month: 31 * msPerDay,
  year: 366 * msPerDay,
};

/** The last moment that it can have been. */
function endOf({ ms, precision }: Moment): number {
  return ms + lengths[precision];
}
