import { ensureDependencies } from './ensure.mjs';
import { runNode, scriptOf } from './run-program.mjs';

const steps = [
  ['prettier', 'prettier', '--check', '.'],
  ['eslint', 'eslint', '.'],
  ['typescript', 'tsc', '--noEmit'],
  ['dependency-cruiser', 'depcruise', 'src', 'test'],
  ['knip', 'knip'],
];

await ensureDependencies();
let firstFailure = 0;
for (const [packageName, command, ...args] of steps) {
  const shown = [command, ...args].join(' ');
  console.log(`\n> ${shown}`);
  const start = performance.now();
  const code = await runNode([scriptOf(packageName, command), ...args]);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${code === 0 ? 'ok' : `FAILED (${code})`}: ${shown}, ${seconds} s`);
  firstFailure ||= code;
}
process.exit(firstFailure);
