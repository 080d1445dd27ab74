import type { PatientRecord } from '../../core/events/patient-record.js';
import type { FormatReaders } from './format-findings.js';
import type { CheckRun, PackageUnderCheck } from '../evaluation-context.js';

/** Everything a check of simulated records may look at. */
export interface RecordContext extends CheckRun {
  readonly personsRequested: number;
  readonly package: PackageUnderCheck;
  /** The records as they lie in the package, from the first one on. */
  readonly records: () => AsyncIterable<PatientRecord>;
  readonly formats: FormatReaders;
}
