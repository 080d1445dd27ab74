import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chainStart, findBrokenLink, hashOf } from '../../src/modules/audit/audit.chain.js';
import { asLogin, auditChain, createTestDatabase, type TestDatabase } from '../support/databases.js';
import { ServiceProcess } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

/** Real workers, of which one is killed between the line in the file and its event in the database. */
const testMsMax = 180_000;
const waitMsMax = 60_000;
const sweepMs = 200;

const first = hashOf({
  ...{ sequence: '1', at: '2026-01-05T09:30:00.000Z', actorId: null, actorKind: 'system' },
  ...{ action: 'test-event', subjectType: 'Request', subjectId: null, outcome: 'done', details: {} },
  previousHash: chainStart,
});

let home: string;
let database: TestDatabase;
let workers: ServiceProcess[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'picketfence-signers-'));
  database = await createTestDatabase(home);
  const environment = {
    PATH: process.env['PATH'],
    PICKETFENCE_HOME: home,
    PICKETFENCE_SWEEP_MS: String(sweepMs),
    DATABASE_APP_URL: database.appUrl,
  };
  workers = ['one', 'two'].map(
    (name) => new ServiceProcess('worker', environment, join(home, `${name}.log`)),
  );
  await asLogin(
    database.appUrl,
    `INSERT INTO audit_event VALUES (1, '2026-01-05T09:30:00Z', NULL, 'system', 'test-event', 'Request', NULL, 'done',
       '{}', repeat('0', 64), $1)`,
    [first],
  );
}, testMsMax);
afterEach(async () => {
  await Promise.all(workers.map((worker) => worker.kill()));
  await database.drop();
  rmSync(home, { recursive: true, force: true });
});

const linesNow = (): string[] => {
  const file = join(home, 'audit', 'heads.jsonl');
  return existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n') : [];
};
const actionsNow = async (): Promise<string[]> => (await auditChain(database)).map(({ action }) => action);
const whole = ['test-event', 'announce-audit-key', 'sign-audit-head'];

it(
  'two workers sign a day once',
  async () => {
    for (const worker of workers) worker.start();
    await waitFor(async () => (await actionsNow()).includes('sign-audit-head'), waitMsMax);
    await sleep(10 * sweepMs);
    expect([linesNow().length, await actionsNow()]).toEqual([2, whole]);
  },
  testMsMax,
);

it(
  'a worker that is killed before it could commit leaves nothing undone and nothing twice',
  async () => {
    const holder = new pg.Client({ connectionString: database.appUrl });
    await holder.connect();
    await holder.query("SELECT pg_advisory_lock(hashtext('picketfence-audit-chain'))");
    workers[0]!.start();
    await waitFor(() => linesNow().length === 1, waitMsMax); // Its event waits for the lock.
    await workers[0]!.kill();
    await holder.end();
    expect(await actionsNow()).toEqual(['test-event']);
    workers[1]!.start();
    await waitFor(async () => (await actionsNow()).length === whole.length, waitMsMax);
    await sleep(5 * sweepMs);
    expect([linesNow().length, await actionsNow()]).toEqual([2, whole]);
    expect(findBrokenLink(await auditChain(database))).toBeNull();
  },
  testMsMax,
);
