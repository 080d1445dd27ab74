import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Directory } from '../../../core/events/directory.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { aDirectory, aRecord } from '../../../core/events/testing/a-record.js';
import type { WrittenClinicalFile } from '../../clinical-writer.js';
import { fhirDefaults, type FhirOptions } from '../fhir-options.js';
import { FhirWriter } from '../fhir-writer.js';
import { readRelease, type WrittenRelease } from './read-release.js';
import { someFacts } from './some-facts.js';

export const both: FhirOptions = { ...fhirDefaults, shapes: ['ndjson', 'bundles'] };
const folders: string[] = [];

export async function aFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'fhir-writer-'));
  folders.push(folder);
  return folder;
}

/** Removes what the cases of a test wrote. */
export async function removeFolders(): Promise<void> {
  for (const folder of folders) await rm(folder, { recursive: true });
}

export interface Case {
  readonly records?: readonly PatientRecord[];
  readonly options?: FhirOptions;
  readonly facts?: typeof someFacts;
  readonly directory?: Directory;
}

export async function write(
  options: Case = {},
): Promise<{ folder: string; files: readonly WrittenClinicalFile[] }> {
  const folder = await aFolder();
  const writer = new FhirWriter(folder, options.facts ?? someFacts, options.options ?? both);
  for (const record of options.records ?? [aRecord(1), aRecord(2), aRecord(3)]) await writer.write(record);
  const { files } = await writer.finish(options.directory ?? aDirectory);
  return { folder, files };
}

export const released = async (options: Case = {}): Promise<WrittenRelease> => {
  const { folder, files } = await write(options);
  return readRelease(folder, files);
};
