import { availableParallelism, cpus } from 'node:os';
import { checkScene, scenes } from './privacy-scenes.js';

// node dist/bench/attacks.js [seeds of clean scenes] [seeds of leaks] [rows]: what the privacy checks of HIGH find.

const [cleanSeeds = 40, leakSeeds = 5, rows = 400] = process.argv.slice(2).map(Number);
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(`${rows} people learned from, ${rows} held out, ${rows} synthetic rows`);
console.log(
  'scene                          seeds  passed  review  failed    s/seed  checks that did not pass',
);
let [alarms, clean] = [0, 0];
for (const scene of scenes) {
  const seeds = scene.kind === 'clean' ? cleanSeeds : leakSeeds;
  const outcomes = { pass: 0, review: 0, fail: 0 };
  const found = new Map<string, number>();
  const start = performance.now();
  for (let seed = 0; seed < seeds; seed++) {
    const checks = await checkScene(scene, `${seed}`, rows);
    const notPassed = checks.filter(({ status }) => status !== 'pass');
    for (const { name } of notPassed) found.set(name, (found.get(name) ?? 0) + 1);
    outcomes[
      notPassed.some(({ status }) => status === 'fail') ? 'fail' : notPassed.length > 0 ? 'review' : 'pass'
    ]++;
  }
  const seconds = (performance.now() - start) / 1000 / seeds;
  const { pass, review, fail } = outcomes;
  const columns = [seeds, pass, review, fail].map((count) => String(count).padStart(7)).join(' ');
  const names = [...found].sort((a, b) => b[1] - a[1]).map(([name, count]) => `${name} ${count}`);
  console.log(`${scene.name.padEnd(28)} ${columns} ${seconds.toFixed(1).padStart(9)}  ${names.join(', ')}`);
  if (scene.kind === 'clean') [alarms, clean] = [alarms + seeds - pass, clean + seeds];
}
console.log(
  `False alarms: ${alarms} of ${clean} clean candidates (${((100 * alarms) / clean).toFixed(1)} %).`,
);
