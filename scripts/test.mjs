import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ensure } from './ensure.mjs';
import { root, runNode, scriptOf } from './run-program.mjs';

await ensure();
const folder = mkdtempSync(path.join(os.tmpdir(), 'picketfence-test-'));
const summaryFile = path.join(folder, 'summary.json');
const code = await runNode(
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    scriptOf('jest'),
    ...process.argv.slice(2), // First, as --reporters takes every name that follows.
    '--reporters=default',
    `--reporters=${path.join(root, 'test', 'support', 'plain-summary-reporter.mjs')}`,
  ],
  { env: { ...process.env, TEST_SUMMARY_FILE: summaryFile } },
);
const counts = existsSync(summaryFile) ? JSON.parse(readFileSync(summaryFile, 'utf8')) : undefined;
rmSync(folder, { recursive: true, force: true });
const { passed, failed, skipped } = counts ?? { passed: 0, failed: 0, skipped: 0 };
// A run that failed without a failed test (no tests found, a broken setup) must not look like a good one.
if (counts || code !== 0) {
  console.log(`${passed} passed, ${code === 0 ? failed : Math.max(failed, 1)} failed, ${skipped} skipped`);
}
process.exitCode = code;
