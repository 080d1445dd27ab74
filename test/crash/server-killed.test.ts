import { mkdtempSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import * as steps from '../../src/commands/example/steps.js';
import { type Cast, exampleFile, signInAll } from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { interruptDatabase } from '../support/interrupt-database.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import * as scene from './crash-scene.js';
import { writeLargeExtract } from './large-extract.js';

/** Each restarts processes many times over, on machines with little to spare. */
const testMsMax = 300_000;

let service: Service;
let cast: Cast;
beforeEach(async () => {
  service = await startService({ env: { PICKETFENCE_JOB_LOCK_MS: '1000' } });
  cast = await signInAll(service);
}, testMsMax);
afterEach(() => service.stop());

async function restartServer(): Promise<void> {
  await service.server.kill();
  service.server.start();
  await service.untilReady();
}

const words = {
  name: 'Crash',
  description: 'For a crash.',
  citation: 'Wolberg et al. (1993)',
  licence: 'CC BY 4.0',
};

/** The eight steps, with something in between that happens before each call. */
async function release(before: () => Promise<void>): Promise<string> {
  await before();
  const source = await steps.registerSource(cast.custodian, exampleFile, words);
  await before();
  const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
  await before();
  const mechanism = await steps.registerMechanism(cast.operator, {
    generator: 'independent-marginals',
    profileId: profile.id,
  });
  await before();
  const form = { title: 'Crash', purpose: 'To see that nothing is lost.', columns: source.releasableColumns };
  const { id } = await steps.draftRequest(cast.researcher, source.id, { ...form, rows: 100 });
  await before();
  await steps.submitRequest(cast.researcher, id);
  await before();
  await steps.agreeRequest(cast.operator, id);
  await before();
  await steps.generateCandidate(cast.operator, id, { mechanismId: mechanism.id });
  await before();
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
  await before();
  await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
  await before();
  await steps.approveRequest(cast.approver, id, candidateHash ?? '');
  await before();
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  return id;
}

async function expectOneRelease(id: string): Promise<void> {
  const { database } = service;
  for (const table of ['candidate', 'evaluation', 'release']) {
    expect(await scene.countOf(database, table, id)).toBe(1);
  }
  const counts = await asOwner(
    database,
    `SELECT (SELECT count(*)::int FROM source) AS sources, (SELECT count(*)::int FROM profile) AS profiles,
       (SELECT count(*)::int FROM upload) AS uploads`,
  );
  expect(counts).toEqual([{ sources: 1, profiles: 1, uploads: 1 }]);
  // The last of them tell people of the release.
  await waitFor(
    async () => (await asOwner(database, "SELECT 1 FROM job WHERE state <> 'DONE'")).length === 0,
  );
  for (const { path } of (await steps.releaseOf(cast.researcher, id)).files)
    expect((await cast.researcher.get(path)).status).toBe(200);
  expect(await scene.brokenLinkOf(database)).toBeNull();
}

it(
  'a server killed between any two steps loses and doubles nothing',
  async () => {
    await expectOneRelease(await release(restartServer));
  },
  testMsMax,
);

it(
  'a database that goes away between any two steps, and while jobs run, loses and doubles nothing',
  async () => {
    let calls = 0;
    const id = await release(async () => {
      calls += 1;
      // Right after a job was asked for, so that it is hit on its way or at work.
      if (![2, 8, 11].includes(calls)) return;
      await interruptDatabase(service.database);
      await waitFor(() => fetch(`${service.baseUrl}/readyz`).then(({ ok }) => ok));
    });
    await expectOneRelease(id);
    expect(service.server.isRunning && service.worker.isRunning).toBe(true);
  },
  testMsMax,
);

it(
  'a worker that is told to stop gives its work to the next one within seconds',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'picketfence-stop-'));
    try {
      const extract = join(folder, 'large.csv');
      await writeLargeExtract(extract, 200_000);
      await service.worker.stop();
      service.worker.start({ PICKETFENCE_JOB_LOCK_MS: '600000' });
      const upload = await steps.openUpload(cast.custodian);
      expect((await cast.custodian.uploadFile(upload.path, extract)).ok).toBe(true);
      await waitFor(
        async () => (await scene.jobOf(service.database, 'inspect', upload.id)).state === 'RUNNING',
      );
      await service.worker.stop();
      expect(await scene.jobOf(service.database, 'inspect', upload.id)).toMatchObject({
        state: 'QUEUED',
        starts: 0,
      });
      service.worker.start({ PICKETFENCE_JOB_LOCK_MS: '600000' });
      expect((await steps.inspectedUpload(cast.custodian, upload.id)).state).toBe('INSPECTED');
      expect((await scene.jobOf(service.database, 'inspect', upload.id)).starts).toBe(1);
      expect(await scene.leftoversIn(service.home)).toEqual([]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  testMsMax,
);

const zone = (): string => join(service.home, 'objects', 'real-zone');
const objectsIn = async (): Promise<string[]> =>
  (await readdir(zone(), { recursive: true })).filter((name) => /^[0-9a-f]{2}.[0-9a-f]{64}$/.test(name));

async function expectOpenAndUsable(upload: { id: string; path: string }): Promise<void> {
  const [row] = await asOwner(service.database, 'SELECT state, content_hash FROM upload WHERE id = $1', [
    upload.id,
  ]);
  expect(row).toEqual({ state: 'OPEN', content_hash: null });
  expect(await asOwner(service.database, 'SELECT 1 FROM job')).toEqual([]);
  expect((await cast.custodian.uploadFile(upload.path, exampleFile)).ok).toBe(true);
  expect((await steps.inspectedUpload(cast.custodian, upload.id)).state).toBe('INSPECTED');
  expect(await objectsIn()).toHaveLength(1);
}

it(
  'a server killed while an extract streams in registers nothing, and what came in is cleared away',
  async () => {
    const upload = await steps.openUpload(cast.custodian);
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('age,ward\n');
      for (;;) {
        await sleep(5);
        yield Buffer.from('42,A\n'.repeat(2000));
      }
    }
    const sending = cast.custodian.upload(upload.path, endless()).catch(() => null);
    const incoming = join(zone(), 'incoming');
    await waitFor(async () => {
      const [name] = await readdir(incoming).catch(() => []);
      return name !== undefined && (await stat(join(incoming, name))).size > 100_000;
    });
    await service.server.kill();
    await sending;
    expect(await readdir(incoming)).toHaveLength(1);
    service.server.start();
    await service.untilReady();
    await service.worker.kill();
    service.worker.start();
    await waitFor(async () => (await readdir(incoming)).length === 0);
    await expectOpenAndUsable(upload);
  },
  testMsMax,
);

it(
  'a server killed between storing an extract and saying so registers nothing',
  async () => {
    const upload = await steps.openUpload(cast.custodian);
    const client = new pg.Client({ connectionString: service.database.ownerUrl });
    await client.connect();
    await client.query('BEGIN');
    await client.query('SELECT 1 FROM upload WHERE id = $1 FOR UPDATE', [upload.id]);
    const sending = cast.custodian.uploadFile(upload.path, exampleFile).catch(() => null);
    await waitFor(async () => (await objectsIn().catch(() => [])).length === 1);
    await service.server.kill();
    await client.end();
    await sending;
    service.server.start();
    await service.untilReady();
    await expectOpenAndUsable(upload);
  },
  testMsMax,
);
