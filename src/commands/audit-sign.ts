import 'reflect-metadata';
import { DataSource, type EntityManager } from 'typeorm';
import { systemClock } from '../core/time/clock.js';
import { AuditEvent } from '../modules/audit/audit-event.entity.js';
import { AuditHeads } from '../modules/audit/audit-heads.service.js';
import { HeadsPlace } from '../modules/audit/heads-place.js';
import { AuditService } from '../modules/audit/index.js';
import type { Config } from '../modules/platform/config/config.js';
import { SnakeNaming } from '../modules/platform/database/snake-naming.js';
import { Transactions } from '../modules/platform/database/transactions.js';
import { openAuditDatabase } from './audit-database.js';
import { readBytes } from './audit-key-file.js';
import type { CommandContext } from './command.js';

/** Signs the end of the chain now, and prints the line. */
export async function signHead({ loadConfig, print }: CommandContext): Promise<number> {
  const config = loadConfig();
  const isSigned = await withHeads(config, (heads, manager) => heads.sign(manager, systemClock.now()));
  if (!isSigned) {
    print('There is no event to sign yet.');
    return 0;
  }
  const text = (await readBytes(new HeadsPlace(config.home).file)).toString('utf8');
  print(text.trimEnd().split('\n').at(-1) ?? '');
  return 0;
}

/** From here on a new key signs. */
export async function rotateKey({ loadConfig, print }: CommandContext): Promise<number> {
  const config = loadConfig();
  const id = await withHeads(config, (heads, manager) => heads.rotateKey(manager, systemClock.now()));
  print(`Heads are signed with key ${id} from here on; keep its public half from ${config.home}/audit.`);
  return 0;
}

async function withHeads<Result>(
  config: Config,
  work: (heads: AuditHeads, manager: EntityManager) => Promise<Result>,
): Promise<Result> {
  const database = await openAuditDatabase(config);
  try {
    const settings = { url: database.url, entities: [AuditEvent], namingStrategy: new SnakeNaming() };
    const dataSource = await new DataSource({ type: 'postgres', ...settings }).initialize();
    try {
      const audit = new AuditService(new Transactions(dataSource), systemClock);
      const heads = new AuditHeads(audit, config.home);
      return await dataSource.transaction((manager) => work(heads, manager));
    } finally {
      await dataSource.destroy();
    }
  } finally {
    await database.stop();
  }
}
