import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  endorsedRequest,
  type Prepared,
  prepareSource,
  decide,
  publishRequest,
  releasedRequest,
  signInAll,
} from '../support/cast.js';
import { asOwner, auditChain, eventsOn } from '../support/databases.js';
import { recallRelease } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

const times = 50;
/** As many as one document may hold. */
const aliases = 20;

/** All at once; how many got through. */
async function atOnce(act: (index: number) => Promise<unknown>): Promise<number> {
  const answers = await Promise.allSettled(Array.from({ length: times }, (_, index) => act(index)));
  const refused = answers.filter(({ status }) => status === 'rejected');
  for (const one of refused)
    expect(one).toMatchObject({ reason: { name: 'ApiRefusal', code: 'WRONG_STATE' } });
  return times - refused.length;
}

const jobsOf = (id: string, kind: string): Promise<{ state: string }[]> =>
  asOwner(service.database, 'SELECT state FROM job WHERE subject_id = $1 AND kind = $2', [id, kind]);

const draft = { title: 'Race', purpose: 'To see what happens when many ask at once.', rows: 20 };

describe('fifty at once', () => {
  afterEach(async () => {
    expect(findBrokenLink(await auditChain(service.database))).toBeNull();
  });

  it('approve: one approval, one publication, one release', async () => {
    const { id, candidateHash } = await endorsedRequest(cast, prepared);
    const second = await addPerson(service, ['ig-approver']);
    const approvers = [cast.approver, second.client];
    const through = await atOnce((index) =>
      steps.approveRequest(approvers[index % 2] ?? cast.approver, id, candidateHash),
    );
    expect(through).toBe(1);
    await steps.requestIn(cast.approver, id, ['PUBLISHED']);
    expect(await jobsOf(id, 'publish')).toEqual([{ state: 'DONE' }]);
    const made = async (what: string): Promise<number> =>
      (await asOwner(service.database, what, [id])).length;
    expect(await made("SELECT 1 FROM decision WHERE command = 'approve' AND request_id = $1")).toBe(1);
    expect(await made('SELECT 1 FROM release WHERE request_id = $1')).toBe(1);
    expect(readdirSync(join(service.home, 'objects', 'release'))).toHaveLength(1);
    const events = (await eventsOn(service.database, id)).filter(
      ({ action }) => action === 'approve-request',
    );
    expect(events.map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      ...Array<string>(times - 1).fill('refused'),
    ]);
  });

  it('recall: one recall, and nothing to download after it', async () => {
    const { id, release } = await releasedRequest(cast, prepared);
    const second = await addPerson(service, ['ig-approver']);
    const approvers = [cast.approver, second.client];
    const through = await atOnce((index) => recallRelease(approvers[index % 2] ?? cast.approver, id));
    expect(through).toBe(1);
    expect((await steps.requestIn(cast.approver, id, ['REVOKED'])).state).toBe('REVOKED');
    const events = (await eventsOn(service.database, id)).filter(({ action }) => action === 'recall-request');
    expect(events.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
    for (const { path } of release.files) expect((await cast.researcher.get(path)).ok).toBe(false);
  });

  it('download while it is recalled: nothing is served after the recall', async () => {
    const { id, release } = await releasedRequest(cast, prepared);
    const [{ path } = { path: '' }] = release.files;
    const tries = (): Promise<Response>[] =>
      Array.from({ length: times / 2 }, () => cast.researcher.get(path));
    const during = tries();
    await recallRelease(cast.approver, id);
    expect((await Promise.all(tries())).filter(({ ok }) => ok)).toEqual([]);
    const served = (await Promise.all(during)).filter(({ ok }) => ok);
    const order = await asOwner<{ action: string }>(
      service.database,
      `SELECT action FROM audit_event WHERE outcome = 'done'
         AND (action = 'download-file' AND subject_id = $1 OR action = 'recall-request' AND subject_id = $2)
       ORDER BY sequence`,
      [release.id, id],
    );
    expect(order.findIndex(({ action }) => action === 'recall-request')).toBe(order.length - 1);
    expect(order).toHaveLength(served.length + 1);
  });

  it('close while it is published: either, and nothing is left of the other', async () => {
    const { id, candidateHash } = await endorsedRequest(cast, prepared);
    await service.worker.stop();
    await steps.approveRequest(cast.approver, id, candidateHash);
    service.worker.start();
    const through = await atOnce(async (index) => {
      await new Promise((resolve) => setTimeout(resolve, index * 60));
      return decide(cast.operator, 'close', id);
    });
    const { state } = await steps.requestIn(cast.approver, id, ['PUBLISHED', 'WITHDRAWN']);
    expect(state).toBe(through === 1 ? 'WITHDRAWN' : 'PUBLISHED');
    const released = await asOwner(service.database, 'SELECT 1 FROM release WHERE request_id = $1', [id]);
    expect(released).toHaveLength(1 - through);
  });

  it('approve, query and reject: one of them, whichever was first', async () => {
    const { id, candidateHash } = await endorsedRequest(cast, prepared);
    const through = await atOnce((index) => {
      if (index % 3 === 0) return steps.approveRequest(cast.approver, id, candidateHash);
      return decide(cast.approver, index % 3 === 1 ? 'query' : 'reject', id);
    });
    expect(through).toBe(1);
    const decided = await asOwner(
      service.database,
      "SELECT 1 FROM decision WHERE request_id = $1 AND command IN ('approve', 'query', 'reject')",
      [id],
    );
    expect(decided).toHaveLength(1);
  });

  it('submit: one submission', async () => {
    const { columns, sourceId } = prepared;
    const { id } = await steps.draftRequest(cast.researcher, sourceId, { ...draft, columns });
    expect(await atOnce(() => steps.submitRequest(cast.researcher, id))).toBe(1);
  });

  it('generate: one generation, with the seed of whoever was first', async () => {
    const id = await agreedRequest(cast, prepared);
    const { mechanismId } = prepared;
    const through = await atOnce((index) =>
      steps.generateCandidate(cast.operator, id, { mechanismId, seed: `seed-${index}` }),
    );
    expect(through).toBe(1);
    await steps.requestIn(cast.operator, id, ['EVALUATING']);
    expect(await jobsOf(id, 'generate')).toEqual([{ state: 'DONE' }]);
    expect(await jobsOf(id, 'check')).toEqual([{ state: 'DONE' }]);
  });

  it('generate for several requests with one seed: one of them gets it', async () => {
    const ids = await Promise.all(Array.from({ length: 4 }, () => agreedRequest(cast, prepared)));
    const choice = { mechanismId: prepared.mechanismId, seed: 'shared' };
    const answers = await Promise.allSettled(
      ids.map((id) => steps.generateCandidate(cast.operator, id, choice)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      answers.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { code: string }).code] : [])),
    ).toEqual(['SEED_USED', 'SEED_USED', 'SEED_USED']);
  });

  it('ask for a profile: one profile', async () => {
    const { sourceId } = prepared;
    // Once the first is built, another may be asked for.
    await service.worker.stop();
    expect(await atOnce(() => steps.requestProfile(cast.custodian, sourceId))).toBe(1);
    service.worker.start();
  });

  it('register the same upload: one source', async () => {
    const { id: uploadId, path } = await steps.openUpload(cast.custodian);
    await cast.custodian.uploadFile(path, 'content/example/breast-cancer-wisconsin.csv');
    const { proposal: columns } = await steps.inspectedUpload(cast.custodian, uploadId);
    const input = { uploadId, name: 'Once', description: 'x', citation: 'x', licence: 'x', columns };
    const answers = await Promise.allSettled(
      Array.from({ length: times }, () =>
        cast.custodian.call(
          `mutation ($input: RegisterSourceInput!) {
             registerSource(input: $input) { __typename ... on Source { id } ${refusalFields} } }`,
          { input },
        ),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(
      await asOwner(service.database, 'SELECT 1 FROM source WHERE upload_id = $1', [uploadId]),
    ).toHaveLength(1);
  });

  it('ask again for a publication that is under way: nothing more is started', async () => {
    const { id, candidateHash } = await endorsedRequest(cast, prepared);
    await service.worker.stop();
    await steps.approveRequest(cast.approver, id, candidateHash);
    expect(await atOnce(() => publishRequest(cast.operator, id))).toBe(0);
    service.worker.start();
    await steps.requestIn(cast.approver, id, ['PUBLISHED']);
    expect(await jobsOf(id, 'publish')).toEqual([{ state: 'DONE' }]);
  });
});

it('the same approval twenty times in one document counts once', async () => {
  const { id, candidateHash } = await endorsedRequest(cast, prepared);
  const one = (alias: number): string =>
    `a${alias}: approveRequest(id: "${id}", candidateHash: "${candidateHash}", reason: "No significant risk.",
       declaresNoConflict: true) { __typename }`;
  const { data } = await cast.approver.post(
    `mutation { ${Array.from({ length: aliases }, (_, i) => one(i)).join('\n')} }`,
  );
  const answers = Object.values(data ?? {}) as { __typename: string }[];
  expect(answers.map(({ __typename }) => __typename).filter((name) => name === 'Request')).toHaveLength(1);
  await steps.requestIn(cast.approver, id, ['PUBLISHED']);
  expect(await jobsOf(id, 'publish')).toEqual([{ state: 'DONE' }]);
});

it('a token that was signed out is of no use to a replay', async () => {
  const { id, candidateHash } = await endorsedRequest(cast, prepared);
  const leaver: ApiClient = await service.as('approver');
  await leaver.call('mutation { signOut }');
  await expect(steps.approveRequest(leaver, id, candidateHash)).rejects.toMatchObject({
    code: 'UNAUTHENTICATED',
  });
});
