import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { AuditEvent } from '../../src/modules/audit/audit-event.entity.js';
import { FinalJobError, type JobContext } from '../../src/modules/platform/jobs/job-handler.js';
import { crashesMax } from '../../src/modules/platform/jobs/job-runner.js';
import { LocalObjectStore } from '../../src/modules/platform/objects/local-object-store.js';
import { RecordedZone } from '../../src/modules/platform/objects/recorded-zone.js';
import { asOwner } from '../support/databases.js';
import { waitFor } from '../support/wait-for.js';
import { JobBench, TinyHandler, untilAborted } from './job-bench.js';

let bench: JobBench;
let realZone: RecordedZone;
let models: RecordedZone;
beforeAll(async () => {
  bench = await JobBench.open();
  const zone = (name: 'real-zone' | 'models'): RecordedZone =>
    new RecordedZone(name, new LocalObjectStore(join(bench.home, name)), bench.reads);
  [realZone, models] = [zone('real-zone'), zone('models')];
  for (const content of contents) expect((await realZone.put(bytes(content))).key).toBe(keyOf(content));
  await models.put(bytes('one'));
});
afterAll(() => bench.close());

const contents = ['one', 'two'];
const running = new AbortController().signal;
const keyOf = (content: string): string => createHash('sha256').update(content).digest('hex');

async function* bytes(content: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(content));
}

/** What the chain says that the job has read, event by event. */
async function recorded(jobId: string): Promise<string[][]> {
  const where = { action: 'read-objects', subjectId: jobId };
  const events = await bench.dataSource.manager.find(AuditEvent, { where, order: { sequence: 'ASC' } });
  return events.map(({ details }) =>
    (details as { objects: { zone: string; sha256: string }[] }).objects.map(
      ({ zone, sha256 }) => `${zone} ${contents.find((content) => keyOf(content) === sha256) ?? sha256}`,
    ),
  );
}

const readOne = async (): Promise<string> => text(await realZone.open(keyOf('one')));

it('records each object once, with its zone, the purpose and whose work it was', async () => {
  const id = await bench.enqueue();
  await asOwner(
    bench.database,
    `INSERT INTO person (id, email, name, roles, password_hash, created_at)
     VALUES ('6b1f2a52-0000-4000-8000-000000000001', 'a@b.test', 'Ann', '{}', 'x', now())`,
  );
  await asOwner(
    bench.database,
    `UPDATE job SET asked_by_id = '6b1f2a52-0000-4000-8000-000000000001' WHERE id = '${id}'`,
  );
  const runner = bench.runner(
    new TinyHandler(async () => {
      expect(await realZone.isIntact(keyOf('one'))).toBe(true);
      expect(await readOne()).toBe('one');
      await realZone.localPath(keyOf('one'));
      await realZone.derivedPath(keyOf('two'), 'parquet');
      await models.open(keyOf('one')).then(text);
    }),
  );
  await runner.run(id, running);
  const [objects = [], ...more] = await recorded(id);
  expect([...objects].sort()).toEqual(['models one', 'real-zone one', 'real-zone two']);
  expect(more).toEqual([]);
  const { subjectId } = await bench.job(id);
  const [event] = await bench.dataSource.manager.findBy(AuditEvent, { subjectId: id });
  expect(event?.details).toMatchObject({
    purpose: 'generate',
    purposeId: subjectId,
    onBehalfOf: '6b1f2a52-0000-4000-8000-000000000001',
  });
});

it('records what was read by a job that fails, and once although it tries again', async () => {
  const id = await bench.enqueue();
  let attempt = 0;
  const runner = bench.runner(
    new TinyHandler(async () => {
      await readOne();
      if (++attempt === 1) throw new Error('not yet');
      await realZone.open(keyOf('two')).then(text);
    }),
  );
  expect(await runner.run(id, running)).toBe('again');
  expect(await recorded(id)).toEqual([['real-zone one']]);
  await runner.run(id, running);
  expect(await recorded(id)).toEqual([['real-zone one'], ['real-zone two']]);
});

it('records what was read by a job that is given up or cancelled', async () => {
  const givenUp = await bench.enqueue();
  const refuse = async (): Promise<void> => {
    await readOne();
    throw new FinalJobError('No.');
  };
  await bench.runner(new TinyHandler(refuse)).run(givenUp, running);
  expect(await recorded(givenUp)).toEqual([['real-zone one']]);

  const cancelled = await bench.enqueue();
  const wait = async ({ signal }: JobContext): Promise<void> => {
    await readOne();
    await untilAborted(signal);
  };
  const outcome = bench.runner(new TinyHandler(wait)).run(cancelled, running);
  await waitFor(async () => (await bench.job(cancelled)).state === 'RUNNING');
  await bench.requestCancel(cancelled);
  await outcome;
  expect((await bench.job(cancelled)).state).toBe('CANCELLED');
  expect(await recorded(cancelled)).toEqual([['real-zone one']]);
});

it('records what was read by workers that died over it, at the end of the job', async () => {
  const id = await bench.enqueue();
  await bench.reads.during(await bench.job(id), readOne);
  expect(await recorded(id)).toEqual([]);
  await asOwner(bench.database, `UPDATE job SET starts = ${crashesMax} WHERE id = '${id}'`);
  await bench.runner(new TinyHandler()).run(id, running);
  expect(await bench.job(id)).toMatchObject({ state: 'FAILED' });
  expect(await recorded(id)).toEqual([['real-zone one']]);
});

it('records in the transaction of the end: neither without the other', async () => {
  const id = await bench.enqueue();
  let isBroken = true;
  const fail = async (): Promise<void> => {
    await readOne();
    throw new FinalJobError('No.');
  };
  const beforeGivingUp = (): Promise<unknown> =>
    isBroken ? Promise.reject(new Error('the subject is locked')) : Promise.resolve();
  const runner = bench.runner(new TinyHandler(fail, beforeGivingUp));
  await expect(runner.run(id, running)).rejects.toThrow('the subject is locked');
  expect(await recorded(id)).toEqual([]);
  isBroken = false;
  await runner.run(id, running);
  expect(await recorded(id)).toEqual([['real-zone one']]);
});

it('records what a worker reads after another one has ended the job', async () => {
  const id = await bench.enqueue();
  const late = new TinyHandler(async () => {
    await bench.runner(new TinyHandler()).run(id, running);
    await readOne();
  });
  await bench.runner(late).run(id, running);
  expect(await bench.effects(id)).toEqual(['done']);
  expect(await recorded(id)).toEqual([['real-zone one']]);
});

it('has no event for a job that reads none of it', async () => {
  const id = await bench.enqueue();
  await bench.runner(new TinyHandler()).run(id, running);
  expect(await recorded(id)).toEqual([]);
});

it.each<[string, () => Promise<unknown>]>([
  ['opens', () => realZone.open(keyOf('one'))],
  ['names the file of', () => realZone.localPath(keyOf('one'))],
  ['names a file beside', () => realZone.derivedPath(keyOf('one'), 'parquet')],
  ['hashes', () => realZone.isIntact(keyOf('one'))],
])('%s nothing where no job is at work', async (_, read) => {
  await expect(read()).rejects.toThrow('are read by jobs only');
});

it('keeps what was read from being unsaid', async () => {
  for (const statement of [
    'DELETE FROM object_read',
    "UPDATE object_read SET object_key = repeat('0', 64)",
    'UPDATE object_read SET first_read_at = now()',
  ])
    await expect(bench.dataSource.query(statement)).rejects.toThrow('permission denied');
});
