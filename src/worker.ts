import 'reflect-metadata';
import { setTimeout as sleep } from 'node:timers/promises';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { systemClock } from './core/time/clock.js';
import {
  clearLeftovers,
  type Config,
  createLogger,
  exitWhenOrphaned,
  FrameworkLogger,
  JOB_HANDLERS,
  type JobHandler,
  JobRunner,
  loadConfig,
  type Logger,
  ObjectReads,
  openQueueBackend,
  type QueueBackend,
  OutboxDispatcher,
  requireLeastPrivilege,
  type Sweep,
  Sweeper,
  SWEEPS,
} from './modules/platform/index.js';
import { ReadRecords } from './modules/audit/index.js';
import { WorkerModule } from './worker.module.js';

/** Work that does not heed the stop is cut off, before the supervisor does it; another worker does it again. */
const stopMsMax = 8000;

/** Letters wait for other machines most of the time. */
const letterPlaces = 2;

/** The server can be killed in the middle of an upload while the worker lives on. */
const clearMs = 60_000;

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel, 'worker');
  const appUrl = requireAppUrl(config);
  const app = await NestFactory.createApplicationContext(WorkerModule.forWorker(config, logger), {
    logger: new FrameworkLogger(logger),
    abortOnError: false,
  });
  const dataSource = app.get(DataSource);
  await requireLeastPrivilege(dataSource);
  const { concurrency, jobLockMs: lockMs, jobAttempts: attempts } = config.worker;
  const backend = openQueueBackend({ redisUrl: config.redisUrl, databaseUrl: appUrl }, attempts);
  const handlers = app.get<JobHandler[]>(JOB_HANDLERS);
  const runner = new JobRunner(dataSource, handlers, {
    ...{ attempts, clock: systemClock, logger },
    reads: app.get(ObjectReads),
    recordReads: app.get(ReadRecords).record,
  });
  const stopping = new AbortController();
  const workers = startWorkers(backend, config.worker, {
    run: (jobId) => runner.run(jobId, stopping.signal),
    onError: (error) => {
      logger.warn({ error: error.message }, 'the queue reported an error');
    },
  });
  const dispatcher = new OutboxDispatcher(dataSource, backend, {
    ...{ clock: systemClock, logger, lockMs },
    cancelWaiting: (jobId) => runner.run(jobId, stopping.signal),
  });
  const sweeper = new Sweeper(dataSource, app.get<Sweep[]>(SWEEPS), {
    ...{ clock: systemClock, logger, intervalMs: config.worker.sweepMs },
  });
  dispatcher.start();
  sweeper.start();
  logger.info(
    { concurrency, queue: config.redisUrl === undefined ? 'postgres' : 'redis' },
    'the worker waits for jobs',
  );
  const clearing = clearRegularly(config.home, logger);
  stopOnSignal(config, logger, async () => {
    clearInterval(clearing);
    await sweeper.stop();
    // First no more jobs are taken, then those at work are stopped: they go back to the queue for another worker.
    const idle = Promise.all(workers.map((worker) => worker.close()));
    stopping.abort();
    await dispatcher.stop();
    await idle;
    await backend.close();
    await app.close();
  });
}

type StartWorker = Parameters<QueueBackend['startWorker']>;

/** Letters have places of their own: none waits for a generation to end. */
function startWorkers(
  backend: QueueBackend,
  { concurrency, jobLockMs: lockMs }: Config['worker'],
  { run, onError }: { readonly run: StartWorker[1]; readonly onError: StartWorker[2] },
): ReturnType<QueueBackend['startWorker']>[] {
  return [
    backend.startWorker({ lane: 'work', concurrency, lockMs }, run, onError),
    backend.startWorker({ lane: 'letters', concurrency: letterPlaces, lockMs }, run, onError),
  ];
}

function requireAppUrl({ database }: Config): string {
  if (database.appUrl !== undefined) return database.appUrl;
  throw new Error('DATABASE_APP_URL is not set. "picketfence serve" sets it; a worker of its own needs it.');
}

function clearRegularly(home: string, logger: Logger): NodeJS.Timeout {
  const clear = async (): Promise<void> => {
    const leftovers = await clearLeftovers(home, systemClock).catch((error: unknown) => String(error));
    if (leftovers !== 0) logger.warn({ leftovers }, 'cleared away what killed processes had left unfinished');
  };
  void clear();
  return setInterval(() => void clear(), clearMs);
}

function stopOnSignal(config: Config, logger: Logger, close: () => Promise<void>): void {
  let isStopping = false;
  // Ctrl-C reaches the worker twice: from the terminal, and from the supervisor that it reached as well.
  const stop = async (): Promise<void> => {
    if (isStopping) return;
    isStopping = true;
    const timeout = sleep(stopMsMax, undefined, { ref: false });
    await Promise.race([close(), timeout]).catch((error: unknown) => {
      logger.warn({ error: String(error) }, 'the worker did not stop in order');
    });
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => void stop());
  if (config.supervised) exitWhenOrphaned(() => void stop(), config.supervisorPid);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The worker cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
