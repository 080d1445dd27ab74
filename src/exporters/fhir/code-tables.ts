import type { Coding } from 'fhir/r4.js';
import type { EncounterClass } from '../../core/events/encounter.js';
import type { Dosage, ObservationEvent } from '../../core/events/patient-event.js';
import { systems } from './systems.js';

const act = (code: string, display: string): Coding => ({ system: systems.actCode, code, display });
const ambulatory = act('AMB', 'ambulatory');
const nonAcute = act('NONAC', 'inpatient non-acute');

/** v3 ActEncounterCode has fewer classes than the records. */
export const encounterClass: Readonly<Record<EncounterClass, Coding>> = {
  wellness: ambulatory,
  ambulatory,
  outpatient: ambulatory,
  'urgent-care': ambulatory,
  emergency: act('EMER', 'emergency'),
  inpatient: act('IMP', 'inpatient encounter'),
  hospice: nonAcute,
  'nursing-facility': nonAcute,
  home: act('HH', 'home health'),
  virtual: act('VR', 'virtual'),
};

const category = (code: string, display: string): Coding => ({
  system: systems.observationCategory,
  code,
  display,
});

export const observationCategory: Readonly<Record<ObservationEvent['category'], Coding>> = {
  'vital-signs': category('vital-signs', 'Vital Signs'),
  laboratory: category('laboratory', 'Laboratory'),
  survey: category('survey', 'Survey'),
  'social-history': category('social-history', 'Social History'),
  exam: category('exam', 'Exam'),
  procedure: category('procedure', 'Procedure'),
  therapy: category('therapy', 'Therapy'),
  imaging: category('imaging', 'Imaging'),
};

export const periodUnit = {
  hour: 'h',
  day: 'd',
  week: 'wk',
  month: 'mo',
  year: 'a',
} as const satisfies Record<NonNullable<Dosage['periodUnit']>, string>;

export const ward: Coding = { system: systems.physicalType, code: 'wa', display: 'Ward' };
export const unknownValue: Coding = { system: systems.dataAbsent, code: 'unknown', display: 'Unknown' };
export const laboratoryReport: Coding = {
  system: systems.diagnosticService,
  code: 'LAB',
  display: 'Laboratory',
};

export const conditionStatus = (code: 'active' | 'resolved'): Coding => ({
  system: systems.conditionClinical,
  code,
});
export const conditionConfirmed: Coding = { system: systems.conditionVerification, code: 'confirmed' };
export const conditionCategory = (code: 'encounter-diagnosis' | 'problem-list-item'): Coding => ({
  system: systems.conditionCategory,
  code,
});
export const courseOfTherapy = (isChronic: boolean): Coding => ({
  system: systems.courseOfTherapy,
  code: isChronic ? 'continuous' : 'acute',
});
/** Which code an observation of what somebody died of has in LOINC. */
export const causeOfDeath: Coding = { system: 'http://loinc.org', code: '69453-9' };
