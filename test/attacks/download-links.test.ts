import { ApiClient } from '../../src/commands/example/api-client.js';
import {
  activeGrant,
  answerAsReferee,
  applyForAccess,
  createLink,
  grantCommandInWords,
  grantOf,
  highRelease,
  type HighRelease,
  refereeToken,
  take,
} from '../support/access-steps.js';
import { type Cast, prepareSource, refusalOf, releasedRequest, signInAll } from '../support/cast.js';
import { asOwner, eventsOn, lastEvent } from '../support/databases.js';
import { overrule } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let original: Awaited<ReturnType<typeof releasedRequest>>;
let high: HighRelease;
let grantId: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  original = await releasedRequest(cast, await prepareSource(cast));
});
beforeEach(async () => {
  high = await highRelease(service, original);
  ({ id: grantId } = await activeGrant(service, {
    cast,
    applicant: cast.outsider,
    releaseId: high.releaseId,
  }));
});
afterAll(() => service.stop());

const link = (person: ApiClient = cast.outsider): Promise<string> =>
  createLink(person, high.releaseId, high.files.find((name) => name.endsWith('.csv')) ?? '');

const downloads = async (): Promise<number> =>
  (await asOwner(service.database, 'SELECT 1 FROM download WHERE release_id = $1', [high.releaseId])).length;

/** The token with one character of its secret half changed. */
const forged = (path: string): string =>
  path.slice(0, -5) + (path.at(-5) === 'A' ? 'B' : 'A') + path.slice(-4);

describe('a download link', () => {
  it('is used once: a replay is refused, and on record', async () => {
    const path = await link();
    expect(await take(cast.outsider, path)).toEqual({ status: 200 });
    expect(await take(cast.outsider, path)).toEqual({ status: 410, code: 'LINK_SPENT' });
    expect(await lastEvent(service.database, 'download-file')).toMatchObject({
      outcome: 'refused',
      subject_id: high.releaseId,
      details: { refusal: { code: 'LINK_SPENT' } },
    });
    expect(await downloads()).toBe(1);
  });

  it('has one winner among fifty who use it at once', async () => {
    const path = await link();
    const answers = await Promise.all(Array.from({ length: 50 }, () => take(cast.outsider, path)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ code }) => code === 'LINK_SPENT')).toHaveLength(49);
    expect(await downloads()).toBe(1);
    const recorded = (await eventsOn(service.database, high.releaseId)).filter(
      ({ action }) => action === 'download-file',
    );
    expect(recorded.map(({ outcome }) => outcome).sort()).toEqual([
      'done',
      ...Array<string>(49).fill('refused'),
    ]);
  });

  it('that is forged, cut or made up is not found, and does not spend the real one', async () => {
    const path = await link();
    const nonsense = ['/downloads/x', `/downloads/${'A'.repeat(64)}`, path.slice(0, -1), `${path}A`];
    for (const wrong of [forged(path), ...nonsense]) {
      expect(await take(cast.outsider, wrong)).toEqual({ status: 404, code: 'NOT_FOUND' });
    }
    expect(await take(cast.outsider, path)).toEqual({ status: 200 });
  });

  it('is of no use to anybody else, also with access of their own, and is not spent by them', async () => {
    const path = await link();
    await activeGrant(service, { cast, applicant: cast.researcher, releaseId: high.releaseId });
    expect(await take(cast.researcher, path)).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect(await take(cast.approver, path)).toEqual({ status: 404, code: 'NOT_FOUND' });
    expect((await take(ApiClient.anonymous(service.baseUrl), path)).status).toBe(401);
    expect(await take(cast.outsider, path)).toEqual({ status: 200 });
  });

  it('dies with the suspension of its release, and does not come back with it', async () => {
    const path = await link();
    await overrule(cast.approver, 'suspendRelease', high.requestId);
    expect(await take(cast.outsider, path)).toEqual({ status: 403, code: 'NOT_PERMITTED' });
    await asOwner(service.database, `UPDATE request SET state = 'PUBLISHED' WHERE id = $1`, [high.requestId]);
    await asOwner(
      service.database,
      `UPDATE access_grant SET state = 'ACTIVE', suspension_cause = NULL WHERE id = $1`,
      [grantId],
    );
    expect(await take(cast.outsider, path)).toEqual({ status: 410, code: 'LINK_SPENT' });
    expect(await take(cast.outsider, await link())).toEqual({ status: 200 });
  });

  it.each(['suspendAccess', 'revokeAccess'] as const)('dies with %s', async (mutation) => {
    const path = await link();
    await grantCommandInWords(cast.approver, mutation, grantId);
    expect(await take(cast.outsider, path)).toEqual({ status: 403, code: 'NO_GRANT' });
  });

  it('is over after its minutes', async () => {
    const path = await link();
    await asOwner(service.database, `UPDATE download_link SET expires_at = issued_at WHERE spent_at IS NULL`);
    expect(await take(cast.outsider, path)).toEqual({ status: 410, code: 'LINK_SPENT' });
  });

  it('lies nowhere in the database', async () => {
    const token = (await link()).split('/').at(-1) ?? '';
    for (const table of ['download_link', 'audit_event', 'job']) {
      const rows = await asOwner(service.database, `SELECT 1 FROM ${table} t WHERE t::text LIKE $1`, [
        `%${token.slice(22)}%`,
      ]);
      expect(rows).toHaveLength(0);
    }
  });

  it('serves no bytes but those that were approved, and stops the release when they differ', async () => {
    const path = await link();
    await asOwner(
      service.database,
      `UPDATE release SET files = jsonb_set(files, '{0,sha256}', to_jsonb($2::text)) WHERE id = $1`,
      [high.releaseId, 'f'.repeat(64)],
    );
    const changed = await createLink(cast.outsider, high.releaseId, high.files[0] ?? '');
    expect(await take(cast.outsider, changed)).toEqual({ status: 409, code: 'CANDIDATE_CHANGED' });
    expect(await take(cast.outsider, path)).toEqual({ status: 403, code: 'NOT_PERMITTED' });
    expect((await grantOf(cast.outsider, grantId)).suspensionCause).toBe('RELEASE');
  });
});

