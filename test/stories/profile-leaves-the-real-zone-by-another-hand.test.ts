import { Readable } from 'node:stream';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  exampleFile,
  expectRefusedAndRecorded,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asLogin, asOwner, eventsOn, lastEvent, rowOf } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
});
afterAll(() => service.stop());

const words = { description: 'For a story.', citation: 'None.', licence: 'CC0' };

/** A source of the given rows, its types confirmed as `types` says where they are named. */
async function sourceOf(
  custodian: ApiClient,
  csv: string,
  types: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { id: uploadId, path } = await steps.openUpload(custodian);
  const response = await custodian.upload(path, Readable.from([Buffer.from(csv)]));
  expect(response.status).toBe(200);
  const { proposal } = await steps.inspectedUpload(custodian, uploadId);
  const columns = proposal?.map((column) => ({ ...column, type: types[column.name] ?? column.type }));
  const { id } = await custodian.call<{ id: string }>(
    `mutation ($input: RegisterSourceInput!) {
       registerSource(input: $input) { __typename ... on Source { id } ${refusalFields} } }`,
    { input: { uploadId, name: `Rows ${uploadId}`, ...words, columns } },
  );
  return id;
}

const sign = (person: ApiClient, id: string, hash: string): Promise<{ state: string }> =>
  person.call(
    `mutation ($id: ID!, $hash: String!) {
       signProfile(id: $id, hash: $hash) { __typename ... on Profile { state } ${refusalFields} } }`,
    { id, hash },
  );

const rows = (count: number): string =>
  `age,sex\n${Array.from({ length: count }, (_, row) => `${20 + (row % 40)},${row % 2 ? 'F' : 'M'}`).join('\n')}\n`;

async function readyProfile(custodian: ApiClient): Promise<{ id: string; hash: string }> {
  const { id } = await steps.requestProfile(custodian, await sourceOf(custodian, rows(400)));
  const { state, hash } = await steps.finishedProfile(cast.approver, id);
  expect(state).toBe('READY');
  return { id, hash: hash ?? '' };
}

describe('a profile', () => {
  it('is not signed by the person who asked for it, whatever the roles', async () => {
    const both = await addPerson(service, ['custodian', 'ig-approver']);
    const { id, hash } = await readyProfile(both.client);
    const before = await rowOf(service.database, 'profile', id);
    expect((await refusalOf(sign(both.client, id, hash))).code).toBe('OWN_REQUEST');
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
      actor_id: both.id,
      action: 'sign-profile',
      outcome: 'refused',
      details: { refusal: { code: 'OWN_REQUEST' } },
    });
    expect(await rowOf(service.database, 'profile', id)).toEqual(before);
    const forced = `UPDATE profile SET state = 'SIGNED', signed_by_id = requested_by_id WHERE id = $1`;
    await expect(asLogin(service.database.appUrl, forced, [id])).rejects.toThrow(/check constraint/);
    expect(await sign(cast.approver, id, hash)).toMatchObject({ state: 'SIGNED' });
  });

  it('is not signed by a hash that is not its own, nor twice, nor under another policy', async () => {
    const { id, hash } = await readyProfile(cast.custodian);
    const refused = async (code: string, given: string): Promise<void> => {
      expect((await refusalOf(sign(cast.approver, id, given))).code).toBe(code);
      expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
        action: 'sign-profile',
        outcome: 'refused',
        details: { refusal: { code } },
      });
    };
    await refused('CANDIDATE_CHANGED', 'f'.repeat(64));
    await refused('CANDIDATE_CHANGED', '');
    const policy = (change: string): Promise<unknown[]> =>
      asOwner(service.database, `UPDATE profile SET policy_hash = ${change} WHERE id = $1`, [id]);
    await policy("'x' || policy_hash");
    await refused('STALE_POLICY', hash);
    await policy('substr(policy_hash, 2)');
    await sign(cast.approver, id, hash);
    await refused('WRONG_STATE', hash);
  });

  it('makes no mechanism before it is signed', async () => {
    const { id } = await readyProfile(cast.custodian);
    expect(
      (
        await refusalOf(
          steps.registerMechanism(cast.operator, { generator: 'independent-marginals', profileId: id }),
        )
      ).code,
    ).toBe('PROFILE_NOT_SIGNED');
    expect(await lastEvent(service.database, 'register-mechanism')).toMatchObject({
      outcome: 'refused',
      details: { profile: id, refusal: { code: 'PROFILE_NOT_SIGNED' } },
    });
  });

  it('fails where a value is not of the confirmed type, and names the place but not the value', async () => {
    const csv = `${rows(30)}ninety-seven,F\n`;
    const sourceId = await sourceOf(cast.custodian, csv, { age: 'integer' });
    const { id } = await steps.requestProfile(cast.custodian, sourceId);
    const { state, problem } = await steps.finishedProfile(cast.custodian, id);
    expect(state).toBe('FAILED');
    expect(problem).toContain('Column "age", line 32');
    const said = JSON.stringify([problem, await eventsOn(service.database, id)]);
    expect(said + service.worker.log() + service.server.log()).not.toContain('ninety-seven');
    expect((await refusalOf(sign(cast.approver, id, 'f'.repeat(64)))).code).toBe('WRONG_STATE');
  });
});

