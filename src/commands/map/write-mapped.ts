import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { ClinicalWriter } from '../../exporters/clinical-writer.js';
import type { MappingCoverage } from '../../exporters/mapping/coverage.js';
import type { MappedTables } from '../../exporters/mapping/map-tables.js';
import { disclaimer } from '../../exporters/package/disclaimer.js';
import { packageRoot } from '../../modules/platform/config/package-root.js';
import { OutputFolder } from '../simulate/output-folder.js';
import { refuseLater, thisProgram } from './clinical-facts.js';
import type { OutputRequest } from './map-request.js';

export interface MappedInput {
  readonly mapped: MappedTables;
  readonly title: string;
  /** SHA-256 of the mapping file and of the tables. */
  readonly mapping: string;
  readonly hashes: Readonly<Record<string, string>>;
}

/**
 * Writes the records in one format with coverage and manifest; the folder appears under its name only when everything is in
 * it. The same tables and mapping give the same bytes.
 */
export async function writeMapped(
  input: MappedInput,
  request: OutputRequest,
  signal: AbortSignal,
): Promise<MappingCoverage> {
  const folder = await OutputFolder.begin(request.out);
  try {
    const made = { mapping: input.mapping, tables: input.hashes };
    if (request.clinical)
      await writeClinical(input, request, { folder, signal, salt: sha256Hex(canonicalJson(made)) });
    else await writeLines(input.mapped, folder, signal);
    const coverage = input.mapped.coverage();
    const { persons, dead } = coverage;
    const synthetic = { synthetic: true, label: 'SYNTHETIC', disclaimer, tier: request.tier };
    const manifest = { ...synthetic, title: input.title, patients: persons, dead, ...made };
    await folder.append('coverage.json', `${JSON.stringify(coverage, null, 2)}\n`);
    await folder.append('manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);
    signal.throwIfAborted();
    await folder.finish();
    return coverage;
  } catch (error) {
    await folder.giveUp();
    throw error;
  }
}

async function writeLines(mapped: MappedTables, folder: OutputFolder, signal: AbortSignal): Promise<void> {
  for await (const record of mapped.records) {
    signal.throwIfAborted();
    await folder.append('persons-synthetic.ndjson', `${JSON.stringify(record)}\n`);
  }
}

interface Place {
  readonly folder: OutputFolder;
  readonly signal: AbortSignal;
  readonly salt: string;
}

async function writeClinical(
  { mapped, title }: MappedInput,
  { clinical, tier }: OutputRequest,
  { folder, signal, salt }: Place,
): Promise<void> {
  if (!clinical) return;
  const { format, country, madeOn, vocabulary } = clinical;
  const generator = await thisProgram();
  const facts = { releaseId: `mapping-${salt.slice(0, 16)}`, title, tier, generator, salt, madeOn, country };
  const workFolder = await mkdtemp(join(tmpdir(), 'picketfence-map-'));
  try {
    const content = join(packageRoot(), 'content');
    const writer = await format.open({
      folder: await folder.subfolder(format.name),
      facts,
      ...{ content, vocabulary, workFolder, withAddition: false },
    });
    await writeAll(writer, mapped, madeOn, signal);
  } finally {
    await rm(workFolder, { recursive: true, force: true });
  }
}

async function writeAll(
  writer: ClinicalWriter,
  mapped: MappedTables,
  madeOn: number,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const record of mapped.records) {
      signal.throwIfAborted();
      refuseLater(record, madeOn);
      await writer.write(record);
    }
    await writer.finish(mapped.directory());
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
