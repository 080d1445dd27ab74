import 'reflect-metadata';
import { fileURLToPath } from 'node:url';
import { runMigrations } from 'bullmq';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { applicationRole, ensureAppLogin, ensureApplicationRole } from './app-login.js';

export interface MigrateOptions {
  /** Login that owns the tables. */
  readonly ownerUrl: string;
  /** Login of the server and worker processes; created when absent. */
  readonly appUrl: string | undefined;
  /** Folder that keeps the created login's password. */
  readonly home: string;
}

const migrationFiles = fileURLToPath(new URL('../../../../migrations/*.js', import.meta.url));

async function migrateTables(ownerUrl: string): Promise<void> {
  const dataSource = new DataSource({ type: 'postgres', url: ownerUrl, migrations: [migrationFiles] });
  await dataSource.initialize();
  try {
    await dataSource.runMigrations({ transaction: 'all' });
  } finally {
    await dataSource.destroy();
  }
}

async function migrateQueue(client: Client): Promise<void> {
  await runMigrations(client);
  await client.query(`GRANT USAGE ON SCHEMA bullmq TO ${applicationRole}`);
  for (const kind of ['TABLES', 'SEQUENCES', 'FUNCTIONS']) {
    await client.query(`GRANT ALL ON ALL ${kind} IN SCHEMA bullmq TO ${applicationRole}`);
  }
}

/** Brings the database up to date and returns the URL the processes connect with. Safe to run twice, or by two at once. */
export async function migrateDatabase(options: MigrateOptions): Promise<{ appUrl: string }> {
  const client = new Client({ connectionString: options.ownerUrl });
  await client.connect();
  try {
    await client.query("SELECT pg_advisory_lock(hashtext('picketfence-migrate'))");
    await ensureApplicationRole(client);
    await migrateTables(options.ownerUrl);
    await migrateQueue(client);
    return { appUrl: await ensureAppLogin(client, options) };
  } finally {
    await client.end();
  }
}
