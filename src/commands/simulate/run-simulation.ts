import { disclaimer } from '../../exporters/package/disclaimer.js';
import { CsvLines } from '../../generators/trajectories/output/csv-lines.js';
import { csvFileName, csvTableNames, csvTables } from '../../generators/trajectories/output/csv-tables.js';
import { Utilisations } from '../../generators/trajectories/output/organisations.js';
import { chunksOf } from './chunk-source.js';
import { OutputFolder } from './output-folder.js';
import type { SimulationSettings } from './settings.js';
import type { ChunkResult } from './simulate-chunk.js';

export interface SimulationCounts {
  readonly patients: number;
  readonly dead: number;
  /** Lives that were begun, those that were not wanted included. */
  readonly tries: number;
}

interface RunOptions {
  readonly out: string;
  readonly workers: number;
  readonly signal: AbortSignal;
  readonly onProgress: (places: number, patients: number) => void;
}

const personsFile = 'persons-synthetic.ndjson';

/**
 * Writes a population to a folder. The same settings give the same bytes, whatever the number of threads; when it
 * fails or is stopped, there is no folder.
 */
export async function runSimulation(
  settings: SimulationSettings,
  { out, workers, signal, onProgress }: RunOptions,
): Promise<SimulationCounts> {
  const folder = await OutputFolder.begin(out);
  try {
    const used = new Utilisations();
    if (settings.format === 'csv') await writeHeaders(folder);
    let counts: SimulationCounts = { patients: 0, dead: 0, tries: 0 };
    for await (const result of chunksOf(settings, { workers, signal })) {
      await writeChunk(folder, result);
      for (const { provider, encounters, procedures } of result.used)
        used.count(provider, { encounters, procedures });
      counts = {
        patients: counts.patients + result.patients,
        dead: counts.dead + result.dead,
        tries: counts.tries + result.tries,
      };
      onProgress(result.chunk.to, counts.patients);
    }
    signal.throwIfAborted();
    if (settings.format === 'csv') await writeOrganisations(folder, used);
    await folder.append('manifest.json', manifestText(settings, counts));
    await folder.finish();
    return counts;
  } catch (error) {
    await folder.giveUp();
    throw error;
  }
}

async function writeHeaders(folder: OutputFolder): Promise<void> {
  for (const table of csvTableNames) await folder.append(csvFileName(table), `${csvTables[table]}\n`);
}

async function writeChunk(folder: OutputFolder, { texts }: ChunkResult): Promise<void> {
  for (const [table, text] of texts)
    await folder.append(table === 'persons' ? personsFile : csvFileName(table), text);
}

async function writeOrganisations(folder: OutputFolder, used: Utilisations): Promise<void> {
  const lines = new CsvLines();
  used.writeTo(lines);
  for (const [table, text] of lines.texts()) await folder.append(csvFileName(table), text);
}

function manifestText(settings: SimulationSettings, counts: SimulationCounts): string {
  const { referenceDate, end, ...others } = settings;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const facts = { synthetic: true, label: 'SYNTHETIC', disclaimer, tier: 'STRUCTURAL' };
  return `${JSON.stringify({ ...facts, ...counts, settings: { ...others, referenceDate: day(referenceDate), end: day(end) } }, null, 2)}\n`;
}
