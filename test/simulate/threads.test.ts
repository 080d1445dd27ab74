import { execFile, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
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
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { coldModule } from '../../src/generators/trajectories/testing/a-population.js';
import { dist } from '../support/databases.js';

const cli = join(dist, 'src', 'cli.js');
const folder = mkdtempSync(join(tmpdir(), 'picketfence-threads-'));
const modules = join(folder, 'modules');
mkdirSync(modules);
writeFileSync(join(modules, 'cold.json'), JSON.stringify(coldModule));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Every format at once. */
const argumentsFor = (out: string, workers: number, population: number): string[] => [
  ...[cli, 'simulate', '-p', String(population), '-s', 'threads', '-r', '20260101', '-a', '0-9'],
  ...['--modules', modules, '--format', 'csv,ndjson,fhir,omop'],
  ...['--out', join(folder, out), '--workers', String(workers)],
];

function filesOf(out: string): string[] {
  return readdirSync(join(folder, out), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(join(folder, out), join(parentPath, name)))
    .sort();
}

function hashOf(out: string): string {
  const hash = createHash('sha256');
  for (const name of filesOf(out)) hash.update(name).update(readFileSync(join(folder, out, name)));
  return hash.digest('hex');
}

describe('simulate, as a program', () => {
  it('writes the same bytes with 1, 2 and 4 threads', async () => {
    for (const workers of [1, 2, 4])
      await promisify(execFile)(process.execPath, argumentsFor(`by-${workers}`, workers, 24));
    expect(filesOf('by-1')).toContain('omop/PERSON.csv');
    expect(hashOf('by-2')).toBe(hashOf('by-1'));
    expect(hashOf('by-4')).toBe(hashOf('by-1'));
  }, 180_000);

  it('leaves nothing half written when it is stopped', async () => {
    const running = spawn(process.execPath, argumentsFor('stopped', 2, 1_000_000));
    const partial = join(folder, 'stopped.partial', 'patients-synthetic.csv');
    while (!existsSync(partial) || readFileSync(partial, 'utf8').split('\n').length < 10)
      await new Promise((next) => setTimeout(next, 50));
    running.kill('SIGINT');
    const code = await new Promise((ended) => running.once('exit', ended));
    expect(code).toBe(130);
    for (const path of ['stopped', 'stopped.partial']) expect(existsSync(join(folder, path))).toBe(false);
  });

  it('says in one sentence what is wrong in a thread', async () => {
    const run = promisify(execFile)(process.execPath, [...argumentsFor('wrong', 2, 40), '-m', 'nothing*']);
    await expect(run).rejects.toMatchObject({
      code: 2,
      stderr: 'picketfence: simulate: No module is called nothing*.\n',
    });
  });
});
