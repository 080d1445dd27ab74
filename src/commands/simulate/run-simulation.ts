import { disclaimer } from '../../exporters/package/disclaimer.js';
import { DirectoryBuilder } from '../../generators/trajectories/events/directory-builder.js';
import type { PastLife } from '../../generators/trajectories/population/past-lives.js';
import { StartRefused } from '../start-refused.js';
import { chunksOf } from './chunk-source.js';
import { loadLibrary } from './load-simulation.js';
import { modulesUsed, type ModulesUsed } from './modules-hash.js';
import { OutputFolder } from './output-folder.js';
import { releaseFacts } from './release-facts.js';
import type { SimulationSettings } from './settings.js';
import { openOutput, type SimulationOutput } from './simulation-output.js';

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
  /** The modules that it has to be made of, by their hash; left out where it does not matter. */
  readonly modules?: string;
}

/** What came of a run. */
interface SimulationResult extends SimulationCounts {
  readonly modules: ModulesUsed;
  /** The lives that were kept, by place. */
  readonly lives: readonly (readonly PastLife[])[];
}

/**
 * Writes a population to a folder, in one or several formats. The same settings give the same bytes, whatever the number of
 * threads; when it fails or is stopped, there is no folder.
 */
export async function runSimulation(
  settings: SimulationSettings,
  options: RunOptions,
): Promise<SimulationResult> {
  const folder = await OutputFolder.begin(options.out);
  const outputs: SimulationOutput[] = [];
  try {
    const modules = modulesUsed(await loadLibrary(settings));
    if (options.modules !== undefined && options.modules !== modules.sha256)
      throw new StartRefused(
        'The modules are not those of the snapshot: with them its past would be another.',
      );
    const facts = await releaseFacts(settings, modules);
    for (const format of settings.formats)
      outputs.push(await openOutput(format, folder, { facts, vocabulary: settings.vocabulary }));
    const { lives, ...counts } = await writeAll(settings, outputs, { ...options, country: facts.country });
    await folder.append('manifest.json', manifestText(settings, { ...counts, modules }));
    await folder.finish();
    return { ...counts, modules, lives };
  } catch (error) {
    for (const output of outputs) await output.abort();
    await folder.giveUp();
    throw error;
  }
}

async function writeAll(
  settings: SimulationSettings,
  outputs: readonly SimulationOutput[],
  { workers, signal, onProgress, country }: RunOptions & { readonly country: string },
): Promise<Omit<SimulationResult, 'modules'>> {
  const directory = new DirectoryBuilder(country);
  const lives: (readonly PastLife[])[] = [];
  let counts: SimulationCounts = { patients: 0, dead: 0, tries: 0 };
  for await (const result of chunksOf(settings, { workers, signal })) {
    for (const output of outputs) await output.write(result);
    directory.add(result.directory);
    for (const place of result.lives) lives.push(place);
    counts = {
      patients: counts.patients + result.patients,
      dead: counts.dead + result.dead,
      tries: counts.tries + result.tries,
    };
    onProgress(result.chunk.to, counts.patients);
  }
  signal.throwIfAborted();
  for (const output of outputs) await output.finish(directory.directory());
  signal.throwIfAborted();
  return { ...counts, lives };
}

function manifestText(
  settings: SimulationSettings,
  facts: SimulationCounts & { readonly modules: ModulesUsed },
): string {
  const { referenceDate, end, past, ...others } = settings;
  const day = (time: number): string => new Date(time).toISOString().slice(0, 10);
  const synthetic = { synthetic: true, label: 'SYNTHETIC', disclaimer, tier: 'STRUCTURAL' };
  const said = { ...others, referenceDate: day(referenceDate), end: day(end) };
  const followedFrom = past === null ? {} : { followedFrom: day(past.until) };
  return `${JSON.stringify({ ...synthetic, ...facts, settings: { ...said, ...followedFrom } }, null, 2)}\n`;
}
