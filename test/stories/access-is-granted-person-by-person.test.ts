import {
  addPerson,
  type Cast,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import {
  activeGrant,
  answerAsReferee,
  applyForAccess,
  approveAccess,
  confirmedApplication,
  createLink,
  declineAccess,
  grantCommand,
  grantCommandInWords,
  grantOf,
  highRelease,
  type HighRelease,
  inDays,
  lettersTo,
  listedReleases,
  refereeToken,
  shownRelease,
  take,
} from '../support/access-steps.js';
import { asOwner, eventsOn, lastEvent } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let original: Awaited<ReturnType<typeof releasedRequest>>;
let high: HighRelease;
let file: string;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  original = await releasedRequest(cast, await prepareSource(cast));
});
beforeEach(async () => {
  high = await highRelease(service, original);
  file = high.files.find((name) => name.endsWith('.csv')) ?? '';
});
afterAll(() => service.stop());

const actions = async (id: string): Promise<string[]> =>
  (await eventsOn(service.database, id)).map(({ action, outcome }) => `${action} ${outcome}`);

it('a person applies, a referee vouches, information governance decides, and the files come by link', async () => {
  const { outsider, approver } = cast;
  expect(await outsider.call<{ id: string }[]>('{ releasesToApplyFor { id } }')).toContainEqual({
    id: high.releaseId,
  });
  expect(await shownRelease(outsider, high.releaseId)).toBeNull();
  const grant = await applyForAccess(outsider, high.releaseId);
  expect(grant.state).toBe('REQUESTED');
  await answerAsReferee(service, await refereeToken(service, grant.refereeEmail));
  expect((await grantCommand(approver, 'assessApplication', grant.id)).state).toBe('IG_DECISION');
  expect((await approveAccess(approver, grant.id)).state).toBe('ACTIVE');
  expect(await shownRelease(outsider, high.releaseId)).toMatchObject({ id: high.releaseId });
  expect(await listedReleases(outsider)).toContain(high.releaseId);
  expect(await take(outsider, await createLink(outsider, high.releaseId, file))).toEqual({ status: 200 });
  expect(await actions(grant.id)).toEqual([
    'apply-for-access done',
    'write-to-referee done',
    'confirm-access done',
    'assess-access done',
    'approve-access done',
  ]);
  expect(await actions(high.releaseId)).toEqual([
    'read-release done',
    'issue-download-link done',
    'download-file done',
  ]);
  expect(await lastEvent(service.database, 'list-releases')).toMatchObject({
    details: { releases: [high.releaseId] },
  });
});

it('nobody gets in by role: not who asked for the release, nor who approved it, nor who oversees it', async () => {
  for (const who of ['researcher', 'approver', 'auditor', 'evaluator', 'operator'] as const) {
    expect(await shownRelease(cast[who], high.releaseId)).toBeNull();
    expect(await listedReleases(cast[who])).not.toContain(high.releaseId);
  }
  for (const who of ['researcher', 'approver'] as const) {
    expect((await refusalOf(createLink(cast[who], high.releaseId, file))).code).toBe('NO_GRANT');
    const path = `/releases/${high.releaseId}/files/${file}`;
    expect(await take(cast[who], path)).toEqual({ status: 403, code: 'NO_GRANT' });
  }
});

it('a file of tier HIGH is not served by its name, also to who has access', async () => {
  await activeGrant(service, { cast, applicant: cast.outsider, releaseId: high.releaseId });
  const path = `/releases/${high.releaseId}/files/${file}`;
  expect(await take(cast.outsider, path)).toEqual({ status: 403, code: 'LINK_NEEDED' });
  const shown = await shownRelease(cast.outsider, high.releaseId);
  expect(shown).toMatchObject({ files: high.files.map((name) => ({ name, path: null })) });
});

