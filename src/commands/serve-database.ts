import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Config } from '../modules/platform/config/config.js';
import { migrateDatabase } from '../modules/platform/index.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
} from '../modules/platform/postgres/embedded-postgres.js';
import { migrateNamedDatabase } from './migrate-named-database.js';
import { RestartBudget } from './restart-budget.js';

const lookMs = 1000;

export interface ServedDatabase {
  readonly appUrl: string;
  /** True when an earlier run did not end in order. */
  readonly afterCrash: boolean;
  stop(): Promise<void>;
}

interface ServedDatabaseOptions {
  readonly config: Config;
  readonly print: (line: string) => void;
  readonly giveUp: (reason: string) => void;
}

/** A migrated database and the login the processes use: the one of a URL, or the PostgreSQL that npm brought. */
export async function openServedDatabase(options: ServedDatabaseOptions): Promise<ServedDatabase> {
  const { database, home } = options.config;
  const stop = (): Promise<void> => Promise.resolve();
  if (database.ownerUrl !== undefined) {
    const { appUrl } = await migrateNamedDatabase(database.ownerUrl, { appUrl: database.appUrl, home });
    return { appUrl, afterCrash: false, stop };
  }
  if (database.appUrl !== undefined) return { appUrl: database.appUrl, afterCrash: false, stop };
  const postgres = await startEmbeddedPostgres({
    directory: path.join(home, 'postgres'),
    log: options.print,
  });
  const watch = new AbortController();
  try {
    const { appUrl } = await migrateDatabase({ ownerUrl: postgres.ownerUrl, appUrl: undefined, home });
    const watching = keepRunning(postgres, options, watch.signal);
    const stopAll = async (): Promise<void> => {
      watch.abort();
      await watching;
      await postgres.stop();
    };
    return { appUrl, afterCrash: postgres.reused, stop: stopAll };
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}

/** Starts the server again when it dies, on the same port, so that the processes find it again by themselves. */
async function keepRunning(
  postgres: EmbeddedPostgres,
  { print, giveUp }: ServedDatabaseOptions,
  signal: AbortSignal,
): Promise<void> {
  const budget = new RestartBudget();
  while (await pause(signal)) {
    if (postgres.isRunning()) continue;
    try {
      if (!budget.spend()) throw new Error('it keeps dying');
      print('PostgreSQL ended unexpectedly and is started again.');
      await postgres.restart();
    } catch (error) {
      giveUp(`PostgreSQL ended and cannot be started again: ${error instanceof Error ? error.message : '?'}`);
      return;
    }
  }
}

async function pause(signal: AbortSignal): Promise<boolean> {
  await sleep(lookMs, undefined, { signal }).catch(() => undefined);
  return !signal.aborted;
}
