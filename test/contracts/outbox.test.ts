import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../src/core/time/clock.js';
import type { JobRunner } from '../../src/modules/platform/jobs/job-runner.js';
import { OutboxDispatcher } from '../../src/modules/platform/jobs/outbox-dispatcher.js';
import {
  type Lane,
  openQueueBackend,
  type QueueBackend,
} from '../../src/modules/platform/queue/queue-backend.js';
import { asOwner } from '../support/databases.js';
import { Gate } from '../support/gate.js';
import { waitFor } from '../support/wait-for.js';
import { JobBench, TinyHandler } from './job-bench.js';

let bench: JobBench;
let backend: QueueBackend;
const closings: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  bench = await JobBench.open();
});
afterAll(() => bench.close());
beforeEach(() => {
  backend = openQueueBackend({ redisUrl: undefined, databaseUrl: bench.database.appUrl }, 3);
});
afterEach(async () => {
  for (const close of closings.splice(0).reverse()) await close();
  await backend.close();
});

const running = new AbortController().signal;

function startWorker(runner: JobRunner, concurrency = 1, lane: Lane = 'work'): void {
  const worker = backend.startWorker(
    { lane, concurrency, lockMs: 5000 },
    (id) => runner.run(id, running),
    () => undefined,
  );
  closings.push(() => worker.close());
}

function startDispatcher(runner: JobRunner, lockMs = 5000, over = backend): OutboxDispatcher {
  const dispatcher = new OutboxDispatcher(bench.dataSource, over, {
    ...{ clock: systemClock, logger: bench.logger, lockMs },
    cancelWaiting: (id) => runner.run(id, running),
  });
  dispatcher.start();
  closings.push(() => dispatcher.stop());
  return dispatcher;
}

const isDone = async (id: string): Promise<boolean> => (await bench.job(id)).state === 'DONE';

it('sends a job with the transaction that asked for it, and not before', async () => {
  const runner = bench.runner(new TinyHandler());
  startWorker(runner);
  startDispatcher(runner);
  const subjectId = randomUUID();
  const count = 'SELECT count(*)::int AS jobs FROM job WHERE subject_id = $1';
  await bench.dataSource.transaction(async (manager) => {
    await bench.jobs.enqueue(manager, 'generate', subjectId, 'system');
    await sleep(600);
    expect(await asOwner(bench.database, count, [subjectId])).toEqual([{ jobs: 0 }]);
  });
  const job = await waitFor(() =>
    bench.dataSource.transaction((manager) => bench.jobs.latestFor(manager, subjectId)),
  );
  await waitFor(() => isDone(job.id));
  expect(await bench.effects(job.id)).toEqual(['done']);
});

it('sends nothing of a transaction that was rolled back', async () => {
  const subjectId = randomUUID();
  const asked = bench.dataSource.transaction(async (manager) => {
    await bench.jobs.enqueue(manager, 'generate', subjectId, 'system');
    throw new Error('the state change failed');
  });
  await expect(asked).rejects.toThrow('the state change failed');
  expect(await bench.jobs.latestFor(bench.dataSource.manager, subjectId)).toBeNull();
});

it('has one effect when a dispatcher died after sending and before writing so down', async () => {
  const id = await bench.enqueue();
  const queue = backend.openQueue('work');
  closings.push(() => queue.close());
  await queue.add('generate', id);
  const runner = bench.runner(new TinyHandler());
  startDispatcher(runner);
  await waitFor(async () => (await bench.job(id)).state === 'QUEUED');
  startWorker(runner);
  await waitFor(() => isDone(id));
  await queue.add('generate', id);
  await sleep(600);
  expect(await bench.job(id)).toMatchObject({ state: 'DONE', starts: 1 });
  expect(await bench.effects(id)).toEqual(['done']);
});

it('sends a job again that the queue has lost', async () => {
  const id = await bench.enqueue();
  const runner = bench.runner(new TinyHandler());
  const first = startDispatcher(runner);
  await waitFor(async () => (await bench.job(id)).state === 'QUEUED');
  await first.stop();
  const lost = await asOwner(bench.database, 'DELETE FROM bullmq.job WHERE id = $1 RETURNING id', [id]);
  expect(lost).toHaveLength(1);
  startWorker(runner);
  startDispatcher(runner, 200);
  await waitFor(() => isDone(id));
  expect(await bench.effects(id)).toEqual(['done']);
});

it('does each job once, however many dispatchers and workers there are', async () => {
  const ids = await Promise.all(Array.from({ length: 40 }, () => bench.enqueue()));
  const runner = bench.runner(new TinyHandler(() => sleep(10)));
  for (let index = 0; index < 3; index += 1) {
    startDispatcher(runner);
    startWorker(runner, 2);
  }
  await waitFor(async () => (await Promise.all(ids.map(isDone))).every(Boolean));
  for (const id of ids) {
    expect(await bench.effects(id)).toEqual(['done']);
    expect((await bench.job(id)).failures).toBe(0);
  }
});

it('ends a cancelled job that waits behind a long one', async () => {
  const gate = new Gate();
  const runner = bench.runner(new TinyHandler(() => gate.opened));
  startWorker(runner);
  const long = await bench.enqueue();
  startDispatcher(runner);
  await waitFor(async () => (await bench.job(long)).state === 'RUNNING');
  const waiting = await bench.enqueue();
  await waitFor(async () => (await bench.job(waiting)).state === 'QUEUED');
  await bench.requestCancel(waiting);
  await waitFor(async () => (await bench.job(waiting)).state === 'CANCELLED', 3000);
  expect(await bench.effects(waiting)).toEqual(['gave up: Cancelled.']);
  gate.open();
  await waitFor(() => isDone(long));
});

it('delivers a letter while every place for work is taken', async () => {
  const gate = new Gate();
  const letters = new TinyHandler(undefined, undefined, 'notify');
  const runner = bench.runner([new TinyHandler(() => gate.opened), letters]);
  startWorker(runner);
  startWorker(runner, 1, 'letters');
  const [long, waiting] = [await bench.enqueue(), await bench.enqueue()];
  startDispatcher(runner);
  await waitFor(async () => (await bench.job(long)).state === 'RUNNING');
  const letter = await bench.enqueue('notify');
  await waitFor(() => isDone(letter));
  expect((await bench.job(long)).state).toBe('RUNNING');
  expect((await bench.job(waiting)).state).toBe('QUEUED');
  gate.open();
  await waitFor(async () => (await isDone(long)) && (await isDone(waiting)));
});

it('holds nobody up while the queue does not answer, and stops when told to', async () => {
  const silent: QueueBackend = {
    ...backend,
    openQueue: () => ({ add: () => new Promise(() => undefined), close: () => Promise.resolve() }),
  };
  const id = await bench.enqueue();
  const dispatcher = startDispatcher(bench.runner(new TinyHandler()), 5000, silent);
  await sleep(500);
  expect(await bench.requestCancel(id)).toBe(true);
  // A dispatcher that waited for the queue would never stop, and the test would run out of its time.
  await expect(dispatcher.stop()).resolves.toBeUndefined();
});
