import pg from 'pg';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { createLink, listedReleases } from '../support/access-steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  endorsedRequest,
  type Prepared,
  prepareSource,
  publishRequest,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { topicsOn } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';

const setUpMsMax = 180_000;

let service: Service;
let cast: Cast;
let prepared: Prepared;
let second: Somebody;
let third: Somebody;
let released: Awaited<ReturnType<typeof releasedRequest>>;
let path: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  second = await addPerson(service, ['ig-approver']);
  third = await addPerson(service, ['ig-approver']);
  released = await releasedRequest(cast, prepared);
  path = released.release.files[0]?.path ?? '';
}, setUpMsMax);
afterAll(() => service.stop());

interface FreezeAnswer {
  readonly id: string;
  readonly reason: string;
  readonly thawAskedAt: string | null;
  readonly thawedAt: string | null;
}

const fields = 'id reason thawAskedAt thawedAt';
const command = (person: ApiClient, mutation: 'freezeAll' | 'thawAll'): Promise<FreezeAnswer> =>
  person.call(
    `mutation ($reason: String!) {
       ${mutation}(reason: $reason) { __typename ... on Freeze { ${fields} } ${refusalFields} }
     }`,
    { reason: 'For the sake of this story.' },
  );
const inForce = (person: ApiClient): Promise<FreezeAnswer | null> => person.call(`{ freeze { ${fields} } }`);

async function statusOf(person: ApiClient, address: string): Promise<number> {
  const response = await person.get(address);
  await response.arrayBuffer();
  return response.status;
}

async function lastEvent(id: string, action: string): Promise<unknown> {
  const found = (await eventsOn(service.database, id)).filter((event) => event.action === action).at(-1);
  return found && { outcome: found.outcome, code: found.details.refusal?.code ?? null };
}

const generate = (id: string): Promise<unknown> =>
  steps.generateCandidate(cast.operator, id, {
    ...{ mechanismId: prepared.mechanismId, seed: null, reason: 'The first one was stopped.' },
  });

it(
  'whatever is about to go on while a freeze is committed waits for it, and sees it',
  async () => {
    const asked = await agreedRequest(cast, prepared);
    const waiting = await endorsedRequest(cast, prepared);
    await service.worker.kill();
    await steps.generateCandidate(cast.operator, asked, { mechanismId: prepared.mechanismId, seed: null });
    await steps.approveRequest(cast.approver, waiting.id, waiting.candidateHash);
    const owner = new pg.Client({ connectionString: service.database.ownerUrl });
    await owner.connect();
    await owner.query('BEGIN');
    await owner.query(`SELECT pg_advisory_xact_lock(hashtext('picketfence-freeze'))`);
    await owner.query(
      `INSERT INTO general_freeze (reason, frozen_by_id, frozen_at)
     SELECT 'A story.', id, now() FROM person WHERE email = 'approver@demo.example'`,
    );
    service.worker.start();
    const download = statusOf(cast.researcher, path);
    const waiters = (): Promise<unknown[]> =>
      asOwner(
        service.database,
        `SELECT 1 FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
       WHERE locktype = 'advisory' AND mode = 'ShareLock' AND NOT granted AND datname = current_database()`,
      );
    await waitFor(async () => (await waiters()).length === 3, setUpMsMax);
    await owner.query('COMMIT');
    await owner.end();
    expect(await download).toBe(409);
    expect((await steps.requestIn(cast.operator, asked, ['AGREED', 'EVALUATING', 'BLOCKED'])).state).toBe(
      'AGREED',
    );
    await waitFor(async () => (await lastEvent(waiting.id, 'publish-request')) !== undefined);
    expect(await lastEvent(waiting.id, 'publish-request')).toEqual({ outcome: 'refused', code: 'FROZEN' });
    expect((await steps.requestIn(cast.approver, waiting.id, ['APPROVED', 'PUBLISHED'])).state).toBe(
      'APPROVED',
    );
    for (const { client } of [second, third]) await command(client, 'thawAll');
    await publishRequest(cast.operator, waiting.id);
    await steps.requestIn(cast.researcher, waiting.id, ['PUBLISHED']);
  },
  setUpMsMax,
);

