import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import pg from 'pg';
import type { AuditLink } from '../../src/modules/audit/audit.chain.js';

/** Of the built program, as the tests that start processes use it. */
export const dist = join(process.cwd(), 'dist');

const migrateFile = join(dist, 'src', 'modules', 'platform', 'database', 'migrate.js');

/**
 * In a process of its own: TypeORM imports migrations by an evaluated function, which V8 shares between the test
 * files of one Jest worker, and which belongs to the first of them.
 */
async function migrate(ownerUrl: string, home: string): Promise<{ appUrl: string }> {
  const script = `const { migrateDatabase } = await import(${JSON.stringify(pathToFileURL(migrateFile).href)});
    process.stdout.write(JSON.stringify(await migrateDatabase(${JSON.stringify({ ownerUrl, home })})));`;
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', script]);
  return JSON.parse(stdout) as { appUrl: string };
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
  const { appUrl } = await migrate(ownerUrl, home);
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

export interface RecordedEvent {
  readonly action: string;
  readonly outcome: string;
  readonly actor_id: string | null;
  readonly subject_id: string | null;
  readonly details: { readonly refusal?: { readonly code: string }; readonly [fact: string]: unknown };
}

/** What the audit chain says of one subject, in order. */
export function eventsOn(database: TestDatabase, subjectId: string): Promise<RecordedEvent[]> {
  return asOwner<RecordedEvent>(
    database,
    `SELECT action, outcome, actor_id, subject_id, details FROM audit_event WHERE subject_id = $1 ORDER BY sequence`,
    [subjectId],
  );
}

/** The newest event of a kind; null when there is none. */
export async function lastEvent(database: TestDatabase, action: string): Promise<RecordedEvent | null> {
  const [event] = await asOwner<RecordedEvent>(
    database,
    `SELECT action, outcome, actor_id, subject_id, details FROM audit_event WHERE action = $1
     ORDER BY sequence DESC LIMIT 1`,
    [action],
  );
  return event ?? null;
}

interface ChainRow extends Omit<AuditLink, 'at'> {
  readonly at: Date;
}

/** The whole audit chain, as it lies in the database. */
export async function auditChain(database: TestDatabase): Promise<AuditLink[]> {
  const rows = await asOwner<ChainRow>(
    database,
    `SELECT sequence, at, actor_id AS "actorId", actor_kind AS "actorKind", action, subject_type AS "subjectType",
            subject_id AS "subjectId", outcome, details, previous_hash AS "previousHash", hash
     FROM audit_event ORDER BY sequence`,
  );
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** A row of a table as it lies there, to compare before and after. */
export async function rowOf(
  database: TestDatabase,
  table: 'request' | 'profile' | 'upload',
  id: string,
): Promise<Record<string, unknown>> {
  const [row] = await asOwner<{ row: Record<string, unknown> }>(
    database,
    `SELECT to_jsonb(found) AS row FROM ${table} found WHERE id = $1`,
    [id],
  );
  return row?.row ?? {};
}
