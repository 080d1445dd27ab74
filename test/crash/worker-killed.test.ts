import { readdir, rm } from 'node:fs/promises';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import { agreedRequest, type Cast, endorsedRequest, type Prepared, signInAll } from '../support/cast.js';
import { asOwner } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import * as scene from './crash-scene.js';
import { writeLargeExtract } from './large-extract.js';

const rows = 100_000;

/** Each restarts processes over a large extract, on machines with little to spare. */
const testMsMax = 300_000;
const waitMsMax = 120_000;

let service: Service;
let cast: Cast;
let folder: string;
let extract: string;
let prepared: Prepared;

/** One job at a time, so that the next step of a request waits while the queue is kept from hearing of the last. */
const env = { PICKETFENCE_JOB_LOCK_MS: '1000', PICKETFENCE_WORKER_CONCURRENCY: '1' };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'picketfence-crash-'));
  extract = join(folder, 'large.csv');
  await writeLargeExtract(extract, rows);
  service = await startService({ env });
  await scene.makeAcknowledgementWait(service.database);
  cast = await signInAll(service);
  const source = await registerLarge('Admissions');
  const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
  const mechanism = await steps.registerMechanism(cast.operator, {
    generator: 'independent-marginals',
    profileId: profile.id,
  });
  prepared = { sourceId: source.id, columns: source.releasableColumns, mechanismId: mechanism.id };
}, testMsMax);
afterAll(async () => {
  await service.stop();
  await rm(folder, { recursive: true, force: true });
});

function registerLarge(name: string): ReturnType<typeof steps.registerSource> {
  const words = { description: 'Made up.', citation: 'None', licence: 'CC0' };
  return steps.registerSource(cast.custodian, extract, { name, ...words });
}

/** Kills the worker at the moment, starts another, and waits until nothing is left to do for the subject. */
async function killAndRestart(
  moment: scene.Moment,
  job: { readonly kind: scene.JobKind; readonly subjectId: string },
): Promise<void> {
  await scene.killWorkerAt(service, moment, job);
  service.worker.start();
  const { database } = service;
  const isDone = async (): Promise<boolean> =>
    (await scene.jobOf(database, job.kind, job.subjectId)).state === 'DONE';
  await waitFor(isDone, waitMsMax);
  const { starts } = await scene.jobOf(database, job.kind, job.subjectId);
  expect(starts).toBe(moment.startsWith('after') ? 1 : 2);
  expect(await scene.brokenLinkOf(database)).toBeNull();
}

async function expectNothingLeft(): Promise<void> {
  await waitFor(async () => (await scene.leftoversIn(service.home)).length === 0);
}

/** A request whose candidate is about to be generated, and no worker to do it. */
async function requestToGenerate(): Promise<string> {
  const id = await agreedRequest(cast, prepared, { rows });
  await service.worker.kill();
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId });
  return id;
}

describe.each(scene.moments)('a worker killed %s', (moment) => {
  it(
    'inspects an upload once',
    async () => {
      const upload = await steps.openUpload(cast.custodian);
      await service.worker.kill();
      expect((await cast.custodian.uploadFile(upload.path, extract)).ok).toBe(true);
      await killAndRestart(moment, { kind: 'inspect', subjectId: upload.id });
      const { state, proposal } = await steps.inspectedUpload(cast.custodian, upload.id);
      expect(state).toBe('INSPECTED');
      expect(proposal).toHaveLength(6);
      expect(await scene.doneCount(service.database, 'inspect-upload', upload.id)).toBe(1);
      await expectNothingLeft();
    },
    testMsMax,
  );

  it(
    'builds a profile once',
    async () => {
      await service.worker.kill();
      const { id } = await steps.requestProfile(cast.custodian, prepared.sourceId);
      await killAndRestart(moment, { kind: 'profile', subjectId: id });
      expect((await steps.finishedProfile(cast.approver, id)).state).toBe('READY');
      expect(await scene.doneCount(service.database, 'build-profile', id)).toBe(1);
      await expectNothingLeft();
    },
    testMsMax,
  );

  it(
    'generates a candidate once',
    async () => {
      const id = await requestToGenerate();
      await killAndRestart(moment, { kind: 'generate', subjectId: id });
      await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
      expect(await scene.countOf(service.database, 'candidate', id)).toBe(1);
      expect(await scene.countOf(service.database, 'evaluation', id)).toBe(1);
      expect(await scene.doneCount(service.database, 'generated-request', id)).toBe(1);
      await expectNothingLeft();
    },
    testMsMax,
  );

  it(
    'checks a candidate once',
    async () => {
      const id = await requestToGenerate();
      // Killed before the queue hears of the generation: the check is asked for and not begun.
      await scene.killWorkerAt(service, 'after the commit, before the queue knows', {
        kind: 'generate',
        subjectId: id,
      });
      await killAndRestart(moment, { kind: 'check', subjectId: id });
      await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
      expect(await scene.countOf(service.database, 'evaluation', id)).toBe(1);
      expect(await scene.doneCount(service.database, 'checks-complete-request', id)).toBe(1);
      await expectNothingLeft();
    },
    testMsMax,
  );

  it(
    'publishes a release once, and whole',
    async () => {
      const { id, candidateHash } = await endorsedRequest(cast, prepared);
      await service.worker.kill();
      await steps.approveRequest(cast.approver, id, candidateHash);
      await killAndRestart(moment, { kind: 'publish', subjectId: id });
      await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
      expect(await scene.countOf(service.database, 'release', id)).toBe(1);
      expect(await scene.doneCount(service.database, 'publish-request', id)).toBe(1);
      const { files } = await steps.releaseOf(cast.researcher, id);
      for (const { path } of files) expect((await cast.researcher.get(path)).status).toBe(200);
      const folders = await readdir(join(service.home, 'objects', 'release'));
      const releases = await asOwner<{ folder: string }>(service.database, 'SELECT folder FROM release');
      expect(folders.sort()).toEqual(releases.map(({ folder }) => folder).sort());
      await expectNothingLeft();
    },
    testMsMax,
  );
});
