import 'reflect-metadata';
import { text } from 'node:stream/consumers';
import { type DynamicModule, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AuditModule } from '../modules/audit/index.js';
import { IdentityModule, PeopleService } from '../modules/identity/index.js';
import {
  type Config,
  createLogger,
  DatabaseModule,
  FrameworkLogger,
  PlatformModule,
} from '../modules/platform/index.js';
import { PolicyModule } from '../modules/policy/index.js';
import type { Command } from './command.js';
import { openServedDatabase } from './serve-database.js';
import { StartRefused } from './start-refused.js';

@Module({})
class PeopleModule {
  static forConfig(config: Config, appUrl: string): DynamicModule {
    const logger = createLogger(config.logLevel, 'server');
    const platform = PlatformModule.forProcess(config, logger);
    return {
      module: PeopleModule,
      imports: [platform, DatabaseModule.forUrl(appUrl), PolicyModule, AuditModule, IdentityModule],
    };
  }
}

export const addPersonCommand: Command = {
  name: 'add-person',
  summary: 'add an account: --email E --name N --roles R[,R] with the password on standard input',
  options: { email: { type: 'string' }, name: { type: 'string' }, roles: { type: 'string' } },
  run: async ({ loadConfig, print, complain }, { email, name, roles }) => {
    if (typeof email !== 'string' || typeof name !== 'string' || typeof roles !== 'string') {
      complain('Give --email, --name and --roles.');
      return 2;
    }
    const config = loadConfig();
    const password = (await text(process.stdin)).trimEnd();
    const database = await openServedDatabase({ config, print: () => undefined, giveUp: complain });
    try {
      await add(config, database.appUrl, { email, name, password, roles: roles.split(',') });
    } finally {
      await database.stop();
    }
    print(`${email} can sign in.`);
    return 0;
  },
};

async function add(
  config: Config,
  appUrl: string,
  person: { email: string; name: string; password: string; roles: string[] },
): Promise<void> {
  const app = await NestFactory.createApplicationContext(PeopleModule.forConfig(config, appUrl), {
    logger: new FrameworkLogger(createLogger('warn', 'server')),
    abortOnError: false,
  });
  try {
    const refused = await app.get(PeopleService).add('system', { ...person, demo: false });
    if ('code' in refused) throw new StartRefused(refused.message);
  } finally {
    await app.close();
  }
}
