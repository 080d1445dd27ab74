import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { AuditEvent } from '../../src/modules/audit/audit-event.entity.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { isTemporaryName } from '../../src/modules/platform/objects/temporary-name.js';
import { asOwner, type TestDatabase } from '../support/databases.js';
import type { Service } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

export type JobKind = 'inspect' | 'profile' | 'generate' | 'check' | 'publish';

/** When the worker is killed. All but the first are reached by holding back a statement it has to wait for. */
export const moments = [
  'at work',
  'between the work and its commit',
  'in the middle of the commit',
  'after the commit, before the queue knows',
] as const;
export type Moment = (typeof moments)[number];

const subjectTables = {
  inspect: 'upload',
  profile: 'profile',
  generate: 'request',
  check: 'request',
  publish: 'request',
} as const;

const ackLock = 4711;

interface JobRow {
  id: string;
  state: string;
  starts: number;
  progress: number;
}

export async function jobOf(database: TestDatabase, kind: JobKind, subjectId: string): Promise<JobRow> {
  const rows = await asOwner<JobRow>(
    database,
    'SELECT id, state, starts, progress FROM job WHERE kind = $1 AND subject_id = $2',
    [kind, subjectId],
  );
  const [job] = rows;
  if (!job || rows.length > 1) throw new Error(`There are ${rows.length} jobs to ${kind} ${subjectId}.`);
  return job;
}

/** Lets the queue's last word on a job wait for a lock that a test may hold. Notifications go on: no test kills those. */
export async function makeAcknowledgementWait(database: TestDatabase): Promise<void> {
  await asOwner(
    database,
    `CREATE FUNCTION wait_for_test() RETURNS trigger LANGUAGE plpgsql AS $$
       BEGIN
         IF EXISTS (SELECT 1 FROM public.job WHERE id::text = OLD.id AND kind <> 'notify') THEN
           PERFORM pg_advisory_xact_lock(${ackLock});
         END IF;
         RETURN OLD;
       END $$;
     CREATE TRIGGER wait_for_test BEFORE DELETE ON bullmq.job FOR EACH ROW EXECUTE FUNCTION wait_for_test();`,
  );
}

/** Not to be asked on the client that holds the lock: within a transaction, what this view shows stands still. */
async function isHeldBack(database: TestDatabase): Promise<boolean> {
  const waiting = await asOwner(
    database,
    "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'",
  );
  return waiting.length > 0;
}

/** Starts the worker, kills it at the moment, and leaves it dead. The job has to be there and the worker not. */
export async function killWorkerAt(
  { database, worker }: Service,
  moment: Moment,
  { kind, subjectId }: { readonly kind: JobKind; readonly subjectId: string },
): Promise<void> {
  const state = moment.startsWith('after') ? 'DONE' : 'RUNNING';
  const client = new pg.Client({ connectionString: database.ownerUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    if (moment === 'between the work and its commit')
      await client.query(`SELECT 1 FROM ${subjectTables[kind]} WHERE id = $1 FOR UPDATE`, [subjectId]);
    if (moment === 'in the middle of the commit')
      await client.query("SELECT pg_advisory_xact_lock(hashtext('picketfence-audit-chain'))");
    if (moment === 'after the commit, before the queue knows')
      await client.query('SELECT pg_advisory_xact_lock($1)', [ackLock]);
    worker.start();
    const isInState = async (): Promise<boolean> => (await jobOf(database, kind, subjectId)).state === state;
    await waitFor(async () => (await isInState()) && (moment === 'at work' || (await isHeldBack(database))));
    await worker.kill();
    expect(await isInState()).toBe(true);
  } finally {
    await client.end();
  }
}

/** The first broken link of the chain, or null. */
export async function brokenLinkOf(database: TestDatabase): Promise<unknown> {
  const rows = await asOwner<Record<string, unknown>>(
    database,
    `SELECT sequence, at, actor_id AS "actorId", actor_kind AS "actorKind", action, subject_type AS "subjectType",
       subject_id AS "subjectId", outcome, details, previous_hash AS "previousHash", hash
     FROM audit_event ORDER BY sequence`,
  );
  expect(rows.length).toBeGreaterThan(0);
  return findBrokenLink(rows.map((row) => Object.assign(new AuditEvent(), row).toLink()));
}

/** Everything below the data folder that a dead process has left unfinished. */
export async function leftoversIn(home: string): Promise<string[]> {
  const names = await readdir(home, { recursive: true });
  const scratch = await readdir(join(home, 'scratch')).catch(() => []);
  return [...names.filter(isTemporaryName), ...scratch];
}

export async function countOf(
  database: TestDatabase,
  table: string,
  requestId: string,
): Promise<number | undefined> {
  const statement = `SELECT count(*)::int AS rows FROM ${table} WHERE request_id = $1`;
  const [row] = await asOwner<{ rows: number }>(database, statement, [requestId]);
  return row?.rows;
}

/** How often the chain says that something was done to a subject. */
export async function doneCount(database: TestDatabase, action: string, subjectId: string): Promise<number> {
  const rows = await asOwner(
    database,
    "SELECT 1 FROM audit_event WHERE action = $1 AND subject_id = $2 AND outcome = 'done'",
    [action, subjectId],
  );
  return rows.length;
}
