import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory } from '../../core/events/directory.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { clinicalFormats, type ClinicalFormat } from '../../exporters/clinical-registry.js';
import type { ClinicalWriter, ReleaseFacts } from '../../exporters/clinical-writer.js';
import { CsvLines } from '../../generators/trajectories/output/csv-lines.js';
import { csvFileName, csvTableNames, csvTables } from '../../generators/trajectories/output/csv-tables.js';
import { Utilisations } from '../../generators/trajectories/output/organisations.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import type { OutputFolder } from './output-folder.js';
import type { SimulationFormat } from './settings.js';
import type { ChunkResult } from './simulate-chunk.js';

/** One format of a run. */
export interface SimulationOutput {
  write(result: ChunkResult): Promise<void>;
  finish(directory: Directory): Promise<void>;
  /** Lets go of what it holds; what it wrote is removed with the folder. */
  abort(): Promise<void>;
}

/** What clinical formats say of the release, and the OMOP vocabulary that codes are looked up in. */
interface ClinicalContext {
  readonly facts: ReleaseFacts;
  readonly vocabulary: string | null;
}

export async function openOutput(
  format: SimulationFormat,
  folder: OutputFolder,
  context: ClinicalContext,
): Promise<SimulationOutput> {
  if (format === 'csv') return openCsv(folder);
  if (format === 'ndjson') return ndjson(folder);
  const clinical = clinicalFormats.find(({ name }) => name === format);
  if (clinical === undefined) throw new RangeError(`Nothing writes ${format}.`);
  return openClinical(clinical, await folder.subfolder(format), context);
}

async function openCsv(folder: OutputFolder): Promise<SimulationOutput> {
  const used = new Utilisations();
  for (const table of csvTableNames) await folder.append(csvFileName(table), `${csvTables[table]}\n`);
  return {
    write: async (result) => {
      for (const [table, text] of result.texts) await folder.append(csvFileName(table), text);
      for (const { provider, encounters, procedures } of result.used)
        used.count(provider, { encounters, procedures });
    },
    finish: async () => {
      const lines = new CsvLines();
      used.writeTo(lines);
      for (const [table, text] of lines.texts()) await folder.append(csvFileName(table), text);
    },
    abort: () => Promise.resolve(),
  };
}

function ndjson(folder: OutputFolder): SimulationOutput {
  return {
    write: ({ records }) =>
      folder.append('persons-synthetic.ndjson', records.map((line) => `${line}\n`).join('')),
    finish: (directory) =>
      folder.append(
        'directory-synthetic.json',
        `${JSON.stringify({ synthetic: true, ...directory }, null, 2)}\n`,
      ),
    abort: () => Promise.resolve(),
  };
}

async function openClinical(
  format: ClinicalFormat,
  folder: string,
  context: ClinicalContext,
): Promise<SimulationOutput> {
  const workFolder = await mkdtemp(join(tmpdir(), 'picketfence-simulate-'));
  const tidy = (): Promise<void> => rm(workFolder, { recursive: true, force: true });
  const content = join(packageRoot(), 'content');
  let writer: ClinicalWriter;
  try {
    writer = await format.open({ ...context, folder, content, workFolder, withAddition: false });
  } catch (error) {
    await tidy();
    throw error;
  }
  return {
    write: async ({ records }) => {
      for (const line of records) await writer.write(JSON.parse(line) as PatientRecord);
    },
    finish: async (directory) => {
      await writer.finish(directory);
      await tidy();
    },
    abort: () => writer.abort().finally(tidy),
  };
}
