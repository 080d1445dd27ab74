import type { Rule } from '../finding.js';
import { aCondition, aPatient, anEncounter, anObservation, changed, type Json } from './resources.js';

interface PlantedError {
  readonly name: string;
  /** Valid but for the one error. */
  readonly resource: () => Json;
  /** What has to be found, where. */
  readonly rule: Rule;
  readonly key?: string;
  readonly path: string;
}

type Row = readonly [name: string, resource: () => Json, rule: Rule, path: string, key?: string];

const conditionSystem = 'http://terminology.hl7.org/CodeSystem/condition-';
const absent = {
  coding: [{ system: 'http://terminology.hl7.org/CodeSystem/data-absent-reason', code: 'unknown' }],
};
const broken = (make: () => Json, path: string, value: unknown) => () => changed(make(), path, value);

const rows: readonly Row[] = [
  ['status missing', broken(anObservation, 'status', undefined), 'cardinality', 'Observation'],
  ['code missing', broken(anObservation, 'code', undefined), 'cardinality', 'Observation'],
  ['class missing', broken(anEncounter, 'class', undefined), 'cardinality', 'Encounter'],
  ['gender as a list', broken(aPatient, 'gender', ['female']), 'cardinality', 'Patient.gender'],
  ['name as an object', broken(aPatient, 'name', { family: 'Example' }), 'cardinality', 'Patient.name'],
  ['birthDate 29/02/1980', broken(aPatient, 'birthDate', '29/02/1980'), 'format', 'Patient.birthDate'],
  ['birthDate 1981-02-29', broken(aPatient, 'birthDate', '1981-02-29'), 'format', 'Patient.birthDate'],
  [
    'number as text',
    broken(anObservation, 'valueQuantity.value', '13.5'),
    'type',
    'Observation.valueQuantity.value',
  ],
  ['boolean as text', broken(aPatient, 'active', 'true'), 'type', 'Patient.active'],
  [
    'dateTime without a zone',
    broken(anObservation, 'effectiveDateTime', '2020-03-01T09:30:00'),
    ...(['format', 'Observation.effectiveDateTime'] as const),
  ],
  ['unknown element', broken(aPatient, 'nickname', 'Ann'), 'unknown-element', 'Patient.nickname'],
  [
    'two values of a choice',
    broken(anObservation, 'valueString', 'high'),
    'choice',
    'Observation.valueString',
  ],
  ['gender F', broken(aPatient, 'gender', 'F'), 'binding', 'Patient.gender'],
  ['status done', broken(anObservation, 'status', 'done'), 'binding', 'Observation.status'],
  ['null', broken(aPatient, 'birthDate', null), 'null', 'Patient.birthDate'],
  ['empty text', broken(aPatient, 'name.0.family', ''), 'empty', 'Patient.name[0].family'],
  [
    'clinicalStatus with code foo',
    broken(aCondition, 'clinicalStatus.coding.0.code', 'foo'),
    ...(['binding', 'Condition.clinicalStatus'] as const),
  ],
  ['class XX', broken(anEncounter, 'class.code', 'XX'), 'binding', 'Encounter.class'],
  [
    'value and why it is absent',
    broken(anObservation, 'dataAbsentReason', absent),
    'invariant',
    'Observation',
    'obs-6',
  ],
  [
    'start after end',
    broken(anEncounter, 'period.start', '2020-03-02T09:00:00Z'),
    'invariant',
    'Encounter.period',
    'per-1',
  ],
  [
    'clinicalStatus of what was entered in error',
    broken(aCondition, 'verificationStatus.coding.0', {
      system: `${conditionSystem}ver-status`,
      code: 'entered-in-error',
    }),
    ...(['invariant', 'Condition', 'con-5'] as const),
  ],
  [
    'contact without content',
    broken(aPatient, 'contact', [{ gender: 'male' }]),
    'invariant',
    'Patient.contact[0]',
    'pat-1',
  ],
  [
    'unit code without a system',
    broken(anObservation, 'valueQuantity.system', undefined),
    ...(['invariant', 'Observation.valueQuantity', 'qty-3'] as const),
  ],
  ['empty object', broken(aPatient, 'maritalStatus', {}), 'empty', 'Patient.maritalStatus', 'ele-1'],
  [
    'subject is a practitioner',
    broken(aCondition, 'subject.reference', 'Practitioner/p1'),
    ...(['reference-target', 'Condition.subject'] as const),
  ],
  [
    'encounter is a patient',
    broken(anObservation, 'encounter.reference', 'Patient/p1'),
    ...(['reference-target', 'Observation.encounter'] as const),
  ],
  [
    'contained resource is not there',
    broken(aPatient, 'managingOrganization', { reference: '#org' }),
    ...(['contained', 'Patient.managingOrganization', 'ref-1'] as const),
  ],
  ['id with other characters', broken(aPatient, 'id', 'p_1!'), 'format', 'Patient.id'],
  ['empty list', broken(aPatient, 'telecom', []), 'empty', 'Patient.telecom'],
];

/** The errors that every validator of what is exported has to find, one in each resource. */
export const plantedErrors: readonly PlantedError[] = rows.map(([name, resource, rule, path, key]) => ({
  ...{ name, resource, rule, path },
  ...(key === undefined ? {} : { key }),
}));
