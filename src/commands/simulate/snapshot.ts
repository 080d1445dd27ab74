import { readFile } from 'node:fs/promises';
import { msPerDay } from '../../core/time/units.js';
import type { PastLife } from '../../generators/trajectories/population/past-lives.js';
import { parseJson } from '../tables/run-on-file.js';
import { StartRefused } from '../start-refused.js';
import type { ModulesUsed } from './modules-hash.js';
import type { SimulationSettings } from './settings.js';

const version = 1;

/** A run that can be gone on with: how it was made, and which lives were kept; the lives themselves follow from that. */
interface Snapshot {
  readonly synthetic: true;
  readonly snapshot: typeof version;
  readonly modules: string;
  readonly chosenAt: number;
  readonly settings: Omit<SimulationSettings, 'past'>;
  readonly lives: readonly (readonly PastLife[])[];
}

export function snapshotText(
  settings: SimulationSettings,
  { sha256 }: ModulesUsed,
  lives: Snapshot['lives'],
): string {
  const { past, ...rest } = settings;
  const made: Snapshot = {
    ...{ synthetic: true, snapshot: version, modules: sha256 },
    ...{ chosenAt: past?.chosenAt ?? settings.end, settings: rest, lives },
  };
  return `${JSON.stringify(made)}\n`;
}

/** How the same people are followed on, and which modules that takes. */
interface Continued {
  readonly settings: SimulationSettings;
  readonly modules: string;
}

/**
 * The settings of a run that goes on from a snapshot for so many days.
 * @param different what may be said anew: folders, formats, how much is written
 * @throws {StartRefused} when the file is no snapshot
 */
export async function continueFrom(
  file: string,
  days: number,
  different: Partial<SimulationSettings>,
): Promise<Continued> {
  const json = parseJson(await readFile(file, 'utf8'), file);
  if (!isSnapshot(json))
    throw new StartRefused(`${file} is no snapshot of a simulation (version ${version}).`);
  const { settings, chosenAt, lives, modules } = json;
  const past = { chosenAt, until: settings.end, lives };
  return { modules, settings: { ...settings, ...different, end: settings.end + days * msPerDay, past } };
}

function isSnapshot(json: unknown): json is Snapshot {
  if (typeof json !== 'object' || json === null) return false;
  const { snapshot, settings, lives, modules } = json as Partial<Record<string, unknown>>;
  const isWhole = typeof settings === 'object' && settings !== null && typeof modules === 'string';
  if (snapshot !== version || !isWhole || !Array.isArray(lives)) return false;
  const { population } = settings as Partial<SimulationSettings>;
  return lives.length === population && lives.every((place) => Array.isArray(place));
}
