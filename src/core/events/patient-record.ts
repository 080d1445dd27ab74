import type { Directory } from './directory.js';
import type { Encounter } from './encounter.js';
import type { PatientEvent } from './patient-event.js';
import type { Person } from './person.js';

/**
 * What is known of one person: the canonical form that simulators and mapped tables give and that OMOP and FHIR are
 * written from. It knows neither of the two.
 */
export interface PatientRecord {
  readonly person: Person;
  /** In the order of their starts. */
  readonly encounters: readonly Encounter[];
  /** In the order of their starts. */
  readonly events: readonly PatientEvent[];
}

/** The records of a release, one person at a time. */
export interface RecordSource {
  readonly records: AsyncIterable<PatientRecord>;
  /** Everything that the records refer to. @throws {Error} before the records were read to their end */
  directory(): Directory;
}
