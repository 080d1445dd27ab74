import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../src/commands/example/steps.js';
import {
  activeGrant,
  applyForAccess,
  approveAccess,
  confirmedApplication,
  createLink,
  type GrantAnswer,
  grantCommand,
  grantCommandInWords,
  grantOf,
  highRelease,
  type HighRelease,
  lettersTo,
  licenceOf,
  take,
  training,
  withChecksOfHigh,
} from '../support/access-steps.js';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import {
  addPerson,
  type Cast,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { overrule, reauditRelease, recallRelease } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let second: Somebody;
let original: Awaited<ReturnType<typeof releasedRequest>>;
let high: HighRelease;
let holder: Somebody;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  second = await addPerson(service, ['ig-approver']);
  original = await releasedRequest(cast, await prepareSource(cast));
});
beforeEach(async () => {
  high = await highRelease(service, original);
  holder = await addPerson(service, ['researcher']);
});
afterAll(() => service.stop());

const given = (): Promise<GrantAnswer> =>
  activeGrant(service, { cast, applicant: holder.client, releaseId: high.releaseId });
const link = (): Promise<string> => createLink(holder.client, high.releaseId, high.files[0] ?? '');
const refusedLink = async (): Promise<string> => (await refusalOf(link())).code;
const change = (id: string, sql: string): Promise<unknown> =>
  asOwner(service.database, `UPDATE access_grant SET ${sql} WHERE id = $1`, [id]);
const reaches = (id: string, state: string): Promise<GrantAnswer> =>
  until(
    () => grantOf(cast.approver, id),
    (grant) => grant.state === state,
  );

async function addressOf(id: string): Promise<string> {
  const { institutionalEmail } = await holder.client.call<{ institutionalEmail: string }>(
    'query ($id: ID!) { accessGrant(id: $id) { institutionalEmail } }',
    { id },
  );
  return institutionalEmail;
}

const letters = async (id: string, count: number): Promise<string[]> => {
  const address = await addressOf(id);
  const found = await until(
    () => Promise.resolve(lettersTo(service, address)),
    (all) => all.length >= count,
  );
  return found.map(({ subject }) => subject);
};

describe('an access', () => {
  it('ends at its end, is told of it before, and its note is asked for until it is there', async () => {
    const { id } = await given();
    await change(id, `ends_at = now() + interval '29 days'`);
    expect(await letters(id, 1)).toEqual(['Your access ends soon']);
    await change(id, `ends_at = now() - interval '1 second'`);
    expect(['GRANT_ENDED', 'NO_GRANT']).toContain(await refusedLink());
    await reaches(id, 'EXPIRED');
    await change(id, `note_due_at = now() - interval '1 second'`);
    expect((await letters(id, 2)).at(-1)).toBe('A note on the use of your data is overdue');
    await change(id, `note_reminded_at = note_reminded_at - interval '14 days'`);
    expect(await letters(id, 3)).toHaveLength(3);
    await grantCommandInWords(holder.client, 'writeEndNote', id);
    await grantCommandInWords(holder.client, 'confirmFilesDestroyed', id);
    expect((await grantCommand(holder.client, 'closeAccess', id)).state).toBe('CLOSED');
    const recorded = await eventsOn(service.database, id);
    expect(recorded.filter(({ action }) => action === 'expire-access')).toHaveLength(1);
    expect(recorded.filter(({ action }) => action === 'remind-grant-holder')).toHaveLength(3);
  });

  it('stops with the training, and goes on with a new certificate that information governance accepts', async () => {
    await given();
    expect(await take(holder.client, await link())).toEqual({ status: 200 });
    await asOwner(service.database, `UPDATE training SET expires_at = now() WHERE person_id = $1`, [
      holder.id,
    ]);
    expect(await refusedLink()).toBe('TRAINING_NOT_VALID');
    const { id } = await holder.client.call<{ id: string }>(
      `mutation ($input: TrainingInput!) { submitTraining(input: $input) { __typename ... on Training { id } ${refusalFields} } }`,
      { input: training },
    );
    expect(await refusedLink()).toBe('TRAINING_NOT_VALID');
    const decide = (person: ApiClient, isAccepted: boolean): Promise<unknown> =>
      person.call(
        `mutation ($id: ID!, $isAccepted: Boolean!) {
           decideTraining(id: $id, isAccepted: $isAccepted) { __typename ... on Training { id } ${refusalFields} }
         }`,
        { id, isAccepted },
      );
    expect((await refusalOf(decide(holder.client, true))).code).toBe('NOT_PERMITTED');
    await decide(cast.approver, true);
    expect(await take(holder.client, await link())).toEqual({ status: 200 });
    await decide(cast.approver, false);
    expect(await refusedLink()).toBe('TRAINING_NOT_VALID');
  });

  it('is suspended with its release and comes back with it, unless it was stopped on its own', async () => {
    const { id } = await given();
    const other = await activeGrant(service, { cast, applicant: cast.outsider, releaseId: high.releaseId });
    await grantCommandInWords(cast.approver, 'suspendAccess', other.id);
    await overrule(cast.evaluator, 'suspendRelease', high.requestId);
    expect(await grantOf(cast.approver, id)).toMatchObject({
      state: 'SUSPENDED',
      suspensionCause: 'RELEASE',
    });
    const early = await refusalOf(grantCommandInWords(second.client, 'resumeAccess', id));
    expect(early.code).toBe('WRONG_STATE');
    await reaudited();
    await overrule(cast.approver, 'reinstateRelease', high.requestId);
    await overrule(second.client, 'reinstateRelease', high.requestId);
    expect(await grantOf(cast.approver, id)).toMatchObject({ state: 'ACTIVE', suspensionCause: null });
    expect(await take(holder.client, await link())).toEqual({ status: 200 });
    expect((await grantOf(cast.approver, other.id)).state).toBe('SUSPENDED');
  });

  it('ends with the recall of its release, and whoever still waits for one is told no', async () => {
    const { id } = await given();
    const waiting = await applyForAccess(cast.outsider, high.releaseId);
    expect((await recallRelease(cast.approver, high.requestId)).state).toBe('REVOKED');
    expect((await grantOf(cast.approver, id)).state).toBe('REVOKED');
    expect(await grantOf(cast.outsider, waiting.id)).toMatchObject({
      state: 'DECLINED',
      declineReason: 'RELEASE_ENDED',
    });
    expect(await refusedLink()).toBe('NOT_PERMITTED');
  });

  it('comes back after a suspension by another person than suspended it', async () => {
    const { id } = await given();
    await grantCommandInWords(cast.approver, 'suspendAccess', id);
    expect(await refusedLink()).toBe('NO_GRANT');
    const own = await refusalOf(grantCommandInWords(cast.approver, 'resumeAccess', id));
    expect(own.code).toBe('OWN_SUSPENSION');
    expect((await grantCommandInWords(second.client, 'resumeAccess', id)).state).toBe('ACTIVE');
  });

  /** The re-audit runs the checks of the tier that the files were made for. */
  async function reaudited(): Promise<void> {
    const asTier = (tier: string): Promise<unknown> =>
      asOwner(service.database, 'UPDATE request SET tier = $2 WHERE id = $1', [high.requestId, tier]);
    const count = async (): Promise<number> =>
      (await asOwner(service.database, 'SELECT 1 FROM evaluation WHERE request_id = $1', [high.requestId]))
        .length;
    // A release that was made by copying has no work behind it yet.
    await asOwner(
      service.database,
      `INSERT INTO job SELECT (jsonb_populate_record(found, jsonb_build_object('id', gen_random_uuid(), 'subject_id', $1::text))).*
       FROM job found WHERE subject_id = $2`,
      [high.requestId, original.id],
    );
    await asTier('LOW');
    const before = await count();
    await reauditRelease(cast.evaluator, high.requestId);
    await until(count, (now) => now > before);
    await asTier('HIGH');
    await withChecksOfHigh(service, high.requestId);
  }
});

