import type {
  Condition,
  DiagnosticReport,
  Dosage as FhirDosage,
  Encounter,
  Immunization,
  MedicationAdministration,
  MedicationRequest,
  Observation,
  Procedure,
  Quantity as FhirQuantity,
  TimingRepeat,
} from 'fhir/r4.js';
import type { Coded, Quantity, Value } from '../../../core/events/coded.js';
import type * as encounters from '../../../core/events/encounter.js';
import type { Moment } from '../../../core/events/moment.js';
import type * as events from '../../../core/events/patient-event.js';
import { encounterClass, observationCategory } from '../code-tables.js';
import type { RecordScope } from '../record-scope.js';

// What the templates must say, as plain objects: read this to know what an event becomes in FHIR.

const hl7 = 'http://terminology.hl7.org/CodeSystem';
const concept = (...codes: Coded[]): { coding: Coded[] } => ({ coding: codes.map((code) => ({ ...code })) });

/** Only what is there: JSON has no undefined. */
function given<T extends object>(value: T): T {
  return JSON.parse(JSON.stringify(value)) as T;
}

function dateTime({ ms, precision }: Moment): string {
  const iso = new Date(ms).toISOString();
  return {
    year: iso.slice(0, 4),
    month: iso.slice(0, 7),
    day: iso.slice(0, 10),
    second: `${iso.slice(0, 19)}Z`,
  }[precision];
}

const period = (start: Moment, end: Moment | undefined): { start: string; end?: string | undefined } => ({
  start: dateTime(start),
  end: end === undefined ? undefined : dateTime(end),
});

function base<T extends string>(type: T, key: string, profile: string, scope: RecordScope) {
  return { resourceType: type, id: scope.id(type, key), meta: scope.context.meta(profile) };
}

function inEncounter({ encounter }: { readonly encounter?: string }, scope: RecordScope) {
  return encounter === undefined ? undefined : { reference: `Encounter/${scope.id('Encounter', encounter)}` };
}

const subjectOf = (scope: RecordScope): { reference: string } => ({ reference: scope.patient });

function quantityOf({ value, unit, isUcum, comparator }: Quantity): FhirQuantity {
  return { value, unit, comparator, ...(isUcum ? { system: 'http://unitsofmeasure.org', code: unit } : {}) };
}

function valueOf(value: Value): Partial<Observation> {
  if (value.kind === 'quantity') return { valueQuantity: quantityOf(value.quantity) };
  if (value.kind === 'coded') return { valueCodeableConcept: concept(value.coded) };
  return value.kind === 'text' ? { valueString: value.text } : { valueBoolean: value.boolean };
}

export function observation(event: events.ObservationEvent, scope: RecordScope): Observation {
  const isPanel = event.components.length > 0;
  const laboratory = isPanel ? 'UKCore-Observation-Group-Lab' : 'UKCore-Observation-Lab';
  const profile = event.category === 'laboratory' ? laboratory : 'UKCore-Observation';
  return given({
    ...base('Observation', event.key, profile, scope),
    status: 'final' as const,
    category: [{ coding: [observationCategory[event.category]] }],
    code: concept(...event.codes),
    subject: subjectOf(scope),
    encounter: inEncounter(event, scope),
    effectiveDateTime: dateTime(event.start),
    ...(event.value === undefined ? {} : valueOf(event.value)),
    dataAbsentReason:
      event.value === undefined && !isPanel
        ? { coding: [{ system: `${hl7}/data-absent-reason`, code: 'unknown', display: 'Unknown' }] }
        : undefined,
    component: isPanel
      ? event.components.map((part) => ({ code: concept(...part.codes), ...valueOf(part.value) }))
      : undefined,
  });
}

export function condition(event: events.ConditionEvent, scope: RecordScope): Condition {
  const category = event.encounter === undefined ? 'problem-list-item' : 'encounter-diagnosis';
  const isOver = event.end !== undefined;
  return given({
    ...base('Condition', event.key, 'UKCore-Condition', scope),
    clinicalStatus: {
      coding: [{ system: `${hl7}/condition-clinical`, code: isOver ? 'resolved' : 'active' }],
    },
    verificationStatus: { coding: [{ system: `${hl7}/condition-ver-status`, code: 'confirmed' }] },
    category: [{ coding: [{ system: `${hl7}/condition-category`, code: category }] }],
    code: concept(...event.codes),
    subject: subjectOf(scope),
    encounter: inEncounter(event, scope),
    onsetDateTime: dateTime(event.start),
    abatementDateTime: event.end === undefined ? undefined : dateTime(event.end),
    recordedDate: dateTime(event.start),
  });
}

export function encounter(event: encounters.Encounter, scope: RecordScope): Encounter {
  const { shared } = {
    shared: (type: 'Organization' | 'Practitioner' | 'Location', key: string) => ({
      reference: `${type}/${scope.context.ids.shared(type, key)}`,
    }),
  };
  const hospitalization = {
    admitSource: event.admittedFrom === undefined ? undefined : concept(event.admittedFrom),
    dischargeDisposition: event.dischargedTo === undefined ? undefined : concept(event.dischargedTo),
  };
  const wasAdmitted = event.admittedFrom !== undefined || event.dischargedTo !== undefined;
  return given({
    ...base('Encounter', event.key, 'UKCore-Encounter', scope),
    status: event.end === undefined ? ('in-progress' as const) : ('finished' as const),
    class: encounterClass[event.class],
    type: event.codes.length === 0 ? undefined : [concept(...event.codes)],
    subject: subjectOf(scope),
    participant:
      event.practitioner === undefined
        ? undefined
        : [{ individual: shared('Practitioner', event.practitioner) }],
    period: period(event.start, event.end),
    reasonCode: event.reason === undefined ? undefined : [concept(event.reason)],
    hospitalization: wasAdmitted ? hospitalization : undefined,
    location: event.stays.length === 0 ? undefined : event.stays.map((stay) => locationOf(stay, shared)),
    serviceProvider:
      event.organisation === undefined ? undefined : shared('Organization', event.organisation),
  });
}

