import type { Encounter, EncounterClass, Stay } from '../../../core/events/encounter.js';
import type { Moment } from '../../../core/events/moment.js';
import type { ExportWindow } from '../output/export-window.js';
import { isAtHospital, providerOf } from '../output/organisations.js';
import { uuidAt, uuidKinds } from '../output/uuid.js';
import type { Patient } from '../population/population.js';
import type { DirectoryBuilder } from './directory-builder.js';
import type { EventContext } from './event-context.js';
import { endOf, secondAt } from './times.js';

const classes: Readonly<Record<string, EncounterClass>> = {
  ...{ wellness: 'wellness', ambulatory: 'ambulatory', outpatient: 'outpatient', urgentcare: 'urgent-care' },
  ...{ emergency: 'emergency', inpatient: 'inpatient', hospice: 'hospice', snf: 'nursing-facility' },
  ...{ home: 'home', virtual: 'virtual' },
};

/** What an admission or transfer to intensive care is called (SNOMED CT). */
const intensiveCare = new Set(['305351004', '397821002']);

/**
 * For each row of `encounters` the row that its admission began with: who goes straight on from one place of a hospital to another
 * is admitted once. Other rows stand for themselves.
 */
export function admissionsOf(patient: Patient): Int32Array {
  const { encounters: rows } = patient.record;
  const first = Int32Array.from({ length: rows.count }, (_, row) => row);
  for (let row = 0; row < rows.count; row += 1) {
    const before = rows.movedFrom.at(row);
    if (before >= 0 && before < row && isInpatient(patient, row) && isInpatient(patient, before))
      first[row] = first[before] ?? row;
  }
  return first;
}

function isInpatient({ person, record: { encounters } }: Patient, row: number): boolean {
  const own = person.names.encounterClasses.name(encounters.encounterClass.at(row));
  return own === 'inpatient' && encounters.virtual.at(row) === 0;
}

/** The contacts that are given out, with the places of each admission. */
export function encountersOf(
  context: EventContext,
  admissions: Int32Array,
  directory: DirectoryBuilder,
): Encounter[] {
  const members = new Map<number, number[]>();
  admissions.forEach((first, row) => {
    if (context.window.encounters[row] !== 1) return;
    const known = members.get(first);
    if (known === undefined) members.set(first, [row]);
    else known.push(row);
  });
  return [...members.values()]
    .map((rows) => encounterOf(context, rows, directory))
    .sort((a, b) => a.start.ms - b.start.ms);
}

function encounterOf(
  { patient, window, coder, encounter }: EventContext,
  rows: readonly number[],
  directory: DirectoryBuilder,
): Encounter {
  const { encounters: table } = patient.record;
  const [first, last] = [rows[0] ?? 0, rows[rows.length - 1] ?? 0];
  const own = patient.person.names.encounterClasses.name(table.encounterClass.at(first));
  const provider = providerOf(patient, own);
  const discharge = table.disposition.at(last);
  return {
    key: encounter(first),
    class: table.virtual.at(first) === 1 ? 'virtual' : classOf(own),
    start: secondAt(table.start.at(first)),
    ...stopOf(patient, rows, window),
    codes: coder.list(table.codes.at(first)),
    ...coder.reason(table.reason.at(first)),
    organisation: directory.organisation(provider, isAtHospital(own) ? 'hospital' : 'practice'),
    practitioner: directory.clinician(provider),
    ...(discharge >= 0 && { dischargedTo: coder.code(discharge) }),
    stays: isInpatient(patient, first) ? staysOf({ patient, window }, rows, directory) : [],
  };
}

function classOf(own: string): EncounterClass {
  const found = classes[own];
  if (found === undefined) throw new RangeError(`An encounter cannot be of class "${own}".`);
  return found;
}

/** One stay for each row: each ends when the next begins. */
function staysOf(
  { patient, window }: Pick<EventContext, 'patient' | 'window'>,
  rows: readonly number[],
  directory: DirectoryBuilder,
): readonly Stay[] {
  const { start, codes } = patient.record.encounters;
  const { hospital } = patient.demographics;
  return rows.map((row, place) => {
    const next = rows[place + 1];
    const [code] = patient.person.names.codes.listAt(codes.at(row));
    const kind = intensiveCare.has(code?.code ?? '') ? 'intensive-care' : 'ward';
    return {
      ...{ key: `${encounterKey(patient, row)}/stay`, kind, start: secondAt(start.at(row)) },
      ...(next === undefined ? stopOf(patient, rows, window) : { end: secondAt(start.at(next)) }),
      location: directory.location(hospital, kind),
    };
  });
}

/** When the last of some rows is over; nothing while the person is still there. */
function stopOf(patient: Patient, rows: readonly number[], { death, last }: ExportWindow): { end?: Moment } {
  const { start, stop, ended, module } = patient.record.encounters;
  const newest = rows[rows.length - 1] ?? 0;
  const isGoingOn = death === null && ended.at(newest) === 0 && module.at(newest) >= 0;
  const latest = Math.max(...rows.map((row) => stop.at(row)));
  // A death certificate takes its time after the death.
  return endOf(start.at(newest), isGoingOn ? NaN : latest, death === null ? last : Infinity);
}

/** The key of a row of `encounters`: the identifier that it has in the CSV layout too. */
export function encounterKey({ random }: Patient, row: number): string {
  return uuidAt(random, uuidKinds.encounter, row);
}
