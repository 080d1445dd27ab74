import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import { readRecords, type OmopRecords } from '../../core/omop/reader/read-records.js';
import type { ClinicalFormat } from '../../exporters/clinical-registry.js';
import type { ClinicalWriter, ReleaseFacts } from '../../exporters/clinical-writer.js';
import { vocabularySelect } from '../../exporters/omop/vocabulary/vocabulary-files.js';
import { disclaimer } from '../../exporters/package/disclaimer.js';
import type { DatasetFile } from '../../generators/relational/dataset-file.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { refuseLater, thisProgram } from '../map/clinical-facts.js';
import type { ClinicalAnswers } from '../map/map-request.js';
import { OutputFolder } from '../simulate/output-folder.js';
import { StartRefused } from '../start-refused.js';
import { loadCdm } from './omop-content.js';
import { withOmopFolder, type OpenOmop } from './open-source.js';

export interface SampledRecords extends ClinicalAnswers {
  readonly formats: readonly ClinicalFormat[];
  /** A folder that is not there yet. */
  readonly out: string;
  readonly subjects: number;
  readonly seed: string;
}

/**
 * Synthetic rows of a model of OMOP tables as patient records, written in clinical formats: a folder each. Everything appears at once,
 * or nothing does.
 * @param writeTables writes what the model makes as one CSV file a table into a folder that is not there yet
 * @throws {StartRefused} when the model is not of OMOP tables, or the day of the release is before what it made
 */
export async function sampleRecords(
  { model, about }: DatasetFile,
  order: SampledRecords,
  writeTables: (folder: string) => Promise<unknown>,
  signal: AbortSignal,
): Promise<OmopRecords> {
  if (!model.tables.some(({ name }) => name === 'person'))
    throw new StartRefused('Only what was learned of OMOP tables becomes patient records.');
  const { subjects, seed, country, madeOn } = order;
  const made = { model: about.sourceHash, subjects, seed };
  const salt = sha256Hex(canonicalJson(made));
  const facts: ReleaseFacts = {
    ...{ releaseId: `sample-${salt.slice(0, 16)}`, title: 'Synthetic records of an OMOP extract' },
    ...{ tier: 'HIGH', generator: await thisProgram(), salt, madeOn, country },
  };
  const folder = await OutputFolder.begin(order.out);
  const scratch = await mkdtemp(join(tmpdir(), 'picketfence-records-'));
  try {
    const tables = join(scratch, 'tables');
    await writeTables(tables);
    await nameAsOmopDoes(tables);
    const reading = await withOmopFolder(
      tables,
      signal,
      async (open) => {
        const records = await readMade(open, order.vocabulary);
        await writeAll(records, { facts, folder, scratch, signal }, order);
        return records;
      },
      [vocabularyFolder(order.vocabulary)],
    );
    refuseLost(reading);
    const synthetic = { synthetic: true, label: 'SYNTHETIC', disclaimer, tier: facts.tier };
    const manifest = { ...synthetic, title: facts.title, ...made, rows: reading.rowsRead() };
    await folder.append('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    signal.throwIfAborted();
    await folder.finish();
    return reading;
  } catch (error) {
    await folder.giveUp();
    throw error;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Persons without anything of theirs are not what was asked for. @throws {StartRefused} */
function refuseLost(reading: OmopRecords): void {
  const ofEvents = reading
    .rowsRead()
    .filter(({ table }) => !['person', 'observation_period'].includes(table));
  if (ofEvents.length === 0 || ofEvents.some(({ carried }) => carried > 0)) return;
  throw new StartRefused(
    'Nothing that the model makes of visits and events has a date, so that no record can be made of it.',
  );
}

/** `person-synthetic.csv` is for people; readers of OMOP go by `person.csv`. */
async function nameAsOmopDoes(folder: string): Promise<void> {
  for (const name of await readdir(folder))
    await rename(join(folder, name), join(folder, name.replace(/-synthetic(?=\.csv$)/, '')));
}

const vocabularyFolder = (configured: string | null): string =>
  configured ?? join(packageRoot(), 'content', 'omop', 'vocabulary');

/** Concepts become codes by the vocabulary that the records are written with: what was made has none of its own. */
async function readMade({ db, source }: OpenOmop, configured: string | null): Promise<OmopRecords> {
  const table = (await loadCdm()).get('concept');
  const select = table && (await vocabularySelect(vocabularyFolder(configured), table));
  if (select) await db.query(`CREATE OR REPLACE VIEW concept AS ${select}`);
  return readRecords(db, source);
}

interface Place {
  readonly facts: ReleaseFacts;
  readonly folder: OutputFolder;
  readonly scratch: string;
  readonly signal: AbortSignal;
}

/** One reading feeds every format. */
async function writeAll(
  reading: OmopRecords,
  { facts, folder, scratch, signal }: Place,
  { formats, vocabulary, madeOn }: SampledRecords,
): Promise<void> {
  const writers: ClinicalWriter[] = [];
  try {
    for (const format of formats)
      writers.push(
        await format.open({
          ...{ folder: await folder.subfolder(format.name), facts, vocabulary },
          ...{ content: join(packageRoot(), 'content'), workFolder: scratch, withAddition: false },
        }),
      );
    const each = async (work: (writer: ClinicalWriter) => Promise<unknown>): Promise<void> => {
      for (const writer of writers) await work(writer);
    };
    for await (const record of reading.records) {
      signal.throwIfAborted();
      refuseLater(record, madeOn);
      await each((writer) => writer.write(record));
    }
    await each((writer) => writer.finish(reading.directory()));
  } catch (error) {
    for (const writer of writers) await writer.abort();
    throw error;
  }
}
