import type {
  ImmunisationEvent,
  MedicationAdministrationEvent,
  ProcedureEvent,
} from '../../../core/events/patient-event.js';
import type { Coded } from '../../../core/events/coded.js';
import { dateTimeText } from '../json/moment-text.js';
import { checkDose } from '../profiles.js';
import type { RecordScope } from '../record-scope.js';
import { periodOrMoment } from './period-json.js';

// What is done to a person and is over when it is recorded.

/** `,"reasonCode":[...]` with its comma; nothing without a reason. */
export function reasonJson(reason: Coded | undefined, scope: RecordScope): string {
  return reason === undefined ? '' : `,"reasonCode":[{"coding":[${scope.context.codes.coding(reason)}]}]`;
}

export function procedureJson(event: ProcedureEvent, scope: RecordScope): string {
  const { open, rest } = scope.context.head('Procedure', 'UKCore-Procedure');
  const about = `${scope.context.codes.concept(event.codes)},${scope.subject}${scope.inEncounter(event.encounter)}`;
  const when = periodOrMoment('performed', event.start, event.end);
  const start = `${open}${scope.id('Procedure', event.key)}${rest},"status":"completed","code":`;
  return `${start}${about}${when}${reasonJson(event.reason, scope)}}`;
}

export function administrationJson(event: MedicationAdministrationEvent, scope: RecordScope): string {
  const { open, rest } = scope.context.head('MedicationAdministration', 'UKCore-MedicationAdministration');
  const start = `${open}${scope.id('MedicationAdministration', event.key)}${rest},"status":"completed"`;
  const context =
    event.encounter === undefined ? '' : `,"context":{"reference":"${scope.encounter(event.encounter)}"}`;
  const what = `,"medicationCodeableConcept":${scope.context.codes.concept(event.codes)},${scope.subject}${context}`;
  const when = periodOrMoment('effective', event.start, event.end);
  return `${start}${what}${when}${reasonJson(event.reason, scope)}}`;
}

export function immunizationJson(event: ImmunisationEvent, scope: RecordScope): string {
  checkDose(event.dose);
  const { open, rest } = scope.context.head('Immunization', 'UKCore-Immunization');
  const start = `${open}${scope.id('Immunization', event.key)}${rest},"status":"completed","vaccineCode":`;
  const whom = `,"patient":{"reference":"${scope.patient}"}${scope.inEncounter(event.encounter)}`;
  const when = `,"occurrenceDateTime":"${dateTimeText(event.start)}","primarySource":true`;
  const dose = event.dose === undefined ? '' : `,"protocolApplied":[{"doseNumberPositiveInt":${event.dose}}]`;
  return `${start}${scope.context.codes.concept(event.codes)}${whom}${when}${dose}}`;
}
