import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  openQueueBackend,
  type QueueBackend,
  type QueueHandle,
  type WorkOutcome,
} from '../../src/modules/platform/queue/queue-backend.js';
import { dist } from '../support/databases.js';
import { Gate } from '../support/gate.js';
import { waitFor } from '../support/wait-for.js';
import { hasRedisServer, type QueueServer, startPostgresQueue, startRedisQueue } from './queue-servers.js';
import { TalkingProcess } from './talking-process.js';

const attempts = 3;
const script = join(process.cwd(), 'test', 'contracts', 'queue-process.mjs');

/** What picketfence relies on, whatever holds the queue. */
function queueContract(startServer: () => Promise<QueueServer>): void {
  let server: QueueServer;
  let backend: QueueBackend;
  let queue: QueueHandle;
  const closings: (() => Promise<unknown>)[] = [];

  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    backend = openQueueBackend(server.settings, attempts);
    queue = backend.openQueue('work');
  });
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
    await queue.close();
    await backend.close();
  });

  function work(
    does: (jobId: string) => Promise<WorkOutcome> | WorkOutcome,
    { concurrency = 1, lockMs = 5000 } = {},
  ): { close(): Promise<void> } {
    const worker = backend.startWorker(
      { lane: 'work', concurrency, lockMs },
      (jobId) => Promise.resolve(does(jobId)),
      () => undefined,
    );
    closings.push(() => worker.close());
    return worker;
  }

  function startProcess(mode: 'work' | 'hang' | 'once'): TalkingProcess {
    const started = new TalkingProcess(script, [dist, JSON.stringify(server.settings), mode]);
    closings.push(() => started.kill());
    return started;
  }

  it('hands an added job to a worker, by its id', async () => {
    const taken: string[] = [];
    work((jobId) => {
      taken.push(jobId);
      return 'ended';
    });
    await queue.add('generate', 'one');
    await waitFor(() => taken.length > 0);
    expect(taken).toEqual(['one']);
  });

  it('holds a job once that is added again while it waits and while it is worked on', async () => {
    let starts = 0;
    const gate = new Gate();
    for (const name of ['generate', 'generate', 'check']) await queue.add(name, 'held');
    work(async (): Promise<WorkOutcome> => {
      starts += 1;
      await gate.opened;
      return 'ended';
    });
    await waitFor(() => starts === 1);
    await queue.add('generate', 'held');
    gate.open();
    await sleep(700);
    expect(starts).toBe(1);
  });

  it('takes a job again that has ended', async () => {
    let starts = 0;
    work(() => {
      starts += 1;
      return 'ended';
    });
    await queue.add('generate', 'again');
    await waitFor(() => starts === 1);
    await waitFor(async () => {
      await queue.add('generate', 'again');
      return starts >= 2;
    });
  });

  it('tries again after longer and longer pauses, then stops, and takes the job anew', async () => {
    const startedAt: number[] = [];
    work(() => {
      startedAt.push(performance.now());
      return startedAt.length <= attempts ? 'again' : 'ended';
    });
    await queue.add('generate', 'failing');
    await waitFor(() => startedAt.length === attempts);
    const [first = 0, second = 0, third = 0] = startedAt;
    expect(second - first).toBeGreaterThanOrEqual(450);
    expect(third - second).toBeGreaterThanOrEqual(950);
    await sleep(2500);
    expect(startedAt).toHaveLength(attempts);
    await queue.add('generate', 'failing');
    await waitFor(() => startedAt.length > attempts);
  });

  it('takes a job back without counting it as an attempt', async () => {
    let starts = 0;
    work(() => {
      starts += 1;
      return starts <= 2 * attempts ? 'put-back' : 'ended';
    });
    await queue.add('generate', 'returned');
    await waitFor(() => starts === 2 * attempts + 1);
  });

  it('gives a job that a closing worker puts back to the next worker at once, however long the lock', async () => {
    const stopping = new Gate();
    let starts = 0;
    const lockMs = 600_000;
    const first = work(
      async (): Promise<WorkOutcome> => {
        starts += 1;
        await stopping.opened;
        return 'put-back';
      },
      { lockMs },
    );
    await queue.add('generate', 'passed-on');
    await waitFor(() => starts === 1);
    const closed = first.close();
    stopping.open();
    await closed;
    expect(starts).toBe(1);
    const taken: string[] = [];
    work(
      (jobId) => {
        taken.push(jobId);
        return 'ended';
      },
      { lockMs },
    );
    await waitFor(() => taken.length > 0);
    expect(taken).toEqual(['passed-on']);
  });

  it('gives the job of a killed process to another worker', async () => {
    const doomed = startProcess('hang');
    await queue.add('generate', 'orphan');
    await waitFor(() => doomed.lines.includes('took orphan'));
    await doomed.kill();
    const taken: string[] = [];
    work(
      (jobId) => {
        taken.push(jobId);
        return 'ended';
      },
      { lockMs: 1000 },
    );
    await waitFor(() => taken.length > 0);
    await sleep(1500);
    expect(taken).toEqual(['orphan']);
  });

  it('shares the load among workers, each job to one of them', async () => {
    const taken: [worker: number, jobId: string][] = [];
    for (const number of [1, 2, 3]) {
      work(async (jobId): Promise<WorkOutcome> => {
        taken.push([number, jobId]);
        await sleep(30);
        return 'ended';
      });
    }
    const ids = Array.from({ length: 30 }, (_, index) => `shared-${index}`);
    await Promise.all(ids.map((id) => queue.add('generate', id)));
    await waitFor(() => taken.length >= ids.length);
    await sleep(300);
    expect(taken.map(([, jobId]) => jobId).sort()).toEqual([...ids].sort());
    expect(new Set(taken.map(([number]) => number)).size).toBe(3);
  });

  it('survives the server going away, and goes on when it is back', async () => {
    const other = startProcess('work');
    await waitFor(() => other.lines.includes('ready'));
    await queue.add('generate', 'before');
    await waitFor(() => other.lines.includes('took before'));
    await server.interrupt();
    await waitFor(() =>
      queue.add('generate', 'after').then(
        () => true,
        () => false,
      ),
    );
    await waitFor(() => other.lines.includes('took after'));
    expect(other.isRunning).toBe(true);
  });

  it('leaves nothing open that would keep a process alive', async () => {
    const started = startProcess('once');
    await waitFor(() => started.lines.includes('ready'));
    await queue.add('generate', 'last');
    await expect(started.end()).resolves.toBe(0);
    expect(started.lines).toEqual(['ready', 'took last', 'closed']);
  });
}

describe('the queue on PostgreSQL', () => {
  queueContract(startPostgresQueue);
});

if (!hasRedisServer) console.warn('SKIPPED the queue on Redis: there is no redis-server on the PATH.');
const whereRedisIs = hasRedisServer ? describe : describe.skip;
whereRedisIs('the queue on Redis', () => {
  queueContract(startRedisQueue);
});
