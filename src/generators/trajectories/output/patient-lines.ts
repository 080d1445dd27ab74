import type { Code } from '../codes.js';
import type { Patient } from '../population/population.js';
import { cleanCell, codeCells, systemCell, type CsvLines } from './csv-lines.js';
import { ExportWindow, type ExportSpan } from './export-window.js';
import { nationalNumber, prefixOf } from './national-number.js';
import { clinicianId, organisationId, providerOf, type Utilisations } from './organisations.js';
import { dateOf, momentOf } from './times.js';
import { uuidAt, uuidKinds } from './uuid.js';

/** What the lines of one patient are made from. */
export interface PatientContext {
  readonly patient: Patient;
  readonly window: ExportWindow;
  readonly id: string;
  readonly country: string;
  readonly lines: CsvLines;
  /** The identifier of an encounter. */
  readonly encounter: (row: number) => string;
  /** The first code of a list. */
  readonly code: (list: number) => Code | undefined;
}

/** Everything that the lines of a patient share. */
export function contextOf(
  patient: Patient,
  { span, lines, country }: { span: ExportSpan; lines: CsvLines; country: string },
): PatientContext {
  const { codes } = patient.person.names;
  const encounters: string[] = [];
  return {
    ...{ patient, lines, country, window: new ExportWindow(patient, span) },
    id: uuidAt(patient.random, uuidKinds.patient, 0),
    encounter: (row) => (encounters[row] ??= uuidAt(patient.random, uuidKinds.encounter, row)),
    code: (list) => codes.listAt(list)[0],
  };
}

export function addPatient({ patient, window, id, lines, country }: PatientContext): void {
  const { demographics: of, person } = patient;
  const text = (name: string): string => {
    const value = person.getByName(name);
    return typeof value === 'string' ? cleanCell(value) : '';
  };
  const place = [of.place.city, of.place.state].map(cleanCell);
  lines.add('patients', [
    ...[id, dateOf(of.birth), window.death === null ? '' : dateOf(window.death)],
    ...[nationalNumber(patient, country), '', '', prefixOf(patient)],
    ...[cleanCell(of.givenName), '', cleanCell(of.familyName), '', '', text('marital_status')],
    ...[of.race, of.ethnicity, of.sex, place.join(' '), cleanCell(of.place.address), ...place],
    ...[cleanCell(of.place.county), '', of.place.postcode, '', '', '', '', of.income],
  ]);
}

export function addEncounters(
  { patient, window, id, lines, encounter, code }: PatientContext,
  used: Utilisations,
): void {
  const rows = patient.record.encounters;
  const { encounterClasses } = patient.person.names;
  for (let row = 0; row < rows.count; row += 1) {
    if (window.encounters[row] !== 1) continue;
    const own = encounterClasses.name(rows.encounterClass.at(row));
    const provider = providerOf(patient, own);
    used.count(provider, { encounters: 1, procedures: 0 });
    lines.add('encounters', [
      ...[encounter(row), momentOf(rows.start.at(row)), momentOf(rows.stop.at(row)), id],
      ...[organisationId(provider), clinicianId(provider), ''],
      rows.virtual.at(row) === 1 ? 'virtual' : cleanCell(own),
      ...codeCells(code(rows.codes.at(row))),
      ...['', '', '', ...codeCells(code(rows.reason.at(row)))],
    ]);
  }
}

export function addConditions({ patient, window, id, lines, encounter, code }: PatientContext): void {
  const rows = patient.record.conditions;
  for (let row = 0; row < rows.count; row += 1) {
    if (!window.hasSpan(rows, row)) continue;
    const first = code(rows.codes.at(row));
    const span = [dateOf(rows.start.at(row)), dateOf(stopWithin(rows.stop.at(row), window))];
    lines.add('conditions', [
      ...[...span, id, encounter(rows.encounter.at(row)), systemCell(first)],
      ...codeCells(first),
    ]);
  }
}

/** What would end after the life has no end yet. */
export function stopWithin(stop: number, window: ExportWindow): number {
  return stop > window.last ? NaN : stop;
}
