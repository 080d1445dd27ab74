import type { Dosage, MedicationOrderEvent } from '../../../core/events/patient-event.js';
import { courseOfTherapy, periodUnit } from '../code-tables.js';
import { dateTimeText } from '../json/moment-text.js';
import { decimal } from '../json/quote.js';
import { checkDosage } from '../profiles.js';
import type { RecordScope } from '../record-scope.js';
import { periodJson } from './period-json.js';
import { reasonJson } from './procedure-json.js';

const course = (isChronic: boolean): string =>
  `,"courseOfTherapyType":{"coding":[${JSON.stringify(courseOfTherapy(isChronic))}]}`;
const continuous = course(true);
const acute = course(false);

/**
 * A MedicationRequest. Its end is the bound of the dosage. UK Core asks whether something else may be given: what a
 * prescription in the NHS names is what is dispensed.
 */
export function medicationRequestJson(event: MedicationOrderEvent, scope: RecordScope): string {
  checkDosage(event);
  const { open, rest } = scope.context.head('MedicationRequest', 'UKCore-MedicationRequest');
  const status = event.end === undefined ? 'active' : 'completed';
  const start = `${open}${scope.id('MedicationRequest', event.key)}${rest},"status":"${status}","intent":"order"`;
  const what = `,"medicationCodeableConcept":${scope.context.codes.concept(event.codes)},${scope.subject}`;
  const when = `${scope.inEncounter(event.encounter)},"authoredOn":"${dateTimeText(event.start)}"`;
  const why = `${reasonJson(event.reason, scope)}${event.isChronic ? continuous : acute}`;
  const refills = event.dosage?.refills;
  const dispense = refills === undefined ? '' : `,"dispenseRequest":{"numberOfRepeatsAllowed":${refills}}`;
  const substitution = scope.context.isUkCore ? ',"substitution":{"allowedBoolean":false}' : '';
  return `${start}${what}${when}${why}${dosageJson(event)}${dispense}${substitution}}`;
}

function dosageJson(event: MedicationOrderEvent): string {
  const { dosage } = event;
  const timing = timingJson(event);
  const parts: string[] = [];
  if (timing !== '') parts.push(`"timing":{"repeat":{${timing}}}`);
  if (dosage !== undefined) parts.push(`"asNeededBoolean":${dosage.asNeeded}`);
  if (dosage?.amount !== undefined)
    parts.push(`"doseAndRate":[{"doseQuantity":{"value":${decimal(dosage.amount)}}}]`);
  return parts.length === 0 ? '' : `,"dosageInstruction":[{${parts.join(',')}}]`;
}

function timingJson({ start, end, dosage }: MedicationOrderEvent): string {
  const parts: string[] = [];
  if (end !== undefined) parts.push(`"boundsPeriod":${periodJson(start, end)}`);
  if (dosage !== undefined) parts.push(...repeats(dosage));
  return parts.join(',');
}

function repeats({ frequency, period, periodUnit: unit }: Dosage): string[] {
  const parts: string[] = [];
  if (frequency !== undefined) parts.push(`"frequency":${frequency}`);
  if (period !== undefined) parts.push(`"period":${decimal(period)}`);
  if (unit !== undefined) parts.push(`"periodUnit":"${periodUnit[unit]}"`);
  return parts;
}
