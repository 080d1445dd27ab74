import { arch, cpus } from 'node:os';
import { openBackend } from '../src/core/tensor/open-backend.js';
import type { Ops } from '../src/core/tensor/ops.js';
import { TensorflowOps } from '../src/core/tensor/tensorflow/tensorflow-ops.js';
import { ctgan, tvae } from './neural/step-models.js';
import type { StepModel } from './neural/step-models.js';

/** Usage: npm run bench:neural [steps]. Step times of networks on each backend, in one run. */
const steps = Number(process.argv[2] ?? 30);

async function onWasm(): Promise<Ops> {
  const tf = await import('@tensorflow/tfjs');
  await import('@tensorflow/tfjs-backend-wasm');
  await tf.setBackend('wasm');
  return new TensorflowOps(tf);
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

interface Times {
  readonly clock: readonly number[];
  readonly processor: readonly number[];
}

function timed(count: number, work: () => void): Times {
  const clock: number[] = [];
  const processor: number[] = [];
  for (let round = 0; round < count; round++) {
    const [start, used] = [performance.now(), process.cpuUsage()];
    work();
    clock.push(performance.now() - start);
    const { user, system } = process.cpuUsage(used);
    processor.push((user + system) / 1000);
  }
  return { clock, processor };
}

function report(label: string, { clock, processor }: Times): void {
  const shown = [Math.min(...clock), median(clock), median(processor)].map((value) => value.toFixed(1));
  console.log(`| ${label} | ${shown.join(' | ')} |`);
}

function steppedOn(ops: Ops, name: string, model: StepModel, count: number): void {
  for (let round = 0; round < Math.min(3, count); round++) model.step();
  report(
    `${name}, ${ops.backend}`,
    timed(count, () => {
      model.step();
    }),
  );
}

function products(ops: Ops): void {
  for (const [m, n, k] of [
    [512, 512, 512],
    [500, 256, 256],
    [50, 256, 600],
  ] as const) {
    const work = () => {
      ops.step(() => {
        const a = ops.tensor(m, k, new Float32Array(m * k).fill(0.5));
        const b = ops.tensor(k, n, new Float32Array(k * n).fill(0.5));
        const { clock } = timed(10, () => ops.read(ops.matMul(a, b, false, m === n)));
        rates.push(...clock.map((ms) => (2 * m * n * k) / ms / 1e6));
      });
    };
    const rates: number[] = [];
    for (let round = 0; round < 5; round++) work();
    const best = Math.max(...rates).toFixed(1);
    console.log(`| ${m} × ${n} × ${k}, ${ops.backend} | ${best} | ${median(rates).toFixed(1)} |`);
  }
}

console.log(
  `${cpus()[0]?.model ?? arch()}, Node ${process.version}, batch 500 × 60 columns, ${steps} steps\n`,
);
console.log('| step, ms | least | median | median of processor time |\n|---|---|---|---|');
const wasm = await openBackend('wasm');
steppedOn(wasm, 'TVAE', tvae(wasm), steps);
steppedOn(wasm, 'CTGAN', ctgan(wasm), steps);
const tfWasm = await onWasm();
steppedOn(tfWasm, 'TVAE', tvae(tfWasm), steps);
steppedOn(tfWasm, 'CTGAN', ctgan(tfWasm), steps);
const tfCpu = await openBackend('tfjs');
const few = Math.ceil(steps / 15);
steppedOn(tfCpu, 'TVAE', tvae(tfCpu), few);
steppedOn(tfCpu, 'CTGAN', ctgan(tfCpu), few);

console.log('\n| product, GFLOP/s | best | median |\n|---|---|---|');
products(wasm);
console.log(`\nPeak memory of the process: ${Math.round(process.resourceUsage().maxRSS / 1024)} MB`);
