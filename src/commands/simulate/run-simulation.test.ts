import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldModule } from '../../generators/trajectories/testing/a-population.js';
import { runSimulation, type SimulationCounts } from './run-simulation.js';
import { parseSettings } from './settings.js';

const folder = mkdtempSync(join(tmpdir(), 'picketfence-simulate-'));
const modules = join(folder, 'modules');
mkdirSync(modules);
writeFileSync(join(modules, 'cold.json'), JSON.stringify(coldModule));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const settingsWith = (different: Readonly<Record<string, unknown>>) =>
  parseSettings({
    ...{ population: '12', seed: '5', 'reference-date': '20260101', age: '1-9', modules: [modules] },
    ...different,
  });

function run(
  name: string,
  different: Readonly<Record<string, unknown>> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<SimulationCounts> {
  const out = join(folder, name);
  return runSimulation(settingsWith(different), { out, workers: 1, signal, onProgress: () => undefined });
}

const bytesOf = (name: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(join(folder, name)).map((file) => [file, readFileSync(join(folder, name, file), 'utf8')]),
  );

describe('a simulation', () => {
  it('writes the same bytes for the same seed, and others for another', async () => {
    await run('one');
    await run('two');
    await run('three', { seed: '6' });
    expect(bytesOf('two')).toEqual(bytesOf('one'));
    expect(bytesOf('three')['patients-synthetic.csv']).not.toBe(bytesOf('one')['patients-synthetic.csv']);
    expect(Object.keys(bytesOf('one'))).toHaveLength(19);
  });

  it('begins with the same patients when more are asked for', async () => {
    await run('few', { population: '9' });
    await run('more', { population: '15' });
    const [few, more] = ['few', 'more'].map((name) => bytesOf(name)['patients-synthetic.csv'] ?? '');
    expect(few!.split('\n').length).toBeGreaterThan(9);
    expect(more!.startsWith(few!)).toBe(true);
  });

  it('writes ndjson, one person a line', async () => {
    const { patients } = await run('lines', { format: 'ndjson', population: '5' });
    const lines = (bytesOf('lines')['persons-synthetic.ndjson'] ?? '').trimEnd().split('\n');
    expect(lines).toHaveLength(patients);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ synthetic: true });
  });

  it('makes exactly as many patients with a condition as were asked for, and counts its tries', async () => {
    const counts = await run('cohort', { having: ['82272006'], population: '6', tries: '200' });
    expect(counts.patients).toBe(6);
    expect(counts.tries).toBeGreaterThan(6);
    expect(
      new Set(
        (bytesOf('cohort')['conditions-synthetic.csv'] ?? '')
          .split('\n')
          .slice(1, -1)
          .map((line) => line.split(',')[2]),
      ).size,
    ).toBe(6);
    await expect(run('unknown', { having: ['1'] })).rejects.toThrow('ever records the code 1');
  });

  it('leaves nothing when it is stopped or fails, and takes no folder that is there', async () => {
    const stop = new AbortController();
    stop.abort(new Error('stopped'));
    await expect(run('stopped', {}, stop.signal)).rejects.toThrow('stopped');
    await expect(run('failed', { module: ['nothing*'] })).rejects.toThrow('No module is called nothing*.');
    await expect(run('spent', { having: ['82272006'], age: '0-0', tries: '1' })).rejects.toThrow(
      'None of the 1 lives',
    );
    for (const name of ['stopped', 'failed', 'spent'])
      for (const path of [name, `${name}.partial`]) expect(existsSync(join(folder, path))).toBe(false);
    await run('there');
    await expect(run('there')).rejects.toThrow('is there already');
  });
});
