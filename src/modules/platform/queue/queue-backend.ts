import { createPostgresBackend, createRedisBackend, type Processor, withBackend } from 'bullmq';
import { Redis } from 'ioredis';
import { Pool } from 'pg';

/** The one queue. Its jobs carry an id and nothing else: what to do is in the job table. */
const queueName = 'picketfence';

export interface QueueSettings {
  /** Present: Redis. Absent: the same PostgreSQL that holds everything else. */
  readonly redisUrl: string | undefined;
  readonly databaseUrl: string;
}

export interface WorkerSettings {
  readonly concurrency: number;
  /** A job whose worker does not renew its lock for this long is given to another worker. */
  readonly lockMs: number;
}

interface QueueHandle {
  add(name: string, jobId: string): Promise<void>;
  close(): Promise<void>;
}

interface WorkerHandle {
  close(): Promise<void>;
}

/** What picketfence needs of BullMQ, the same on both backends; test/contracts runs one suite over both. */
export interface QueueBackend {
  openQueue(): QueueHandle;
  startWorker(
    settings: WorkerSettings,
    work: (jobId: string) => Promise<void>,
    onError: (error: Error) => void,
  ): WorkerHandle;
  close(): Promise<void>;
}

/** A job that killed its worker is tried again this often; after that the job table gives it up. */
const stalledMax = 20;
const retryDelayMs = 500;

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
    openQueue(): QueueHandle {
      const queue = new classes.Queue(queueName, { connection });
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
        queueName,
        async (job) => {
          await work(job.id ?? '');
        },
        {
          connection,
          concurrency: settings.concurrency,
          lockDuration: settings.lockMs,
          stalledInterval: settings.lockMs / 2,
          maxStalledCount: stalledMax,
        },
      );
      worker.on('error', onError);
      return worker;
    },
    close,
  };
}

/** Connections of the queue in one process: the dispatcher, the worker's listener and its commands. */
const poolMax = 6;

export function openQueueBackend(settings: QueueSettings, attempts: number): QueueBackend {
  if (settings.redisUrl !== undefined) {
    const redis = new Redis(settings.redisUrl, { maxRetriesPerRequest: null });
    redis.on('error', () => undefined);
    return backendOf(withBackend(createRedisBackend) as unknown as Classes, redis, attempts, async () => {
      await redis.quit();
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