it('an application whose referee is silent lapses', async () => {
  const { id } = await applyForAccess(holder.client, high.releaseId);
  await change(id, `applied_at = applied_at - interval '28 days'`);
  expect(await reaches(id, 'DECLINED')).toMatchObject({ declineReason: 'REFEREE_SILENT' });
});

it('a person who is blocked loses all access at once, and gets it back grant by grant from other people', async () => {
  const { id } = await given();
  const asked = await highRelease(service, original);
  const open = await confirmedApplication(service, holder.client, asked.releaseId);
  const sanction = (person: ApiClient, mutation: 'blockPerson' | 'liftBlock'): Promise<unknown> =>
    person.call(
      `mutation ($personId: ID!, $reason: String!) {
         ${mutation}(personId: $personId, reason: $reason) { __typename ... on AccessBlock { id } ${refusalFields} }
       }`,
      { personId: holder.id, reason: 'The files were passed on to a colleague.' },
    );
  expect((await refusalOf(sanction(cast.evaluator, 'blockPerson'))).code).toBe('NOT_PERMITTED');
  await sanction(cast.approver, 'blockPerson');
  expect(await refusedLink()).toBe('PERSON_BLOCKED');
  expect(await grantOf(cast.approver, id)).toMatchObject({ state: 'SUSPENDED', suspensionCause: 'PERSON' });
  expect((await refusalOf(grantCommandInWords(second.client, 'resumeAccess', id))).code).toBe(
    'PERSON_BLOCKED',
  );
  await grantCommand(cast.approver, 'assessApplication', open.id);
  expect((await refusalOf(approveAccess(cast.approver, open.id))).code).toBe('PERSON_BLOCKED');
  const third = await highRelease(service, original);
  expect((await refusalOf(applyForAccess(holder.client, third.releaseId))).code).toBe('PERSON_BLOCKED');
  expect((await refusalOf(sanction(cast.approver, 'liftBlock'))).code).toBe('OWN_SUSPENSION');
  await sanction(second.client, 'liftBlock');
  expect(await refusedLink()).toBe('NO_GRANT');
  await grantCommandInWords(second.client, 'resumeAccess', id);
  expect(await take(holder.client, await link())).toEqual({ status: 200 });
});

it('new terms stop access until they are accepted, word for word', async () => {
  await given();
  const before = await licenceOf(holder.client);
  const early = await link();
  const policies = mkdtempSync(join(tmpdir(), 'picketfence-terms-'));
  cpSync('policies', policies, { recursive: true });
  writeFileSync(join(policies, 'licences', '1.0.md'), `${before.text}\n10. **New.** Something new.\n`);
  await service.server.stop();
  service.server.start({ PICKETFENCE_POLICIES: policies });
  await service.untilReady();
  expect(await take(holder.client, early)).toEqual({ status: 403, code: 'LICENCE_NOT_ACCEPTED' });
  expect(await refusedLink()).toBe('LICENCE_NOT_ACCEPTED');
  const now = await licenceOf(holder.client);
  expect({ before: before.accepted, now: now.accepted }).toEqual({ before: true, now: false });
  const accept = (hash: string): Promise<unknown> =>
    holder.client.call(
      `mutation ($hash: String!) { acceptLicence(hash: $hash) { __typename ... on Licence { accepted } ${refusalFields} } }`,
      { hash },
    );
  expect((await refusalOf(accept(before.hash))).code).toBe('LICENCE_NOT_ACCEPTED');
  await accept(now.hash);
  expect(await take(holder.client, await link())).toEqual({ status: 200 });
});