function locationOf(
  stay: encounters.Stay,
  shared: (type: 'Location', key: string) => { reference: string },
): NonNullable<Encounter['location']>[number] {
  const name = stay.kind === 'ward' ? 'Ward' : 'Intensive care';
  return {
    location: stay.location === undefined ? { display: name } : shared('Location', stay.location),
    status: stay.end === undefined ? 'active' : 'completed',
    physicalType: { coding: [{ system: `${hl7}/location-physical-type`, code: 'wa', display: 'Ward' }] },
    period: period(stay.start, stay.end),
  };
}

export function procedure(event: events.ProcedureEvent, scope: RecordScope): Procedure {
  return given({
    ...base('Procedure', event.key, 'UKCore-Procedure', scope),
    status: 'completed' as const,
    code: concept(...event.codes),
    subject: subjectOf(scope),
    encounter: inEncounter(event, scope),
    performedDateTime: event.end === undefined ? dateTime(event.start) : undefined,
    performedPeriod: event.end === undefined ? undefined : period(event.start, event.end),
    reasonCode: event.reason === undefined ? undefined : [concept(event.reason)],
  });
}

export function administration(
  event: events.MedicationAdministrationEvent,
  scope: RecordScope,
): MedicationAdministration {
  return given({
    ...base('MedicationAdministration', event.key, 'UKCore-MedicationAdministration', scope),
    status: 'completed' as const,
    medicationCodeableConcept: concept(...event.codes),
    subject: subjectOf(scope),
    context: inEncounter(event, scope),
    effectiveDateTime: event.end === undefined ? dateTime(event.start) : undefined,
    effectivePeriod: event.end === undefined ? undefined : period(event.start, event.end),
    reasonCode: event.reason === undefined ? undefined : [concept(event.reason)],
  });
}

export function immunization(event: events.ImmunisationEvent, scope: RecordScope): Immunization {
  return given({
    ...base('Immunization', event.key, 'UKCore-Immunization', scope),
    status: 'completed' as const,
    vaccineCode: concept(...event.codes),
    patient: subjectOf(scope),
    encounter: inEncounter(event, scope),
    occurrenceDateTime: dateTime(event.start),
    primarySource: true,
    protocolApplied: event.dose === undefined ? undefined : [{ doseNumberPositiveInt: event.dose }],
  });
}

function dosageOf({ start, end, dosage }: events.MedicationOrderEvent): FhirDosage[] | undefined {
  const units = { hour: 'h', day: 'd', week: 'wk', month: 'mo', year: 'a' } as const;
  const repeat: TimingRepeat = given({
    boundsPeriod: end === undefined ? undefined : period(start, end),
    frequency: dosage?.frequency,
    period: dosage?.period,
    periodUnit: dosage?.periodUnit === undefined ? undefined : units[dosage.periodUnit],
  });
  const one: FhirDosage = given({
    timing: Object.keys(repeat).length === 0 ? undefined : { repeat },
    asNeededBoolean: dosage?.asNeeded,
    doseAndRate: dosage?.amount === undefined ? undefined : [{ doseQuantity: { value: dosage.amount } }],
  });
  return Object.keys(one).length === 0 ? undefined : [one];
}

export function medicationRequest(event: events.MedicationOrderEvent, scope: RecordScope): MedicationRequest {
  const course = event.isChronic ? 'continuous' : 'acute';
  const refills = event.dosage?.refills;
  return given({
    ...base('MedicationRequest', event.key, 'UKCore-MedicationRequest', scope),
    status: event.end === undefined ? ('active' as const) : ('completed' as const),
    intent: 'order' as const,
    medicationCodeableConcept: concept(...event.codes),
    subject: subjectOf(scope),
    encounter: inEncounter(event, scope),
    authoredOn: dateTime(event.start),
    reasonCode: event.reason === undefined ? undefined : [concept(event.reason)],
    courseOfTherapyType: { coding: [{ system: `${hl7}/medicationrequest-course-of-therapy`, code: course }] },
    dosageInstruction: dosageOf(event),
    dispenseRequest: refills === undefined ? undefined : { numberOfRepeatsAllowed: refills },
    substitution: scope.context.isUkCore ? { allowedBoolean: false } : undefined,
  });
}

export function diagnosticReport(event: events.ReportEvent, scope: RecordScope): DiagnosticReport {
  const categories = event.results.map((key) => scope.event('observation', key).category);
  const isLaboratory = categories.length > 0 && categories.every((category) => category === 'laboratory');
  const isIssued = event.start.precision === 'second';
  const profile = isLaboratory && isIssued ? 'UKCore-DiagnosticReport-Lab' : 'UKCore-DiagnosticReport';
  const results = event.results.map((key) => ({ reference: `Observation/${scope.id('Observation', key)}` }));
  return given({
    ...base('DiagnosticReport', event.key, profile, scope),
    status: 'final' as const,
    category: isLaboratory
      ? [{ coding: [{ system: `${hl7}/v2-0074`, code: 'LAB', display: 'Laboratory' }] }]
      : undefined,
    code: concept(...event.codes),
    subject: subjectOf(scope),
    encounter: inEncounter(event, scope),
    effectiveDateTime: dateTime(event.start),
    issued: isIssued ? dateTime(event.start) : undefined,
    result: results.length === 0 ? undefined : results,
  });
}
