import type { Coded } from '../../../core/events/coded.js';
import { codeSystems } from '../../../core/events/code-systems.js';
import type { Encounter } from '../../../core/events/encounter.js';
import type { ObservationEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';

/** The codes of a record that OMOP has a place for and that the vocabulary has not been asked for. */
export function unresolvedCodes(record: PatientRecord, vocabulary: Vocabulary): Coded[] {
  const unresolved: Coded[] = [];
  const see = (coded: Coded | undefined): void => {
    if (coded !== undefined && vocabulary.find(coded) === undefined) unresolved.push(coded);
  };
  const { ethnicity, race, death } = record.person;
  for (const coded of [ethnicity, race, death?.cause]) see(coded);
  for (const encounter of record.encounters) seeEncounter(encounter, see);
  for (const event of record.events) {
    for (const coded of event.codes) see(coded);
    if (event.kind === 'observation') seeValues(event, see);
  }
  return unresolved;
}

type See = (coded: Coded | undefined) => void;

function seeEncounter({ codes, admittedFrom, dischargedTo }: Encounter, see: See): void {
  for (const coded of codes) see(coded);
  see(admittedFrom);
  see(dischargedTo);
}

function seeValues({ value, components }: ObservationEvent, see: See): void {
  seeValue(value, see);
  for (const component of components) {
    for (const coded of component.codes) see(coded);
    seeValue(component.value, see);
  }
}

function seeValue(value: ObservationEvent['value'], see: See): void {
  if (value?.kind === 'coded') see(value.coded);
  if (value?.kind === 'quantity' && value.quantity.isUcum) see(unitCode(value.quantity.unit));
}

const units = new Map<string, Coded>();

/** A unit of UCUM as a code. */
export function unitCode(unit: string | undefined): Coded | undefined {
  if (unit === undefined || unit === '') return undefined;
  const known = units.get(unit);
  if (known !== undefined) return known;
  const coded: Coded = { system: codeSystems.ucum.uri, code: unit };
  units.set(unit, coded);
  return coded;
}