it(
  'one person of information governance freezes everything, and everybody is told',
  async () => {
    const asked = await agreedRequest(cast, prepared);
    const begun = await agreedRequest(cast, prepared);
    const waiting = await endorsedRequest(cast, prepared);
    const link = await createLink(
      cast.researcher,
      released.release.id,
      released.release.files[0]?.name ?? '',
    );
    await service.worker.kill();
    await generate(begun);
    const administrator = await addPerson(service, ['administrator']);
    for (const person of [administrator.client, cast.operator, cast.evaluator, cast.researcher, cast.auditor])
      expect((await refusalOf(command(person, 'freezeAll'))).code).toBe('NOT_PERMITTED');
    expect(await inForce(cast.outsider)).toBeNull();

    const freeze = await command(cast.approver, 'freezeAll');
    service.worker.start();
    expect(await inForce(cast.outsider)).toMatchObject({
      id: freeze.id,
      reason: freeze.reason,
      thawedAt: null,
    });
    expect((await refusalOf(command(second.client, 'freezeAll'))).code).toBe('WRONG_STATE');
    for (const person of [cast.outsider, cast.custodian, second.client])
      expect(await topicsOn(person, freeze.id)).toEqual(['frozen']);
    expect(await lastEvent(freeze.id, 'freeze-all')).toEqual({ outcome: 'done', code: null });

    const { id: releaseId } = released.release;
    for (const address of [path, link]) expect(await statusOf(cast.researcher, address)).toBe(409);
    expect(await statusOf(cast.researcher, `/releases/${releaseId}/fhir/metadata`)).toBe(403);
    expect(await listedReleases(cast.researcher)).toEqual([]);
    expect((await refusalOf(createLink(cast.researcher, releaseId, 'data.csv'))).code).toBe('FROZEN');
    expect((await refusalOf(generate(asked))).code).toBe('FROZEN');
    await steps.approveRequest(cast.approver, waiting.id, waiting.candidateHash);
    await waitFor(async () => (await lastEvent(waiting.id, 'publish-request')) !== undefined);
    expect((await refusalOf(publishRequest(cast.operator, waiting.id))).code).toBe('FROZEN');
    await steps.requestIn(cast.operator, begun, ['AGREED']);
  },
  setUpMsMax,
);

it('two others end it, who are two people', async () => {
  const { id } = (await inForce(cast.outsider))!;
  expect((await refusalOf(command(cast.approver, 'thawAll'))).code).toBe('OWN_SUSPENSION');
  expect((await refusalOf(command(cast.evaluator, 'thawAll'))).code).toBe('NOT_PERMITTED');
  expect(await command(second.client, 'thawAll')).toMatchObject({ thawedAt: null });
  expect((await refusalOf(command(second.client, 'thawAll'))).code).toBe('ALREADY_DECIDED');
  expect((await refusalOf(command(cast.approver, 'thawAll'))).code).toBe('OWN_SUSPENSION');
  expect(await statusOf(cast.researcher, path)).toBe(409);
  expect(await topicsOn(third.client, id)).toEqual(['frozen', 'to-thaw']);
  const bySelf = `UPDATE general_freeze SET thawed_by_id = $2, thawed_at = now() WHERE id = $1`;
  await expect(asOwner(service.database, bySelf, [id, second.id])).rejects.toThrow(
    'freeze_ended_by_two_others',
  );
  expect((await command(third.client, 'thawAll')).thawedAt).not.toBeNull();
  expect(await inForce(cast.outsider)).toBeNull();
  expect(await statusOf(cast.researcher, path)).toBe(200);
  expect(await topicsOn(cast.outsider, id)).toEqual(['frozen', 'thawed']);
  expect((await refusalOf(command(third.client, 'thawAll'))).code).toBe('WRONG_STATE');
});

it('the login of the program takes no freeze off the record', async () => {
  const application = new pg.Client({ connectionString: service.database.appUrl });
  await application.connect();
  for (const sql of [
    'DELETE FROM general_freeze',
    "UPDATE general_freeze SET reason = 'None.'",
    'UPDATE general_freeze SET frozen_by_id = thawed_by_id',
  ])
    await expect(application.query(sql)).rejects.toThrow('permission denied');
  await application.end();
});
