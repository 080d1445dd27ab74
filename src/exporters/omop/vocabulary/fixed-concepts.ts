import type { Sex } from '../../../core/events/person.js';
import type { EncounterClass } from '../../../core/events/encounter.js';
import type { Organisation } from '../../../core/events/directory.js';
import type { Quantity } from '../../../core/events/coded.js';

/** Concepts that the writer names itself. Ids of OHDSI's vocabularies; the shipped one has a row for each. */
export const noMatchingConcept = 0;

export const typeConcepts = {
  ehr: 32817,
  administration: 32818,
  encounter: 32827,
  prescription: 32838,
  derived: 32882,
} as const;

/** OMOP has two; for everybody else the convention is 0 with the source value. */
export const genderConcepts: Readonly<Record<Sex, number>> = {
  female: 8532,
  male: 8507,
  other: 0,
  unknown: 0,
};

export const visitConcepts: Readonly<Record<EncounterClass, number>> = {
  wellness: 9202,
  ambulatory: 9202,
  outpatient: 9202,
  'urgent-care': 8782,
  emergency: 9203,
  inpatient: 9201,
  hospice: 8546,
  'nursing-facility': 8676,
  home: 581476,
  virtual: 722455,
};

export const stayConcepts = { ward: 9201, 'intensive-care': 32037 } as const;

export const placeOfServiceConcepts: Readonly<Record<Organisation['kind'], number | null>> = {
  practice: 8940,
  hospital: 38004515,
  other: null,
};

export const operatorConcepts: Readonly<Record<NonNullable<Quantity['comparator']>, number>> = {
  '<': 4171756,
  '<=': 4171754,
  '>=': 4171755,
  '>': 4172704,
};

export const booleanConcepts = { true: 4188539, false: 4188540 } as const;

export const cdmVersionConcept = 756265;

/** Every id above: a vocabulary that lacks one gets it from the shipped one. */
export const fixedConcepts: readonly number[] = [
  ...new Set(
    [
      ...[noMatchingConcept, cdmVersionConcept],
      ...[typeConcepts, genderConcepts, visitConcepts, stayConcepts, placeOfServiceConcepts].flatMap(
        (group) => Object.values<number | null>(group),
      ),
      ...[...Object.values(operatorConcepts), ...Object.values(booleanConcepts)],
    ].filter((id) => id !== null),
  ),
];
