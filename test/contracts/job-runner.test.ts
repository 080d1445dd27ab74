import { setTimeout as sleep } from 'node:timers/promises';
import { FinalJobError } from '../../src/modules/platform/jobs/job-handler.js';
import { crashesMax } from '../../src/modules/platform/jobs/job-runner.js';
import { Job } from '../../src/modules/platform/jobs/job.entity.js';
import { Gate } from '../support/gate.js';
import { waitFor } from '../support/wait-for.js';
import { JobBench, TinyHandler, untilAborted } from './job-bench.js';

let bench: JobBench;
beforeAll(async () => {
  bench = await JobBench.open();
});
afterAll(() => bench.close());

const running = new AbortController().signal;

it('takes effect once when two workers run the same job at once', async () => {
  const id = await bench.enqueue();
  const gate = new Gate();
  const runner = bench.runner(new TinyHandler(() => gate.opened));
  const outcomes = [runner.run(id, running), runner.run(id, running)];
  await waitFor(async () => (await bench.job(id)).starts === 2);
  gate.open();
  expect(await Promise.all(outcomes)).toEqual(['ended', 'ended']);
  expect(await bench.effects(id)).toEqual(['done']);
  expect(await bench.job(id)).toMatchObject({ state: 'DONE', progress: 1, failures: 0, reason: null });
});

it('does nothing for a job that has ended, or that there is not', async () => {
  const id = await bench.enqueue();
  const runner = bench.runner(new TinyHandler());
  await runner.run(id, running);
  const { touchedAt } = await bench.job(id);
  expect(await runner.run(id, running)).toBe('ended');
  expect(await runner.run('6b1f2a52-0000-4000-8000-000000000000', running)).toBe('ended');
  expect(await bench.job(id)).toMatchObject({ starts: 1, touchedAt });
  expect(await bench.effects(id)).toEqual(['done']);
});

it('fails at once where trying again would end the same way, with the reason for people', async () => {
  const id = await bench.enqueue();
  const runner = bench.runner(new TinyHandler(() => Promise.reject(new FinalJobError('No such\0 column.'))));
  expect(await runner.run(id, running)).toBe('ended');
  expect(await bench.job(id)).toMatchObject({
    state: 'FAILED',
    failures: 1,
    reason: 'No such\uFFFD column.',
  });
  expect(await bench.effects(id)).toEqual(['gave up: No such\uFFFD column.']);
});

it('succeeds on a later attempt', async () => {
  const id = await bench.enqueue();
  let attempt = 0;
  const runner = bench.runner(
    new TinyHandler(() => (++attempt < 3 ? Promise.reject(new Error('not yet')) : Promise.resolve())),
  );
  expect(await runner.run(id, running)).toBe('again');
  expect((await bench.job(id)).state).toBe('QUEUED');
  expect(await runner.run(id, running)).toBe('again');
  expect(await runner.run(id, running)).toBe('ended');
  expect(await bench.job(id)).toMatchObject({ state: 'DONE', failures: 2, starts: 3 });
  expect(await bench.effects(id)).toEqual(['done']);
});

it('gives up in the transaction that ends the job: neither without the other', async () => {
  const id = await bench.enqueue();
  let isBroken = true;
  const handler = new TinyHandler(
    () => Promise.reject(new Error('broken')),
    () => (isBroken ? Promise.reject(new Error('the subject is locked')) : Promise.resolve()),
  );
  const runner = bench.runner(handler, 1);
  await expect(runner.run(id, running)).rejects.toThrow('the subject is locked');
  expect(await bench.job(id)).toMatchObject({ state: 'RUNNING', failures: 0, finishedAt: null });
  expect(await bench.effects(id)).toEqual([]);
  isBroken = false;
  expect(await runner.run(id, running)).toBe('ended');
  expect(await bench.job(id)).toMatchObject({ state: 'FAILED', failures: 1 });
  expect(await bench.effects(id)).toHaveLength(1);
});

it('tells neither the log nor the people what an unexpected error quotes', async () => {
  const id = await bench.enqueue();
  const quoted = 'Could not convert "Jane Roe, HIV positive" to INTEGER';
  const runner = bench.runner(new TinyHandler(() => Promise.reject(new RangeError(quoted))), 1);
  await runner.run(id, running);
  const { reason } = await bench.job(id);
  expect(reason).toContain('RangeError');
  expect(`${reason ?? ''} ${bench.logged.join('')} ${(await bench.effects(id)).join('')}`).not.toContain(
    'Jane',
  );
  expect(bench.logged.join('')).toContain('job-runner.test');
});