describe('an application', () => {
  it('is refused in its place, and leaves nothing', async () => {
    const own = { institutionalEmail: 'ann@somewhere.ac.uk', refereeEmail: 'ann+x@somewhere.ac.uk' };
    const refused = await refusalOf(applyForAccess(cast.outsider, high.releaseId, own));
    expect(refused).toMatchObject({ code: 'REFEREE_CONFLICT', place: 'refereeEmail' });
    const older = await refusalOf(applyForAccess(cast.outsider, high.releaseId, { licenceHash: 'old' }));
    expect(older).toMatchObject({ code: 'LICENCE_NOT_ACCEPTED', place: 'licenceHash' });
    const low = await refusalOf(applyForAccess(cast.outsider, original.release.id));
    expect(low.code).toBe('UNSUPPORTED_TIER');
    expect((await refusalOf(applyForAccess(cast.operator, high.releaseId))).code).toBe('NOT_PERMITTED');
    const left = await asOwner(service.database, 'SELECT 1 FROM access_grant WHERE release_id = $1', [
      high.releaseId,
    ]);
    expect(left).toHaveLength(0);
  });

  it('is made once at a time, however often it is sent at once', async () => {
    const answers = await Promise.allSettled(
      Array.from({ length: 10 }, () => applyForAccess(cast.outsider, high.releaseId)),
    );
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const { code } = await refusalOf(applyForAccess(cast.outsider, high.releaseId));
    expect(code).toBe('ALREADY_REGISTERED');
  });

  it('is not shown to others, nor withdrawn by them', async () => {
    const { id } = await applyForAccess(cast.outsider, high.releaseId);
    expect(await grantOf(cast.researcher, id)).toBeNull();
    expect((await refusalOf(grantCommand(cast.researcher, 'withdrawApplication', id))).code).toBe(
      'NOT_PERMITTED',
    );
    expect((await grantCommand(cast.outsider, 'withdrawApplication', id)).state).toBe('WITHDRAWN');
  });

  it('is declined for a reason that is a value', async () => {
    const { id } = await confirmedApplication(service, cast.outsider, high.releaseId);
    await grantCommand(cast.approver, 'assessApplication', id);
    const declined = await declineAccess(cast.approver, id, 'INSTITUTION_NOT_RECOGNISED');
    expect(declined).toMatchObject({ state: 'DECLINED', declineReason: 'INSTITUTION_NOT_RECOGNISED' });
    expect((await refusalOf(approveAccess(cast.approver, id))).code).toBe('WRONG_STATE');
  });

  it('says what may be done with it, by whom', async () => {
    const { id } = await confirmedApplication(service, cast.outsider, high.releaseId);
    const ask = 'query ($id: ID!) { accessGrant(id: $id) { allowedActions { command allowed } } }';
    expect(await cast.approver.call(ask, { id })).toEqual({
      allowedActions: [
        { command: 'withdraw', allowed: false },
        { command: 'assess', allowed: true },
      ],
    });
    expect(await cast.outsider.call(ask, { id })).toEqual({
      allowedActions: [
        { command: 'withdraw', allowed: true },
        { command: 'assess', allowed: false },
      ],
    });
  });
});

describe('a decision on access', () => {
  it('is not taken by the applicant, the referee, a colleague or who asked for the release', async () => {
    const both = await addPerson(service, ['researcher', 'ig-approver']);
    const own = await confirmedApplication(service, both.client, high.releaseId);
    expect((await refusalOf(grantCommand(both.client, 'assessApplication', own.id))).code).toBe(
      'OWN_REQUEST',
    );
    const { id } = await confirmedApplication(service, cast.outsider, high.releaseId);
    const decider = await addPerson(service, ['ig-approver']);
    const refusedAs = async (change: string, value: unknown): Promise<string> => {
      await asOwner(service.database, `UPDATE access_grant SET ${change} WHERE id = $2`, [value, id]);
      return (await refusalOf(grantCommand(decider.client, 'assessApplication', id))).code;
    };
    const email = await emailOf(decider);
    expect(await refusedAs('team_emails = $1', [email.toUpperCase()])).toBe('CONFLICT_OF_INTEREST');
    expect(await refusedAs('referee_email = $1', email.replace('@', '+ref@'))).toBe('REFEREE_DECIDES');
    await asOwner(
      service.database,
      `UPDATE access_grant SET team_emails = '{}', referee_email = 'x@somewhere.ac.uk' WHERE id = $1`,
      [id],
    );
    await asOwner(service.database, 'UPDATE request SET member_ids = $1 WHERE id = $2', [
      [decider.id],
      high.requestId,
    ]);
    expect((await refusalOf(grantCommand(decider.client, 'assessApplication', id))).code).toBe(
      'CONFLICT_OF_INTEREST',
    );
  });

  it('gives no more time than policy allows', async () => {
    const { id } = await confirmedApplication(service, cast.outsider, high.releaseId);
    await grantCommand(cast.approver, 'assessApplication', id);
    for (const endsAt of [inDays(367), inDays(-1)]) {
      const refused = await refusalOf(approveAccess(cast.approver, id, endsAt));
      expect(refused).toMatchObject({ code: 'BAD_PARAMETERS', place: 'endsAt' });
    }
    expect((await approveAccess(cast.approver, id, inDays(300))).state).toBe('ACTIVE');
  });

  const emailOf = async ({ id }: Somebody): Promise<string> => {
    const [row] = await asOwner<{ email: string }>(
      service.database,
      'SELECT email FROM person WHERE id = $1',
      [id],
    );
    return row?.email ?? '';
  };
});

