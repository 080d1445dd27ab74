import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { SupervisedProcess } from '../../src/commands/supervised-process.js';
import { isProcessAlive } from '../../src/modules/platform/postgres/process-facts.js';

let folder: string;
let complaints: string[];
let reasons: string[];

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'picketfence-supervised-'));
  complaints = [];
  reasons = [];
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

function supervise(source: string): SupervisedProcess {
  const script = path.join(folder, 'process.cjs');
  writeFileSync(script, source);
  return new SupervisedProcess({
    name: 'worker',
    script,
    environment: { STARTS: path.join(folder, 'starts') },
    stopMsMax: 1000,
    complain: (line) => complaints.push(line),
    giveUp: (reason) => reasons.push(reason),
  });
}

const noteStart = `require('node:fs').appendFileSync(process.env.STARTS, process.pid + '\\n');`;
const staysUp = `${noteStart} setInterval(() => {}, 1000);`;

function starts(): number[] {
  try {
    return readFileSync(path.join(folder, 'starts'), 'utf8').trim().split('\n').map(Number);
  } catch {
    return [];
  }
}

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}

describe('a supervised process', () => {
  it('is started again after a kill -9, and stays away after a stop', async () => {
    const one = supervise(staysUp);
    one.start();
    await waitUntil(() => starts().length === 1);
    process.kill(starts()[0]!, 'SIGKILL');
    await waitUntil(() => starts().length === 2);
    expect(complaints).toEqual(['The worker ended unexpectedly (SIGKILL) and is started again.']);

    await one.stop();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(starts().map(isProcessAlive)).toEqual([false, false]);
    expect(reasons).toEqual([]);
  });

  it('is given up when it dies six times within a minute', async () => {
    const one = supervise(`${noteStart} process.exit(3);`);
    one.start();
    await waitUntil(() => reasons.length > 0);
    expect(reasons).toEqual(['The worker ended 6 times within a minute (last: exit code 3); giving up.']);
    expect(starts()).toHaveLength(6);
    await one.stop();
  });

  it('is killed when it does not heed the request to stop', async () => {
    const one = supervise(`process.on('SIGTERM', () => {}); ${staysUp}`);
    one.start();
    await waitUntil(() => starts().length === 1);
    await one.stop();
    expect(isProcessAlive(starts()[0]!)).toBe(false);
    expect(complaints[0]).toMatch(/did not stop within 1 seconds and is killed/);
  });
});