it('ends on a cancel without waiting for the work, and puts the subject back', async () => {
  const id = await bench.enqueue();
  const outcome = bench.runner(new TinyHandler(({ signal }) => untilAborted(signal))).run(id, running);
  await waitFor(async () => (await bench.job(id)).state === 'RUNNING');
  expect(await bench.requestCancel(id)).toBe(true);
  expect(await outcome).toBe('ended');
  expect(await bench.job(id)).toMatchObject({ state: 'CANCELLED', failures: 0 });
  expect(await bench.effects(id)).toEqual(['gave up: Cancelled.']);
  expect(await bench.requestCancel(id)).toBe(false);
});

it('keeps a cancel that was granted while the work came to its end', async () => {
  const id = await bench.enqueue();
  const gate = new Gate();
  const outcome = bench.runner(new TinyHandler(() => gate.opened)).run(id, running);
  await waitFor(async () => (await bench.job(id)).state === 'RUNNING');
  const cancel = bench.requestCancel(id);
  await cancel;
  gate.open();
  await outcome;
  expect((await bench.job(id)).state).toBe('CANCELLED');
  expect(await bench.effects(id)).toEqual(['gave up: Cancelled.']);
});

it('writes progress while the work goes on, and never backwards', async () => {
  const id = await bench.enqueue();
  const gate = new Gate();
  const handler = new TinyHandler(({ progress }) => {
    progress(0.4);
    progress(0.2);
    progress(Number.NEGATIVE_INFINITY);
    return gate.opened;
  });
  const outcome = bench.runner(handler).run(id, running);
  await waitFor(async () => (await bench.job(id)).progress === 0.4);
  gate.open();
  await outcome;
  expect((await bench.job(id)).progress).toBe(1);
});

it('returns the work of a stopping worker without holding it against the job', async () => {
  const id = await bench.enqueue();
  for (let stop = 0; stop < 2 * crashesMax; stop += 1) {
    const stopping = new AbortController();
    const handler = new TinyHandler(({ signal }) => untilAborted(signal));
    const outcome = bench.runner(handler, 1).run(id, stopping.signal);
    await waitFor(async () => (await bench.job(id)).state === 'RUNNING');
    stopping.abort();
    expect(await outcome).toBe('put-back');
    expect(await bench.job(id)).toMatchObject({ state: 'QUEUED', starts: 0, failures: 0 });
  }
  expect(await bench.runner(new TinyHandler(), 1).run(id, running)).toBe('ended');
  expect(await bench.job(id)).toMatchObject({ state: 'DONE', starts: 1 });
  expect(await bench.effects(id)).toEqual(['done']);
});

it('is given up when its worker died again and again', async () => {
  const id = await bench.enqueue();
  await bench.dataSource.manager.update(Job, { id }, { state: 'RUNNING', starts: crashesMax });
  let isTried = false;
  const handler = new TinyHandler(() => Promise.resolve((isTried = true)));
  expect(await bench.runner(handler).run(id, running)).toBe('ended');
  expect(isTried).toBe(false);
  expect((await bench.job(id)).state).toBe('FAILED');
  expect(await bench.effects(id)).toEqual([
    `gave up: The work was begun ${crashesMax} times and never ended.`,
  ]);
});

it('tells errors from crashes: as many attempts as the settings say, even more than crashes', async () => {
  const id = await bench.enqueue();
  let left = crashesMax + 5;
  const handler = new TinyHandler(() =>
    left-- > 0 ? Promise.reject(new Error('not yet')) : Promise.resolve(),
  );
  const runner = bench.runner(handler, 20);
  while ((await runner.run(id, running)) === 'again');
  expect(await bench.job(id)).toMatchObject({ state: 'DONE', failures: crashesMax + 5 });
});

it('writes no sign of life any more once the job has ended', async () => {
  const id = await bench.enqueue();
  await bench.runner(new TinyHandler(() => sleep(600))).run(id, running);
  const ended = await bench.job(id);
  await sleep(1200);
  expect(await bench.job(id)).toEqual(ended);
});

it('waits for whoever holds the job, and still takes effect once', async () => {
  const id = await bench.enqueue();
  const gate = new Gate();
  const outcome = bench.runner(new TinyHandler(() => gate.opened)).run(id, running);
  await waitFor(async () => (await bench.job(id)).state === 'RUNNING');
  const letGo = await bench.holdRow(id);
  gate.open();
  await sleep(700);
  expect(await bench.effects(id)).toEqual([]);
  await letGo();
  await outcome;
  expect(await bench.effects(id)).toEqual(['done']);
});
