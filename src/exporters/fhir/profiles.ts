import type { MedicationOrderEvent, ObservationEvent, ReportEvent } from '../../core/events/patient-event.js';
import type { Person } from '../../core/events/person.js';
import type { RecordScope } from './record-scope.js';
import { systems } from './systems.js';

// A resource claims a profile only where it meets it; what is not listed here meets that of its type by its shape.

/** UK Core asks for a language of BCP 47. */
export function patientProfile(person: Person): string | undefined {
  const { language } = person;
  return language === undefined || language.system === systems.languages ? 'UKCore-Patient' : undefined;
}

/** Results and panels of the laboratory have profiles of their own. */
export function observationProfile({ category, components }: ObservationEvent): string {
  if (category !== 'laboratory') return 'UKCore-Observation';
  return components.length === 0 ? 'UKCore-Observation-Lab' : 'UKCore-Observation-Group-Lab';
}

/** Whether a report is one of the laboratory: all that it puts together is. */
export function isLaboratoryReport({ results }: ReportEvent, scope: RecordScope): boolean {
  return (
    results.length > 0 && results.every((key) => scope.event('observation', key).category === 'laboratory')
  );
}

/** The laboratory's profile asks for the instant when the report was issued. */
export function reportProfile(report: ReportEvent, isLaboratory: boolean): string {
  return isLaboratory && report.start.precision === 'second'
    ? 'UKCore-DiagnosticReport-Lab'
    : 'UKCore-DiagnosticReport';
}

const wholeFrom = (least: number, value: number | undefined, what: string): void => {
  if (value !== undefined && !(Number.isSafeInteger(value) && value >= least && value < 2 ** 31))
    throw new Error(`${what} is ${value}, which is not a whole number from ${least}`);
};

/** @throws {Error} for a dosage that FHIR cannot say */
export function checkDosage({ dosage }: MedicationOrderEvent): void {
  if (dosage === undefined) return;
  wholeFrom(1, dosage.frequency, 'the frequency of the dosage');
  wholeFrom(0, dosage.refills, 'the number of refills');
  if ((dosage.period === undefined) !== (dosage.periodUnit === undefined))
    throw new Error('the dosage has a period without a unit, or the other way round');
  if (dosage.period !== undefined && !(dosage.period >= 0))
    throw new Error('the period of the dosage is negative');
}

/** @throws {Error} for a dose number that is not a whole number from 1 */
export function checkDose(dose: number | undefined): void {
  wholeFrom(1, dose, 'the number of the dose');
}
