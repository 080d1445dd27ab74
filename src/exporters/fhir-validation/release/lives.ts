import { isFields, type Fields } from '../compile/run.js';
import type { Rule } from '../finding.js';
import { isDate, isDateTime, spanOf } from '../primitives/date-text.js';
import { eventForms, timesOf, type EventTime, type Span } from './event-times.js';
import { IdTable } from './id-table.js';

/** A fault of an event: what it is, and at which element. */
export interface EventFault {
  readonly severity: 'error' | 'warning';
  readonly rule: Rule;
  readonly element: string;
  readonly why: string;
}

/** An event with what is needed to judge it, also when its patient or encounter comes later. */
export interface LifeEvent {
  readonly subject: string;
  readonly encounter: string | undefined;
  readonly inLife: readonly EventTime[];
  readonly inEncounter: readonly EventTime[];
}

/** The lives and encounters of a release in 40 bytes each, and what lies outside of them. */
export class Lives {
  private readonly patients = new IdTable();
  private readonly encounters = new IdTable();
  private readonly lives: number[] = [];
  private readonly stays: number[] = [];
  private readonly patientOfEncounter: number[] = [];

  /** @param names `Patient/ID`, and what else refers to it in a bundle */
  addPatient(names: readonly string[], patient: Fields): void {
    const { birthDate, deceasedDateTime } = patient;
    const birth = typeof birthDate === 'string' && isDate(birthDate) ? spanOf(birthDate).from : -Infinity;
    const isDead = typeof deceasedDateTime === 'string' && isDateTime(deceasedDateTime);
    if (addAll(this.patients, names, this.lives.length / 2))
      this.lives.push(birth, isDead ? spanOf(deceasedDateTime).to : Infinity);
  }

  /** @param names `Encounter/ID`, and what else refers to it in a bundle */
  addEncounter(names: readonly string[], encounter: Fields): void {
    const times = timesOf(encounter, ['period']);
    const start = times.find(({ isEnd }) => !isEnd)?.span.from ?? -Infinity;
    const end = times.find(({ isEnd }) => isEnd)?.span.to ?? Infinity;
    const subject = literal(encounter['subject'], 'Patient/');
    if (!addAll(this.encounters, names, this.patientOfEncounter.length)) return;
    this.stays.push(start, end);
    this.patientOfEncounter.push(subject === undefined ? -1 : this.patients.get(subject));
  }

  /** What judges a resource; undefined where it is no event of a patient. */
  eventOf(resource: Fields): LifeEvent | undefined {
    const form = eventForms[String(resource['resourceType'])];
    const subject = form && literal(resource[form.subject], 'Patient/');
    if (form === undefined || subject === undefined) return undefined;
    const encounter = form.encounter && literal(resource[form.encounter], 'Encounter/');
    const inEncounter = encounter === undefined ? [] : timesOf(resource, form.inEncounter);
    return { subject, encounter, inEncounter, inLife: timesOf(resource, form.inLife) };
  }

  /** Whether the patient and the encounter of an event have been read. */
  isKnown({ subject, encounter }: LifeEvent): boolean {
    return (
      this.patients.get(subject) >= 0 && (encounter === undefined || this.encounters.get(encounter) >= 0)
    );
  }

  /** What of an event lies outside; of those who are not in the release nothing is said. */
  faultsOf({ subject, encounter, inLife, inEncounter }: LifeEvent): EventFault[] {
    const patient = this.patients.get(subject);
    const faults = patient < 0 ? [] : inLife.flatMap((time) => outsideLife(time, at(this.lives, patient)));
    const stay = encounter === undefined ? -1 : this.encounters.get(encounter);
    if (stay < 0) return faults;
    const other = this.patientOfEncounter[stay] ?? -1;
    if (patient >= 0 && other >= 0 && other !== patient)
      faults.push({ ...wrong('outside-encounter', ''), why: 'is of another patient than its encounter' });
    return [...faults, ...inEncounter.flatMap((time) => outsideEncounter(time, at(this.stays, stay)))];
  }
}

function at(bounds: readonly number[], index: number): Span {
  return { from: bounds[2 * index] ?? -Infinity, to: bounds[2 * index + 1] ?? Infinity };
}

/** A reference to a resource of a type, or one (in a bundle) that does not say of which. */
function literal(reference: unknown, type: string): string | undefined {
  const text = isFields(reference) ? reference['reference'] : undefined;
  return typeof text === 'string' && (text.startsWith(type) || text.startsWith('urn:')) ? text : undefined;
}

/** Answers whether the first name is new. */
function addAll(table: IdTable, names: readonly string[], number: number): boolean {
  return names.map((name) => table.add(name, number) < 0)[0] ?? false;
}

const wrong = (rule: Rule, element: string): Omit<EventFault, 'why'> => ({
  severity: 'error',
  rule,
  element,
});

/** A period may be closed after a death, which is worth a warning. */
function outsideLife({ element, isEnd, span }: EventTime, life: Span): EventFault[] {
  const fault = wrong('outside-life', element);
  if (span.to <= life.from) return [{ ...fault, why: 'is before the birth of the patient' }];
  if (span.from < life.to) return [];
  return [{ ...fault, severity: isEnd ? 'warning' : 'error', why: 'is after the death of the patient' }];
}

/** A start outside is an error; what began within may end later, which is worth a warning. */
function outsideEncounter({ element, isEnd, span }: EventTime, stay: Span): EventFault[] {
  if (span.to <= stay.from)
    return [{ ...wrong('outside-encounter', element), why: 'is before its encounter' }];
  if (span.from < stay.to) return [];
  const severity = isEnd ? 'warning' : 'error';
  return [{ ...wrong('outside-encounter', element), severity, why: 'is after its encounter' }];
}
