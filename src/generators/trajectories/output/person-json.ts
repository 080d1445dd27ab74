import type { Patient } from '../population/population.js';
import { observationKinds } from '../record/rows.js';
import { ExportWindow, type ExportSpan } from './export-window.js';
import { nationalNumber } from './national-number.js';
import { stopWithin } from './patient-lines.js';
import { momentOf } from './times.js';
import { uuidAt, uuidKinds } from './uuid.js';

type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

interface EventColumns {
  readonly count: number;
  readonly encounter: { at(row: number): number };
  readonly start: { at(row: number): number };
  readonly codes: { at(row: number): number };
  readonly stop?: { at(row: number): number };
  readonly reason?: { at(row: number): number };
}

/** One line of JSON with everything that is given out of a life. Times are in UTC. */
export function personJson(
  patient: Patient,
  { span, country }: { readonly span: ExportSpan; readonly country: string },
): string {
  const window = new ExportWindow(patient, span);
  const { record, demographics: of, person } = patient;
  const events = (rows: EventColumns): Json => eventsOf(rows, patient, window);
  return JSON.stringify({
    synthetic: true,
    id: uuidAt(patient.random, uuidKinds.patient, 0),
    nationalNumber: nationalNumber(patient, country),
    ...{ sex: of.sex, race: of.race, ethnicity: of.ethnicity },
    ...{ givenName: of.givenName, familyName: of.familyName, place: of.place },
    ...{ education: of.education, income: of.income },
    birthDate: momentOf(of.birth).slice(0, 10),
    deathTime: window.death === null ? null : momentOf(window.death),
    causeOfDeath: window.death === null ? [] : codesOf(patient, person.causeOfDeath),
    practice: of.practice.code,
    hospital: of.hospital.code,
    encounters: encountersOf(patient, window),
    conditions: events(record.conditions),
    allergies: events(record.allergies),
    medications: events(record.medications),
    procedures: events(record.procedures),
    observations: observationsOf(patient, window),
    immunizations: events(record.immunizations),
    carePlans: events(record.carePlans),
    devices: events(record.devices),
    supplies: events(record.supplies),
  });
}

function codesOf({ person }: Patient, list: number): Json {
  return person.names.codes.listAt(list).map(({ system, code, display }) => ({ system, code, display }));
}

function encountersOf(patient: Patient, window: ExportWindow): Json {
  const rows = patient.record.encounters;
  const { encounterClasses } = patient.person.names;
  return rowsWhere(rows.count, (row) => window.encounters[row] === 1).map((row) => ({
    encounter: row,
    class: encounterClasses.name(rows.encounterClass.at(row)),
    virtual: rows.virtual.at(row) === 1,
    start: momentOf(rows.start.at(row)),
    stop: momentOf(rows.stop.at(row)),
    codes: codesOf(patient, rows.codes.at(row)),
    reason: codesOf(patient, rows.reason.at(row)),
  }));
}

function eventsOf(rows: EventColumns, patient: Patient, window: ExportWindow): Json {
  const { stop, reason } = rows;
  const isGiven = (row: number): boolean => {
    const start = rows.start.at(row);
    if (stop === undefined) return window.hasMoment(start);
    return start <= window.last && !(stop.at(row) < window.first);
  };
  return rowsWhere(rows.count, isGiven).map((row) => ({
    encounter: rows.encounter.at(row),
    start: momentOf(rows.start.at(row)),
    ...(stop === undefined ? {} : { stop: momentOf(stopWithin(stop.at(row), window)) || null }),
    codes: codesOf(patient, rows.codes.at(row)),
    ...(reason === undefined ? {} : { reason: codesOf(patient, reason.at(row)) }),
  }));
}

function observationsOf(patient: Patient, window: ExportWindow): Json {
  const rows = patient.record.observations;
  const { words, codes } = patient.person.names;
  const valueOf = (row: number): Json => {
    const kind = rows.kind.at(row);
    if (kind === observationKinds.number) return rows.number.at(row);
    if (kind === observationKinds.text) return rows.text.at(row);
    if (kind !== observationKinds.code) return null;
    const { system, code, display } = codes.codeAt(rows.code.at(row));
    return { system, code, display };
  };
  return rowsWhere(rows.count, (row) => window.hasMoment(rows.start.at(row))).map((row) => ({
    encounter: rows.encounter.at(row),
    start: momentOf(rows.start.at(row)),
    codes: codesOf(patient, rows.codes.at(row)),
    value: valueOf(row),
    unit: rows.unit.at(row) < 0 ? null : words.name(rows.unit.at(row)),
  }));
}

function rowsWhere(count: number, is: (row: number) => boolean): number[] {
  return Array.from({ length: count }, (_, row) => row).filter(is);
}
