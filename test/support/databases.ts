import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import pg from 'pg';

/** Of the built program, as the tests that start processes use it. */
export const dist = join(process.cwd(), 'dist');

interface Migrations {
  migrateDatabase(options: {
    ownerUrl: string;
    appUrl: undefined;
    home: string;
  }): Promise<{ appUrl: string }>;
}

export interface TestDatabase {
  /** A login that owns everything, for looking behind the service. */
  readonly ownerUrl: string;
  /** The login of the processes. */
  readonly appUrl: string;
  drop(): Promise<void>;
}

function serverUrl(): string {
  const url = process.env['PICKETFENCE_TEST_DATABASE_URL'];
  if (url === undefined) throw new Error('There is no test database: run the tests with "npm test".');
  return url;
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** A database of its own, migrated; `home` keeps the password of its login. */
export async function createTestDatabase(home: string): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  await onServer(`CREATE DATABASE ${name}`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  const ownerUrl = url.toString();
  const file = join(dist, 'src', 'modules', 'platform', 'database', 'migrate.js');
  const { migrateDatabase } = (await import(pathToFileURL(file).href)) as Migrations;
  const { appUrl } = await migrateDatabase({ ownerUrl, appUrl: undefined, home });
  return {
    ownerUrl,
    appUrl,
    drop: async () => {
      await onServer(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      await onServer(`DROP ROLE IF EXISTS ${name}_app`);
    },
  };
}

/** One statement as the owner: to look behind the service, or to tamper. */
export async function asOwner<Row extends pg.QueryResultRow>(
  database: TestDatabase,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  return asLogin(database.ownerUrl, statement, parameters);
}

export async function asLogin<Row extends pg.QueryResultRow>(
  url: string,
  statement: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, parameters)).rows;
  } finally {
    await client.end();
  }
}