describe('a referee', () => {
  it('who refuses ends the application', async () => {
    const grant = await applyForAccess(cast.outsider, high.releaseId);
    const token = await refereeToken(service, grant.refereeEmail);
    await answerAsReferee(service, token, { confirms: false });
    expect(await grantOf(cast.outsider, grant.id)).toMatchObject({
      state: 'DECLINED',
      declineReason: 'REFEREE_REFUSED',
    });
  });

  it('is written to again after a while, and only the last letter counts', async () => {
    const grant = await applyForAccess(cast.outsider, high.releaseId);
    const first = await refereeToken(service, grant.refereeEmail);
    const again = (): Promise<unknown> => grantCommand(cast.outsider, 'writeToRefereeAgain', grant.id);
    expect((await refusalOf(again())).code).toBe('RATE_LIMITED');
    await asOwner(
      service.database,
      `UPDATE access_grant SET referee_mailed_at = referee_mailed_at - interval '10 minutes' WHERE id = $1`,
      [grant.id],
    );
    await again();
    const second = await refereeToken(service, grant.refereeEmail, 2);
    expect((await refusalOf(answerAsReferee(service, first))).code).toBe('NOT_FOUND');
    await answerAsReferee(service, second);
    expect(lettersTo(service, grant.refereeEmail)).toHaveLength(2);
    expect((await grantOf(cast.outsider, grant.id)).state).toBe('REFEREE_CONFIRMED');
  });

  it('speaks in confidence', async () => {
    const { id } = await confirmedApplication(service, cast.outsider, high.releaseId);
    const ask = 'query ($id: ID!) { accessGrant(id: $id) { refereeStatement } }';
    expect(await cast.outsider.call(ask, { id })).toEqual({ refereeStatement: null });
    expect(await cast.approver.call(ask, { id })).toEqual({
      refereeStatement: 'I have supervised this person for three years.',
    });
  });
});

it('an access ends with a note and the destruction of the files', async () => {
  const { id } = await activeGrant(service, { cast, applicant: cast.outsider, releaseId: high.releaseId });
  const { outsider } = cast;
  expect((await refusalOf(grantCommandInWords(outsider, 'writeEndNote', id))).code).toBe('WRONG_STATE');
  expect((await grantCommand(outsider, 'relinquishAccess', id)).state).toBe('EXPIRED');
  expect(await shownRelease(outsider, high.releaseId)).toBeNull();
  expect((await refusalOf(grantCommand(outsider, 'closeAccess', id))).code).toBe('INCOMPLETE');
  await grantCommandInWords(outsider, 'writeEndNote', id);
  expect((await refusalOf(grantCommand(outsider, 'closeAccess', id))).code).toBe('INCOMPLETE');
  await grantCommandInWords(outsider, 'confirmFilesDestroyed', id);
  expect((await grantCommand(outsider, 'closeAccess', id)).state).toBe('CLOSED');
});
