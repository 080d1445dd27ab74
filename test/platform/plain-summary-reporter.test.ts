import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const reporter = path.resolve('test/support/plain-summary-reporter.mjs');
const jestScript = path.resolve('node_modules/jest/bin/jest.js');

/** Runs Jest on test files of its own and answers everything it printed, as a terminal shows it. */
function runJest(testFiles: Readonly<Record<string, string>>): { lastLine: string; status: number | null } {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'picketfence-reporter-'));
  try {
    writeFileSync(path.join(folder, 'package.json'), '{}');
    for (const [name, source] of Object.entries(testFiles)) writeFileSync(path.join(folder, name), source);
    const { stdout, stderr, status } = spawnSync(
      'sh',
      [
        '-c',
        '"$0" "$@" 2>&1',
        process.execPath,
        jestScript,
        '--reporters=default',
        `--reporters=${reporter}`,
      ],
      { cwd: folder, encoding: 'utf8', env: { PATH: process.env['PATH'], CI: '1' } },
    );
    return { lastLine: `${stdout}${stderr}`.trimEnd().split('\n').at(-1) ?? '', status };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('the plain summary', () => {
  it('is the last line of a good run, with todo counted as skipped', () => {
    const source = `it('a', () => {}); it('b', () => {}); it.skip('c', () => {}); it.todo('d');`;
    expect(runJest({ 'good.test.js': source })).toEqual({
      lastLine: '2 passed, 0 failed, 2 skipped',
      status: 0,
    });
  });

  it('counts failed tests, files that do not run, and clean-ups that fail', () => {
    const outcome = runJest({
      'fails.test.js': `it('a', () => {}); it('b', () => { throw new Error('no'); });`,
      'syntax.test.js': `it('a', () => {`,
      'missing.test.js': `require('./not-there'); it('a', () => {});`,
      'empty.test.js': ``,
      'clean-up.test.js': `afterAll(() => { throw new Error('no'); }); it('a', () => {});`,
    });
    expect(outcome).toEqual({ lastLine: '2 passed, 5 failed, 0 skipped', status: 1 });
  });
});
