import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { readFixedPeople } from '../../generators/trajectories/population/fixed-people.js';
import { textOf, parseJson, runOnFile } from '../tables/run-on-file.js';
import type { Command } from '../command.js';
import { StartRefused } from '../start-refused.js';
import { Progress } from './progress.js';
import { runSimulation } from './run-simulation.js';
import { parseBeside, parseSettings, simulateOptions, whole, type SimulationSettings } from './settings.js';
import { continueFrom, snapshotText } from './snapshot.js';

const workersMost = 256;

/** `picketfence simulate -p 1000 -s 12345 -r 20260101 --modules DIR --out DIR`: invented lives, of tier STRUCTURAL. */
export const simulateCommand = {
  name: 'simulate',
  summary:
    'make invented patients by GMF modules: -p 1000 -s SEED -r 20260101 --modules DIR --out DIR [-g F] [-a 60-65] [-m NAME*] [--having CODE] [-k KEEP.json] [-f PEOPLE.json] [--overrides FILE] [--fast-forward] [--save-snapshot FILE | --snapshot FILE --days 90] [--format csv,ndjson,fhir,omop] [--vocabulary DIR] [--config FILE]',
  options: simulateOptions,
  run: (context, typed) =>
    runOnFile(context, 'simulate', async (signal) => {
      const values = { ...(await configFile(textOf(typed['config']))), ...typed };
      const { settings, modules } = await settingsOf(values);
      const out = textOf(values['out']);
      if (out === undefined) throw new StartRefused('Say where to: --out DIR.');
      const snapshot = textOf(values['save-snapshot']);
      if (snapshot !== undefined && existsSync(snapshot))
        throw new StartRefused(`${snapshot} is there already; name another file with --save-snapshot.`);
      if (settings.modules.length === 0)
        throw new StartRefused('Say where the modules are: --modules DIR (more than one, later ones first).');
      const workers = textOf(values['workers']);
      const progress = new Progress(settings.population, process.stderr, () => performance.now());
      const begun = performance.now();
      const counts = await runSimulation(settings, {
        ...{ out, signal, ...(modules !== undefined && { modules }) },
        workers:
          workers === undefined
            ? Math.min(availableParallelism(), settings.population)
            : whole('workers', workers, 1, workersMost),
        onProgress: (places, patients) => {
          progress.tell(places, patients);
        },
      });
      if (snapshot !== undefined)
        await writeFile(snapshot, snapshotText(settings, counts.modules, counts.lives), { flag: 'wx' });
      const seconds = (performance.now() - begun) / 1000;
      context.print(
        `${out}: ${counts.patients} synthetic patients, ${counts.dead} of them dead, in ${seconds.toFixed(1)} s; ${counts.tries} lives were simulated.`,
      );
    }),
} as const satisfies Command;

/** What the run is; with a snapshot, also the modules that it takes. */
async function settingsOf(
  values: Readonly<Record<string, unknown>>,
): Promise<{ readonly settings: SimulationSettings; readonly modules?: string }> {
  const snapshot = textOf(values['snapshot']);
  if (snapshot === undefined) {
    if (values['days'] !== undefined) throw new StartRefused('--days goes on from a --snapshot.');
    const settings = parseSettings(values);
    if (settings.fixed === null) return { settings };
    const people = readFixedPeople(await readFile(settings.fixed, 'utf8'), settings.fixed).length;
    // The list says how many there are, unless fewer or more are asked for.
    return { settings: values['population'] === undefined ? { ...settings, population: people } : settings };
  }
  const { days, different } = parseBeside(values);
  return continueFrom(snapshot, days, different);
}

/** Options by their long names, as JSON. */
async function configFile(path: string | undefined): Promise<Readonly<Record<string, unknown>>> {
  if (path === undefined) return {};
  const value = parseJson(await readFile(path, 'utf8'), path);
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StartRefused(`${path} is not a JSON object.`);
  const unknown = Object.keys(value).filter((name) => !(name in simulateOptions));
  if (unknown.length > 0) throw new StartRefused(`${path}: there is no option "${unknown.join('", "')}".`);
  return Object.fromEntries(Object.entries(value));
}
