import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { aDirectory } from '../../../core/events/testing/a-record.js';
import type { Directory } from '../../../core/events/directory.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { readCsvRecords } from '../../../core/files/read-csv-records.js';
import { readCdm } from '../../../core/omop/cdm.js';
import type { Cdm } from '../../../core/omop/cdm.js';
import type { ReleaseFacts, WrittenClinicalFiles } from '../../clinical-writer.js';
import { openVocabulary } from '../vocabulary/open-vocabulary.js';
import type { Vocabulary } from '../vocabulary/vocabulary.js';
import { openOmopWriter } from '../writer/omop-writer.js';

export const someFacts: ReleaseFacts = {
  ...{ releaseId: 'r1', title: 'Example', tier: 'STRUCTURAL', salt: 'salt', country: 'GB' },
  ...{ generator: { name: 'simulator', version: '1' }, madeOn: Date.UTC(2026, 0, 31) },
};

export async function theCdm(): Promise<Cdm> {
  const file = (level: string): Promise<string> =>
    readFile(`content/omop/cdm/OMOP_CDMv5.4_${level}_Level.csv`, 'utf8');
  return readCdm({ tables: await file('Table'), fields: await file('Field') });
}

export async function aFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'omop-test-'));
}

/** The shipped vocabulary, or one of another folder. */
export async function aVocabulary(cdm: Cdm, folder?: string): Promise<Vocabulary> {
  return openVocabulary({
    ...{ cdm, shippedFolder: join(process.cwd(), 'content/omop/vocabulary'), workFolder: tmpdir() },
    ...(folder === undefined ? {} : { folder }),
  });
}

export interface OmopFolder {
  readonly folder: string;
  readonly written: WrittenClinicalFiles;
  /** The rows of a table, by the names of its fields. */
  rows(table: string): Promise<Readonly<Record<string, string>>[]>;
  text(name: string): Promise<string>;
  remove(): Promise<void>;
}

interface OmopFolderOptions {
  readonly directory?: Directory;
  readonly facts?: Partial<ReleaseFacts>;
  readonly parquet?: boolean;
  /** A folder of vocabulary files. */
  readonly vocabulary?: string;
  /** An empty folder to write into. */
  readonly folder?: string;
}

/** Writes records as OMOP into a folder of its own. */
export async function anOmopFolder(
  records: Iterable<PatientRecord>,
  options: OmopFolderOptions = {},
): Promise<OmopFolder> {
  const cdm = await theCdm();
  const folder = options.folder ?? (await aFolder());
  const vocabulary = await aVocabulary(cdm, options.vocabulary);
  try {
    const facts = { ...someFacts, ...options.facts };
    const writer = await openOmopWriter({
      cdm,
      vocabulary,
      facts,
      folder,
      parquet: options.parquet ?? false,
    });
    for (const record of records) await writer.write(record);
    const written = await writer.finish(options.directory ?? aDirectory);
    const text = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
    return {
      ...{ folder, written, text },
      rows: async (table) => readCsvRecords(await text(`${table.toUpperCase()}.csv`)),
      remove: () => rm(folder, { recursive: true, force: true }),
    };
  } finally {
    vocabulary.close();
  }
}
