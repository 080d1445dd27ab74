import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import helmet from 'helmet';
import { DataSource } from 'typeorm';
import { AppModule } from './app.module.js';
import { isGraphqlJson } from './modules/platform/http/graphql-body.js';
import {
  accessLog,
  createLogger,
  exitWhenOrphaned,
  FrameworkLogger,
  loadConfig,
  requireLeastPrivilege,
  trustedProxies,
} from './modules/platform/index.js';

/** Headers have to come quickly; bodies may take as long as a large extract takes. */
const headersTimeoutMs = 30_000;
const jsonBodyMax = '1mb';

async function main(): Promise<void> {
  const config = loadConfig(process.env);
  const logger = createLogger(config.logLevel, 'server');
  if (config.database.appUrl === undefined) {
    throw new Error(
      'DATABASE_APP_URL is not set. "picketfence serve" sets it; a server of its own needs it.',
    );
  }
  const app = await NestFactory.create<NestExpressApplication>(AppModule.forServer(config, logger), {
    logger: new FrameworkLogger(logger),
    abortOnError: false,
    bodyParser: false,
  });
  app.set('trust proxy', trustedProxies(config.http.trustedProxies));
  app.use(accessLog(logger));
  app.use(helmet());
  app.useBodyParser('json', { limit: jsonBodyMax, type: isGraphqlJson });
  app.enableShutdownHooks();
  await requireLeastPrivilege(app.get(DataSource));
  const server = app.getHttpServer();
  server.requestTimeout = 0;
  server.headersTimeout = headersTimeoutMs;
  await app.listen(config.http.port, config.http.host);
  logger.info({ host: config.http.host, port: config.http.port, mode: config.mode }, 'the server listens');
  if (config.supervised) exitWhenOrphaned(() => process.kill(process.pid, 'SIGTERM'), config.supervisorPid);
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The server cannot start. ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
});