describe('a mechanism', () => {
  it('makes no candidate of another source', async () => {
    const [one, { id: profileId }] = [await prepareSource(cast), await readyProfile(cast.custodian)];
    const [{ hash } = { hash: '' }] = await asOwner<{ hash: string }>(
      service.database,
      'SELECT hash FROM profile WHERE id = $1',
      [profileId],
    );
    await sign(cast.approver, profileId, hash);
    const { id: mechanismId } = await steps.registerMechanism(cast.operator, {
      generator: 'independent-marginals',
      profileId,
    });
    const id = await agreedRequest(cast, one);
    const attempt = { requestId: id, command: 'generate', code: 'MECHANISM_MISMATCH' };
    await expectRefusedAndRecorded(service, attempt, () =>
      steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'x' }),
    );
  });

  it('makes no candidate for a use it is not permitted for, nor from a profile changed after signing', async () => {
    const prepared = await prepareSource(cast);
    const { mechanismId } = prepared;
    const other = await agreedRequest(cast, prepared);
    await asOwner(service.database, "UPDATE request SET use_case = 'SOFTWARE_TESTING' WHERE id = $1", [
      other,
    ]);
    const choice = { mechanismId, seed: 'x' };
    const attempt = { requestId: other, command: 'generate', code: 'MECHANISM_MISMATCH' };
    await expectRefusedAndRecorded(service, attempt, () =>
      steps.generateCandidate(cast.operator, other, choice),
    );
    const id = await agreedRequest(cast, prepared);
    await asOwner(
      service.database,
      `UPDATE profile SET content = jsonb_set(content, '{columns,0,count}', '1')
       WHERE id = (SELECT profile_id FROM mechanism WHERE id = $1)`,
      [mechanismId],
    );
    await steps.generateCandidate(cast.operator, id, choice);
    await steps.until(
      async () => (await eventsOn(service.database, id)).at(-1)?.action,
      (action) => action === 'generation-failed-request',
    );
    expect(await rowOf(service.database, 'request', id)).toMatchObject({
      state: 'AGREED',
      candidate_hash: null,
    });
  });

  it('of the same bytes under another name serves the source it was registered for', async () => {
    const first = await prepareSource(cast, exampleFile);
    const second = await prepareSource(cast, exampleFile);
    for (const { mechanismId, ...source } of [first, second]) {
      const id = await agreedRequest(cast, { ...source, mechanismId });
      await steps.generateCandidate(cast.operator, id, { mechanismId });
    }
    // The two mechanisms are equal, so that rows by the same seed would be as well.
    const seeds = [first, second].map(async (prepared) => {
      const id = await agreedRequest(cast, prepared);
      const choice = { mechanismId: prepared.mechanismId, seed: 'same' };
      return steps.generateCandidate(cast.operator, id, choice);
    });
    const answers = await Promise.allSettled(seeds);
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });
});
