import { availableParallelism, cpus } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { readCitedFigures } from './plausibility/cited-figures.js';
import { lifeExpectancy, readMortality, readPopulation } from './plausibility/population.js';
import { emptyTally, windowYears, type Share } from './plausibility/share.js';
import { agesMax, type TallySums } from './plausibility/tally.js';
import { findingOf, type Finding } from './plausibility/verdict.js';

// node dist/bench/plausibility.js [persons] [seed]: the clinical modules against cited figures for England.

const persons = Number(process.argv[2] ?? 20_000);
const seed = process.argv[3] ?? 'plausibility';
const facts = join(process.env['PICKETFENCE_SHARED'] ?? '../shared', 'data/uk');
const threads = availableParallelism();
const start = performance.now();
const tally = emptyTally();
const shares = Array.from({ length: threads }, (_, thread): Share => ({ seed, thread, threads, persons }));
for (const sums of await Promise.all(shares.map(simulateShare))) tally.merge(sums);
const seconds = (performance.now() - start) / 1000;
const memory = (process.resourceUsage().maxRSS * 1024) / 1e6;
console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`);
console.log(
  `${persons} persons in ${seconds.toFixed(0)} s, peak memory ${memory.toFixed(0)} MB; last ${windowYears} years count\n`,
);

const population = readPopulation(facts);
const findings = readCitedFigures(facts).map((figure) => findingOf(figure, tally, population));
printFindings(
  findings.filter(({ figure }) => figure.kind === 'prevalence'),
  { title: 'prevalence, %', scale: 100 },
);
printFindings(
  findings.filter(({ figure }) => figure.kind === 'rate'),
  { title: 'per 100,000 person-years', scale: 1e5 },
);
printMortality();

function simulateShare(share: Share): Promise<TallySums> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./plausibility/simulate-share.js', import.meta.url), {
      workerData: share,
    });
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

function printFindings(list: readonly Finding[], { title, scale }: { title: string; scale: number }): void {
  const count = (verdict: string): number => list.filter((one) => one.verdict === verdict).length;
  console.log(`${title}: ${count('met')} met, ${count('open')} open, ${count('missed')} missed`);
  for (const { figure, simulated, margin, verdict } of list) {
    const shown = [figure.value, simulated, margin].map((value) =>
      (value * scale).toPrecision(3).padStart(9),
    );
    const who = `${figure.sexes.join('+').padEnd(3)} ${figure.band.padEnd(8)}`;
    console.log(
      `${figure.topic.padEnd(34)} ${who} ${shown.join(' ')} ${verdict.padEnd(6)} ${figure.quality}`,
    );
  }
  console.log('(cited, simulated, half of the 95 % interval)\n');
}

function printMortality(): void {
  const cited = readMortality(facts);
  for (const sex of ['M', 'F'] as const) {
    const rates = Array.from({ length: agesMax + 1 }, (_, age) => {
      const lived = tally.lived[sex][age] ?? 0;
      return lived > 0 ? (tally.deaths[sex][age] ?? 0) / lived : NaN;
    });
    const known = rates.slice(0, 100).map((rate) => (Number.isNaN(rate) ? 0 : rate));
    const [expected, simulated] = [lifeExpectancy(cited[sex]), lifeExpectancy([...known, 0.5])];
    console.log(
      `life expectancy ${sex}: cited ${expected.toFixed(1)}, simulated ${simulated.toFixed(1)} years`,
    );
  }
}
