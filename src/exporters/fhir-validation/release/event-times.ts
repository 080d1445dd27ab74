import { isFields, type Fields } from '../compile/run.js';
import { isDateTime, spanOf } from '../primitives/date-text.js';

/** Where a type says whom it is about, when, and in which encounter. */
interface EventForm {
  readonly subject: 'subject' | 'patient';
  readonly encounter?: 'encounter' | 'context';
  /** Elements (dates or periods) that lie within the life of the subject. */
  readonly inLife: readonly string[];
  /** Those that lie within the encounter as well. */
  readonly inEncounter: readonly string[];
}

const effective = ['effectiveDateTime', 'effectivePeriod', 'effectiveInstant'];
const performed = ['performedDateTime', 'performedPeriod'];
const about = (
  encounter: EventForm['encounter'],
  inEncounter: readonly string[],
  more: readonly string[] = [],
): EventForm => ({
  subject: 'subject',
  ...(encounter === undefined ? {} : { encounter }),
  inLife: [...inEncounter, ...more],
  inEncounter,
});

/**
 * Types whose times are held to the life of their subject. What is recorded of the past lies before its encounter, and what
 * lasts goes on after it, so onset, abatement and the periods of plans are held to the life only.
 */
export const eventForms: Readonly<Record<string, EventForm>> = {
  Encounter: about(undefined, [], ['period']),
  Observation: about('encounter', effective),
  DiagnosticReport: about('encounter', effective),
  Procedure: about('encounter', performed),
  MedicationRequest: about('encounter', ['authoredOn']),
  ServiceRequest: about('encounter', ['authoredOn']),
  MedicationAdministration: about('context', effective),
  MedicationStatement: about(undefined, [], effective),
  MedicationDispense: about(undefined, [], ['whenPrepared', 'whenHandedOver']),
  ImagingStudy: about('encounter', ['started']),
  Condition: about(
    'encounter',
    ['recordedDate'],
    ['onsetDateTime', 'onsetPeriod', 'abatementDateTime', 'abatementPeriod'],
  ),
  CarePlan: about(undefined, [], ['period']),
  DocumentReference: about(undefined, [], ['date']),
  DeviceUseStatement: about(undefined, [], ['timingDateTime', 'timingPeriod']),
  Immunization: { ...about('encounter', ['occurrenceDateTime']), subject: 'patient' },
  AllergyIntolerance: { ...about('encounter', ['recordedDate'], ['onsetDateTime']), subject: 'patient' },
  EpisodeOfCare: { ...about(undefined, [], ['period']), subject: 'patient' },
};

/** Milliseconds since 1970: from the first to just before the last. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A time of a resource, with the element that says it. */
export interface EventTime {
  readonly element: string;
  /** The end of a period may be later than its encounter. */
  readonly isEnd: boolean;
  readonly span: Span;
}

/** The times that these elements say; what is no date is left to the check of the resource itself. */
export function timesOf(resource: Fields, elements: readonly string[]): EventTime[] {
  return elements.flatMap((element) => {
    const value = resource[element];
    if (!isFields(value)) return timeAt(value, element, false);
    return [
      ...timeAt(value['start'], `${element}.start`, false),
      ...timeAt(value['end'], `${element}.end`, true),
    ];
  });
}

function timeAt(text: unknown, element: string, isEnd: boolean): EventTime[] {
  if (typeof text !== 'string' || !isDateTime(text)) return [];
  return [{ element, isEnd, span: spanOf(text) }];
}
