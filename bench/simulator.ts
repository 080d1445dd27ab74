import { availableParallelism, cpus, loadavg } from 'node:os';
import { Random } from '../src/core/random/random.js';
import { compileModules } from '../src/generators/trajectories/compile/compile-modules.js';
import { readLibrary } from '../src/generators/trajectories/library/read-library.js';
import type { PersonInput } from '../src/generators/trajectories/person/person.js';
import { RecordBuffers } from '../src/generators/trajectories/record/record-buffers.js';
import { simulatePerson } from '../src/generators/trajectories/simulate-person.js';
import { standInLifecycle } from '../src/generators/trajectories/testing/stand-in-lifecycle.js';

// node dist/bench/simulator.js MODULES [persons] [exact|fast-forward]: lives of ages 0 to 89 over all modules, on one core. Processor time tells more
// than the clock where others use the machine.

const [folder, count = '1000', how = 'exact'] = process.argv.slice(2);
if (folder === undefined)
  throw new Error(
    'Say which folder of modules: npm run bench:simulator -- MODULES [persons] [exact|fast-forward].',
  );
const persons = Number(count);
const end = Date.UTC(2026, 0, 1);
const year = 365.25 * 86_400_000;

function inputOf(index: number): PersonInput {
  const attributes = {
    ...{ race: 'white', ethnicity: 'nonhispanic', state: 'Massachusetts', socioeconomic_category: 'Middle' },
  };
  const years = ((index * 37) % 90) + 0.5;
  return { index, birth: end - Math.floor(years * year), sex: index % 2 === 0 ? 'F' : 'M', attributes };
}

const cpuSeconds = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1e6;
};

const library = await readLibrary(folder);
const beforeCompiling = process.cpuUsage();
const compiled = compileModules({
  library,
  natives: [standInLifecycle],
  leaveOutBroken: true,
  isFastForward: how === 'fast-forward',
});
const compileSeconds = cpuSeconds(beforeCompiling);
const options = { random: Random.fromSeed('bench'), end, buffers: new RecordBuffers() };
const times = new Float64Array(compiled.units.length);
for (let index = 0; index < persons / 10; index += 1) simulatePerson(compiled, inputOf(index), options);
let transitions = 0;
let lived = 0;
const begun = performance.now();
const before = process.cpuUsage();
for (let index = 0; index < persons; index += 1) {
  const life = simulatePerson(compiled, inputOf(index), options);
  transitions += life.transitions;
  lived += (Math.min(life.person.death, end) - life.person.birth) / year;
}
const cpu = cpuSeconds(before);
const wall = (performance.now() - begun) / 1000;
for (let index = 0; index < persons / 10; index += 1)
  simulatePerson(compiled, inputOf(index), { ...options, times });
const load = loadavg()[0]?.toFixed(1) ?? '?';
console.log(
  `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, load ${load}, Node ${process.version}`,
);
console.log(`${compiled.units.length} units, compiled in ${compileSeconds.toFixed(2)} s of processor time`);
console.log(
  `${how}: ${persons} lives, ${lived.toFixed(0)} years, ${(transitions / lived).toFixed(0)} transitions a year`,
);
console.log(
  `persons/s      ${(persons / cpu).toFixed(1)} by processor time, ${(persons / wall).toFixed(1)} by the clock`,
);
console.log(`transitions/s  ${(transitions / cpu).toFixed(0)} by processor time`);
console.log(`peak memory    ${((process.resourceUsage().maxRSS * 1024) / 1e6).toFixed(0)} MB`);
const byTime = compiled.units
  .map(({ name }, place) => ({ name, time: times[place] ?? 0 }))
  .sort((left, right) => right.time - left.time);
const total = byTime.reduce((sum, { time }) => sum + time, 0);
for (const { name, time } of byTime.slice(0, 10))
  console.log(`  ${name.padEnd(60)} ${((100 * time) / total).toFixed(1)} %`);
