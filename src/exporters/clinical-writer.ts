import type { Directory } from '../core/events/directory.js';
import type { PatientRecord } from '../core/events/patient-record.js';

/** What every clinical format says of the release it is part of. Nothing in it changes from one run to the next. */
export interface ReleaseFacts {
  readonly releaseId: string;
  readonly title: string;
  readonly tier: 'STRUCTURAL' | 'LOW' | 'HIGH';
  readonly generator: { readonly name: string; readonly version: string };
  /** What ids are made from, so that those of two releases do not agree. */
  readonly salt: string;
  /** The day the release is dated with (ms since 1970 in UTC); nothing in a record comes later. */
  readonly madeOn: number;
  readonly country: 'GB' | 'US';
}

/** Writes patient records in one format into a folder, one person at a time: memory is that of a person. */
export interface ClinicalWriter {
  /** Resolves when the next record may come. */
  write(record: PatientRecord): Promise<void>;
  /** Writes what is shared and closes every file. */
  finish(directory: Directory): Promise<WrittenClinicalFiles>;
  /** Closes and removes what was written: nothing half done stays. */
  abort(): Promise<void>;
}

export interface WrittenClinicalFiles {
  /** Paths within the folder, in the order of their names. */
  readonly files: readonly WrittenClinicalFile[];
}

export interface WrittenClinicalFile {
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: number;
  /** 64 lower-case hex digits. */
  readonly sha256: string;
  /** Rows or resources. */
  readonly count: number;
}