describe('the token of a referee', () => {
  let token: string;
  let applicationId: string;
  beforeEach(async () => {
    const { id, refereeEmail } = await applyForAccess(cast.researcher, high.releaseId);
    applicationId = id;
    token = await refereeToken(service, refereeEmail);
  });

  it('answers once, and a second answer changes nothing and is on record', async () => {
    await answerAsReferee(service, token);
    const again = await refusalOf(answerAsReferee(service, token, { confirms: false }));
    expect(again).toMatchObject({ code: 'NOT_FOUND', place: 'token' });
    expect((await grantOf(cast.researcher, applicationId)).state).toBe('REFEREE_CONFIRMED');
    expect((await eventsOn(service.database, applicationId)).at(-1)).toMatchObject({
      action: 'answer-as-referee',
      outcome: 'refused',
    });
  });

  it('has one winner among twenty answers at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        answerAsReferee(service, token, { confirms: index % 2 === 0 }),
      ),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const answered = (await eventsOn(service.database, applicationId)).filter(({ action }) =>
      ['confirm-access', 'refuse-access'].includes(action),
    );
    expect(answered).toHaveLength(1);
  });

  it('gets the same answer forged, unknown and expired', async () => {
    const refusals = [];
    for (const wrong of [forged(token), 'A'.repeat(64), 'x', '']) {
      refusals.push(await refusalOf(answerAsReferee(service, wrong)));
    }
    await asOwner(service.database, 'UPDATE referee_token SET expires_at = sent_at WHERE grant_id = $1', [
      applicationId,
    ]);
    refusals.push(await refusalOf(answerAsReferee(service, token)));
    expect(
      new Set(refusals.map(({ code, message, place }) => JSON.stringify({ code, message, place }))).size,
    ).toBe(1);
    expect((await grantOf(cast.researcher, applicationId)).state).toBe('REQUESTED');
  });

  it('lies nowhere in the database', async () => {
    for (const table of ['referee_token', 'access_grant', 'audit_event', 'job']) {
      const rows = await asOwner(service.database, `SELECT 1 FROM ${table} t WHERE t::text LIKE $1`, [
        `%${token.slice(22)}%`,
      ]);
      expect(rows).toHaveLength(0);
    }
  });
});
