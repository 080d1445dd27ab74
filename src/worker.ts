import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { systemClock } from './core/time/clock.js';
import {
  createLogger,
  exitWhenOrphaned,
  FrameworkLogger,
  JOB_HANDLERS,
  type JobHandler,
  JobRunner,
  loadConfig,
  openQueueBackend,
  OutboxDispatcher,
  requireLeastPrivilege,
} from './modules/platform/index.js';
import { WorkerModule } from './worker.module.js';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel, 'worker');
  const { appUrl } = config.database;
  if (appUrl === undefined) {
    throw new Error(
      'DATABASE_APP_URL is not set. "picketfence serve" sets it; a worker of its own needs it.',
    );
  }
  const app = await NestFactory.createApplicationContext(WorkerModule.forWorker(config, logger), {
    logger: new FrameworkLogger(logger),
    abortOnError: false,
  });
  const dataSource = app.get(DataSource);
  await requireLeastPrivilege(dataSource);
  const { concurrency, jobLockMs: lockMs, jobAttempts: attempts } = config.worker;
  const backend = openQueueBackend({ redisUrl: config.redisUrl, databaseUrl: appUrl }, attempts);
  const handlers = app.get<JobHandler[]>(JOB_HANDLERS);
  const runner = new JobRunner(dataSource, handlers, { attempts, clock: systemClock, logger });
  const stopping = new AbortController();
  const worker = backend.startWorker(
    { concurrency, lockMs },
    (jobId) => runner.run(jobId, stopping.signal),
    (error) => {
      logger.warn({ error: error.message }, 'the queue reported an error');
    },
  );
  const dispatcher = new OutboxDispatcher(dataSource, backend, systemClock, logger, lockMs);
  dispatcher.start();
  logger.info(
    { concurrency, queue: config.redisUrl === undefined ? 'postgres' : 'redis' },
    'the worker waits for jobs',
  );
  const stop = async (): Promise<void> => {
    stopping.abort();
    await dispatcher.stop();
    await worker.close();
    await backend.close();
    await app.close();
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
