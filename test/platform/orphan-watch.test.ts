import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { exitWhenOrphaned } from '../../src/modules/platform/process/orphan-watch.js';
import { isProcessAlive } from '../../src/modules/platform/postgres/process-facts.js';

const watched = path.resolve('test/support/postgres/hold-orphan-watch.mjs');

describe('the orphan watch', () => {
  it('ends a process whose parent was killed', async () => {
    const source = `require('node:child_process').spawn(process.execPath, [${JSON.stringify(watched)}], { stdio: 'inherit' })`;
    const parent = spawn(process.execPath, ['-e', source], { stdio: ['ignore', 'pipe', 'inherit'] });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    expect(isProcessAlive(pid)).toBe(true);

    parent.kill('SIGKILL');
    await waitUntil(() => !isProcessAlive(pid));
  });

  it('calls once when the parent is not the one it should be', async () => {
    let calls = 0;
    const watch = exitWhenOrphaned(() => (calls += 1), process.ppid + 1);
    await waitUntil(() => calls > 0);
    await new Promise((resolve) => setTimeout(resolve, 700));
    watch.stop();
    expect(calls).toBe(1);
  });

  it('stays quiet while the parent lives, and after it is stopped', async () => {
    let calls = 0;
    const quiet = exitWhenOrphaned(() => (calls += 1));
    exitWhenOrphaned(() => (calls += 1), process.ppid + 1).stop();
    await new Promise((resolve) => setTimeout(resolve, 700));
    quiet.stop();
    expect(calls).toBe(0);
  });
});

async function waitUntil(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 20));
}
