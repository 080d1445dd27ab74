import { availableParallelism, cpus } from 'node:os';
import { createMixedMatrix } from '../src/core/neighbours/mixed-matrix.js';
import type { MixedMatrix } from '../src/core/neighbours/mixed-matrix.js';
import { nearestNeighbours } from '../src/core/neighbours/nearest-neighbours.js';
import { Random } from '../src/core/random/random.js';

// node dist/bench/neighbours.js [rows]: exact nearest neighbours of one table among another, 30 columns.

const random = Random.fromSeed('bench');

/** Uniform numbers, the worst case of every index; the codes have five values. */
function uniformTable(name: string, rows: number, codeWidth: number): MixedMatrix {
  const stream = random.fork(name);
  const table = createMixedMatrix({ rows, numberWidth: 30 - codeWidth, codeWidth });
  for (let at = 0; at < rows * table.numberWidth; at++) table.numbers[at] = stream.uniformAt(at);
  for (let at = 0; at < rows * codeWidth; at++) table.codes[at] = Math.floor(5 * stream.uniformAt(at, 1));
  return table;
}

async function run(rows: number, codeWidth: number, threads: number): Promise<Float64Array> {
  const queries = uniformTable('queries', rows, codeWidth);
  const references = uniformTable('references', rows, codeWidth);
  const start = performance.now();
  const { distances } = await nearestNeighbours({ queries, references, count: 2, threads });
  const seconds = (performance.now() - start) / 1000;
  const memory = (process.resourceUsage().maxRSS * 1024) / 1e6;
  const columns = `${30 - codeWidth} + ${codeWidth}`.padStart(8);
  console.log(
    `${String(rows).padStart(7)} ${columns} ${String(threads).padStart(8)} ${seconds.toFixed(1).padStart(9)} ${memory.toFixed(0).padStart(7)} MB`,
  );
  return distances;
}

console.log(`${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`);
console.log('   rows  columns  threads   seconds     memory   (columns: numbers + categories)');
const rows = Number(process.argv[2] ?? 50_000);
const alone = await run(Math.min(rows, 10_000), 10, 1);
const together = await run(Math.min(rows, 10_000), 10, 2);
if (alone.some((distance, at) => distance !== together[at])) throw new Error('Two threads found otherwise.');
await run(rows, 0, 2);
await run(rows, 10, 2);
