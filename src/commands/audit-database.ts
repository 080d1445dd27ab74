import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { headsLock } from '../modules/audit/audit-heads.service.js';
import type { Config } from '../modules/platform/config/config.js';
import { EmbeddedPostgresError } from '../modules/platform/postgres/embedded-postgres-error.js';
import { startEmbeddedPostgres } from '../modules/platform/postgres/embedded-postgres.js';
import { openStateDirectory } from '../modules/platform/postgres/state-directory.js';
import { StartRefused } from './start-refused.js';

interface AuditDatabase {
  readonly url: string;
  stop(): Promise<void>;
}

/** The database as it is: unlike `serve`, looking at the chain migrates nothing. */
export async function openAuditDatabase({ database, home }: Config): Promise<AuditDatabase> {
  const stop = (): Promise<void> => Promise.resolve();
  const url = database.appUrl ?? database.ownerUrl;
  if (url !== undefined) return { url, stop };
  const directory = path.join(home, 'postgres');
  if (!existsSync(directory)) {
    throw new StartRefused(`There is no database in ${home}: set PICKETFENCE_HOME or DATABASE_APP_URL.`);
  }
  try {
    const postgres = await startEmbeddedPostgres({ directory, log: () => undefined });
    return { url: postgres.ownerUrl, stop: () => postgres.stop() };
  } catch (error) {
    if (!(error instanceof EmbeddedPostgresError) || error.code !== 'IN_USE') throw error;
    return { url: runningUrl(directory, home), stop };
  }
}

/** `picketfence serve` has it running: we come in as its processes do. */
function runningUrl(directory: string, home: string): string {
  const { stateDirectory } = openStateDirectory(directory);
  const url = new URL('postgres://127.0.0.1/picketfence');
  url.port = readFileSync(path.join(stateDirectory, 'port'), 'utf8').trim();
  url.username = 'picketfence_app';
  url.password = readFileSync(path.join(home, 'secrets', 'database-app-password'), 'utf8').trim();
  return url.toString();
}

/**
 * Reads chain and heads as of one moment: `look` gets a client whose transaction sees the chain at that moment, after
 * `atThatMoment` has read the heads. Meanwhile nobody adds to the heads file.
 */
export async function withSnapshot<Heads, Result>(
  config: Config,
  atThatMoment: () => Promise<Heads>,
  look: (client: pg.Client, heads: Heads) => Promise<Result>,
): Promise<Result> {
  const database = await openAuditDatabase(config);
  try {
    const client = new pg.Client({ connectionString: database.url });
    try {
      await client.connect();
      await client.query(`SELECT pg_advisory_lock_shared(${headsLock})`);
      await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
      await client.query('SELECT 1 FROM audit_event LIMIT 1'); // The snapshot is taken by the first look.
      const heads = await atThatMoment();
      await client.query(`SELECT pg_advisory_unlock_shared(${headsLock})`);
      return await look(client, heads);
    } finally {
      await client.end();
    }
  } finally {
    await database.stop();
  }
}
