import { createReadStream } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import type { PatientRecord, RecordSource } from '../../core/events/patient-record.js';
import type { AskedFormat } from '../clinical-registry.js';
import type { ClinicalWriter, ReleaseFacts } from '../clinical-writer.js';
import { fhirFileName } from './fhir-file-name.js';
import { finishPackage, type PackageDescription, type WrittenPackage } from './finish-package.js';
import type { ManifestFile } from './manifest.js';
import type { PackageSink } from './package-sink.js';
import { recordReadmeText } from './record-readme.js';
import { slugOf } from './slug.js';
import { zipFolder } from './zip-folder.js';

export interface RecordPackage {
  readonly source: RecordSource;
  /** What the records are written in, beside the records themselves. */
  readonly formats: readonly AskedFormat[];
  readonly description: PackageDescription;
  readonly facts: ReleaseFacts;
  /** The folder `content` of the program. */
  readonly content: string;
  /** A folder with an OMOP vocabulary; null: the shipped subset. */
  readonly vocabulary: string | null;
  /** An empty folder to work in; its owner removes it. */
  readonly scratch: string;
}

interface OpenFormat {
  readonly name: string;
  readonly folder: string;
  readonly writer: ClinicalWriter;
}

const fhirLines = 'application/fhir+ndjson';

/**
 * Writes simulated records: `<title>-synthetic-records.ndjson`, which the checks read; from the same records in the same run a
 * file for each type of FHIR and an archive of its transactions, or one archive with the tables of OMOP; README.md and, last,
 * manifest.json.
 * @throws what the source throws; nothing is in the sink then but files that no manifest names
 */
export async function writeRecordPackage(asked: RecordPackage, sink: PackageSink): Promise<WrittenPackage> {
  const { source, description, scratch } = asked;
  const base = `${slugOf(description.title)}-synthetic`;
  const recordsFile = join(scratch, 'records.ndjson');
  const open = await openFormats(asked);
  const persons = await writeAll(
    source,
    recordsFile,
    open.map(({ writer }) => writer),
  );
  const directory = source.directory();
  const files: ManifestFile[] = [];
  const keep = async (
    name: string,
    mediaType: string,
    bytes: AsyncIterable<Uint8Array>,
    rows?: number,
  ): Promise<void> => {
    const { bytes: size, sha256 } = await sink.writeFile(name, bytes);
    files.push({
      ...{ name, role: 'data', mediaType, bytes: size, sha256 },
      ...(rows === undefined ? {} : { rows }),
      ...(files.length === 0 ? { checked: true } : {}),
    });
  };
  await keep(`${base}-records.ndjson`, 'application/x-ndjson', createReadStream(recordsFile), persons);
  for (const { name, folder, writer } of open) {
    const { files: written } = await writer.finish(directory);
    if (name === 'omop') await keep(`${base}-omop-5.4.zip`, 'application/zip', await zipFolder(folder));
    else {
      for (const file of written.filter(({ mediaType }) => mediaType === fhirLines))
        await keep(
          fhirFileName(base, file.name),
          fhirLines,
          createReadStream(join(folder, file.name)),
          file.count,
        );
      if (written.some((file) => file.name.startsWith('bundles/')))
        await keep(`${base}-fhir-bundles.zip`, 'application/zip', await zipFolder(folder, 'bundles'));
    }
  }
  return finishPackage({ ...description, rows: persons, cellsMadeSafe: 0, files }, recordReadmeText, sink);
}

/** Each in a folder of its own. */
async function openFormats({
  formats,
  facts,
  content,
  vocabulary,
  scratch,
}: RecordPackage): Promise<OpenFormat[]> {
  const open: OpenFormat[] = [];
  for (const { format, withAddition } of formats) {
    const { name } = format;
    const folders = { folder: join(scratch, name), workFolder: join(scratch, `${name}-work`) };
    for (const folder of Object.values(folders)) await mkdir(folder);
    open.push({
      name,
      folder: folders.folder,
      writer: await format.open({ ...folders, facts, content, vocabulary, withAddition }),
    });
  }
  return open;
}

/** One person at a time goes to everybody. @returns persons */
async function writeAll(
  { records }: RecordSource,
  recordsFile: string,
  writers: readonly ClinicalWriter[],
): Promise<number> {
  const file = await open(recordsFile, 'wx');
  let persons = 0;
  try {
    for await (const record of records) {
      await file.appendFile(lineOf(record));
      for (const writer of writers) await writer.write(record);
      persons += 1;
    }
    return persons;
  } catch (error) {
    for (const writer of writers) await writer.abort();
    throw error;
  } finally {
    await file.close();
  }
}

function lineOf(record: PatientRecord): string {
  return `${JSON.stringify({ synthetic: true, ...record })}\n`;
}
