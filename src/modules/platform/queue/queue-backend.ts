import { createPostgresBackend, createRedisBackend, type Processor, WaitingError, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

/** Letters have places of their own: what takes a second does not wait for what takes an hour. */
export type Lane = 'work' | 'letters';

/** One queue a lane. Their jobs carry an id and nothing else: what to do is in the job table. */
const queueNames: Readonly<Record<Lane, string>> = { work: 'picketfence', letters: 'picketfence-letters' };

export interface QueueSettings {
  /** Present: Redis. Absent: the same PostgreSQL that holds everything else. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
}

interface WorkerSettings {
  readonly lane: Lane;
  readonly concurrency: number;
  /** A job whose worker does not renew its lock for this long is given to another worker. */
  readonly lockMs: number;
}

/**
 * What a worker's call came to: the job leaves the queue, is tried again after a pause while it has attempts left,
 * or goes back to the queue at once without costing an attempt.
 */
export type WorkOutcome = 'ended' | 'again' | 'put-back';

export interface QueueHandle {
  /** A job the queue already holds is held once. */
  add(name: string, jobId: string): Promise<void>;
  close(): Promise<void>;
}

interface WorkerHandle {
  /** Takes no more jobs from this call on; resolves when those at work have ended. */
  close(): Promise<void>;
}

/** What picketfence needs of BullMQ, the same on both backends; test/contracts runs one suite over both. */
export interface QueueBackend {
  openQueue(lane: Lane): QueueHandle;
  startWorker(
    settings: WorkerSettings,
    work: (jobId: string) => Promise<WorkOutcome>,
    onError: (error: Error) => void,
  ): WorkerHandle;
  close(): Promise<void>;
}

/** A job that killed its worker is tried again this often; after that the job table gives it up. */
const stalledMax = 20;
const retryDelayMs = 500;
/** After an error of the server, a worker asks again this soon. */
const reconnectDelayMs = 1000;

function jobOptions(jobId: string, attempts: number): object {
  return {
    jobId,
    attempts,
    backoff: { type: 'exponential', delay: retryDelayMs },
    removeOnComplete: true,
    removeOnFail: true,
  };
}

interface Classes {
  readonly Queue: new (
    name: string,
    options: object,
  ) => {
    add(name: string, data: object, options: object): Promise<unknown>;
    close(): Promise<void>;
    on(event: 'error', listener: (error: Error) => void): unknown;
  };
  readonly Worker: new (
    name: string,
    processor: Processor,
    options: object,
  ) => { close(): Promise<void>; on(event: 'error', listener: (error: Error) => void): unknown };
}

function backendOf(
  classes: Classes,
  connection: unknown,
  attempts: number,
  close: () => Promise<void>,
): QueueBackend {
  return {
    openQueue(lane): QueueHandle {
      const queue = new classes.Queue(queueNames[lane], { connection });
      // Without a listener an idle connection's error would end the process; add() reports it to its caller.
      queue.on('error', () => undefined);
      return {
        add: async (name, jobId) => {
          await queue.add(name, { id: jobId }, jobOptions(jobId, attempts));
        },
        close: () => queue.close(),
      };
    },
    startWorker(settings, work, onError): WorkerHandle {
      const worker = new classes.Worker(
        queueNames[settings.lane],
        async (job, token) => {
          const outcome = await work(job.id ?? '');
          // The queue keeps what is thrown here, so it says nothing of the work.
          if (outcome === 'again') throw new Error('to be tried again');
          if (outcome === 'ended') return;
          await job.moveToWait(token);
          throw new WaitingError();
        },
        {
          connection,
          concurrency: settings.concurrency,
          lockDuration: settings.lockMs,
          stalledInterval: settings.lockMs / 2,
          maxStalledCount: stalledMax,
          runRetryDelay: reconnectDelayMs,
        },
      );
      worker.on('error', onError);
      return worker;
    },
    close,
  };
}

/** Connections of the queues in one process: the dispatcher, the listener of each lane and its commands. */
const poolMax = 9;

export function openQueueBackend(settings: QueueSettings, attempts: number): QueueBackend {
  if (settings.redisUrl !== undefined) {
    const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    return backendOf(withBackend(createRedisBackend) as unknown as Classes, redis, attempts, async () => {
      if (redis.status === 'ready') await redis.quit();
      else redis.disconnect(); // Without a server, quit() would wait for one.
    });
  }
  const pool = new Pool({
    connectionString: settings.databaseUrl,
    max: poolMax,
    keepAlive: true,
    options: '-c search_path=bullmq,public',
  });
  pool.setMaxListeners(0);
  pool.on('error', () => undefined);
  return backendOf(withBackend(createPostgresBackend) as unknown as Classes, pool, attempts, () =>
    pool.end(),
  );
}
