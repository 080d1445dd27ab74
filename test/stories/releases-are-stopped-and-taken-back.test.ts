import {
  addPerson,
  type Cast,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  releasedRequest,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import {
  commandIncident,
  overrule,
  reauditRelease,
  recallRelease,
  reportIncident,
} from '../support/lifecycle-steps.js';
import { requestIn, until } from '../../src/commands/example/steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
let second: Somebody;
let third: Somebody;
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  second = await addPerson(service, ['ig-approver']);
  third = await addPerson(service, ['ig-approver']);
});
afterAll(() => service.stop());

async function download(person: Cast['researcher'], path: string): Promise<number> {
  const response = await person.get(path);
  await response.arrayBuffer();
  return response.status;
}

/** Waits for checks that ended after those that are there now. */
async function reaudited(id: string): Promise<void> {
  const count = async (): Promise<number> =>
    (await asOwner(service.database, 'SELECT 1 FROM evaluation WHERE request_id = $1', [id])).length;
  const before = await count();
  await reauditRelease(cast.evaluator, id);
  await until(count, (now) => now > before);
}

it('a suspension counts from the next download on, and hides the release everywhere', async () => {
  const { id, release } = await releasedRequest(cast, prepared);
  const path = release.files[0]?.path ?? '';
  expect(await download(cast.researcher, path)).toBe(200);
  await overrule(cast.approver, 'suspendRelease', id);
  expect(await download(cast.researcher, path)).toBe(403);
  const { release: shown } = await cast.researcher.call<{ release: unknown }>(
    'query ($id: ID!) { request(id: $id) { release { id } } }',
    { id },
  );
  expect(shown).toBeNull();
  const listed = await cast.researcher.call<{ id: string }[]>('{ releases { id } }');
  expect(listed.map((one) => one.id)).not.toContain(release.id);
});

describe('a suspended release', () => {
  it('comes back by two people who did not suspend it, after fresh checks', async () => {
    const { id, release } = await releasedRequest(cast, prepared);
    await overrule(cast.evaluator, 'suspendRelease', id);
    const attempt = { requestId: id, command: 'reinstate' };
    await expectRefusedAndRecorded(service, { ...attempt, code: 'CHECKS_NOT_PASSED' }, () =>
      overrule(cast.approver, 'reinstateRelease', id),
    );
    await reaudited(id);
    expect((await overrule(cast.approver, 'reinstateRelease', id)).state).toBe('SUSPENDED');
    await expectRefusedAndRecorded(service, { ...attempt, code: 'ALREADY_DECIDED' }, () =>
      overrule(cast.approver, 'reinstateRelease', id),
    );
    expect((await overrule(second.client, 'reinstateRelease', id)).state).toBe('PUBLISHED');
    expect(await download(cast.researcher, release.files[0]?.path ?? '')).toBe(200);
  });

  it('is not let out by who stopped it', async () => {
    const { id } = await releasedRequest(cast, prepared);
    await overrule(cast.approver, 'suspendRelease', id);
    await reaudited(id);
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'reinstate', code: 'OWN_SUSPENSION' },
      () => overrule(cast.approver, 'reinstateRelease', id),
    );
  });

  it('is not let out by the researcher, nor stopped by one', async () => {
    const { id } = await releasedRequest(cast, prepared);
    expect((await refusalOf(overrule(cast.researcher, 'suspendRelease', id))).code).toBe('NOT_PERMITTED');
    expect((await refusalOf(overrule(cast.researcher, 'reinstateRelease', id))).code).toBe('NOT_PERMITTED');
  });
});

it('a recall is for good and asks everybody who has the files to destroy them', async () => {
  const { id, release } = await releasedRequest(cast, prepared);
  const path = release.files[0]?.path ?? '';
  await download(cast.researcher, path);
  await download(cast.researcher, path);
  await download(cast.approver, path);
  expect((await recallRelease(cast.approver, id)).state).toBe('REVOKED');
  expect(await download(cast.researcher, path)).toBe(403);
  const asked = await asOwner(
    service.database,
    'SELECT person_id FROM destruction WHERE release_id = $1 AND confirmed_at IS NULL',
    [release.id],
  );
  expect(asked).toHaveLength(2);
  expect((await refusalOf(overrule(second.client, 'reinstateRelease', id))).code).toBe('WRONG_STATE');
});

describe('an incident', () => {
  it('of medium severity stops the release with the report, whoever reports it', async () => {
    const { id, release } = await releasedRequest(cast, prepared);
    await reportIncident(cast.outsider, id, 'MEDIUM');
    await requestIn(cast.approver, id, ['SUSPENDED']);
    expect(await download(cast.researcher, release.files[0]?.path ?? '')).toBe(403);
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
      action: 'suspend-request',
      actor_id: null,
    });
  });

  it('of low severity leaves the release as it is', async () => {
    const { id } = await releasedRequest(cast, prepared);
    await reportIncident(cast.outsider, id, 'LOW');
    expect((await requestIn(cast.approver, id, ['PUBLISHED', 'SUSPENDED'])).state).toBe('PUBLISHED');
  });

  it('keeps a release from coming back until it is closed', async () => {
    const { id } = await releasedRequest(cast, prepared);
    const reporter = await addPerson(service, ['ig-approver']);
    const incident = await reportIncident(reporter.client, id, 'HIGH');
    await reaudited(id);
    expect((await refusalOf(overrule(cast.approver, 'reinstateRelease', id))).code).toBe('INCIDENT_OPEN');
    for (const command of ['TRIAGE', 'DISMISS']) await commandIncident(second.client, incident.id, command);
    const address = 'https://hospital.example/policies/changes/7';
    const refusedLink = commandIncident(third.client, incident.id, 'CLOSE', null, 'javascript:alert(1)');
    expect((await refusalOf(refusedLink)).code).toBe('INCOMPLETE');
    await commandIncident(third.client, incident.id, 'CLOSE', null, address);
    const closed = await third.client.call<{ id: string; policyChange: string | null }[]>(
      '{ incidents { id policyChange } }',
    );
    expect(closed.find((one) => one.id === incident.id)?.policyChange).toBe(address);
    expect((await refusalOf(overrule(reporter.client, 'reinstateRelease', id))).code).toBe('OWN_REPORT');
    await overrule(cast.approver, 'reinstateRelease', id);
    expect((await overrule(second.client, 'reinstateRelease', id)).state).toBe('PUBLISHED');
  });

  it('that is confirmed recalls the release in the same stroke', async () => {
    const { id } = await releasedRequest(cast, prepared);
    const incident = await reportIncident(cast.outsider, id, 'HIGH');
    await commandIncident(second.client, incident.id, 'TRIAGE');
    expect((await commandIncident(cast.approver, incident.id, 'CONFIRM')).state).toBe('CONFIRMED');
    expect((await requestIn(cast.approver, id, ['REVOKED', 'SUSPENDED'])).state).toBe('REVOKED');
  });

  it('is not judged by who reported it, nor by who made or approved the release', async () => {
    const { id } = await releasedRequest(cast, prepared);
    const reporter = await addPerson(service, ['ig-approver']);
    const operator = await addPerson(service, ['ig-approver']);
    await asOwner(service.database, 'UPDATE request SET operator_id = $2 WHERE id = $1', [id, operator.id]);
    const incident = await reportIncident(reporter.client, id, 'LOW');
    const refusedTo = async (person: Cast['approver'], command: string): Promise<string> =>
      (await refusalOf(commandIncident(person, incident.id, command))).code;
    const barred = [reporter.client, operator.client, cast.approver];
    const parts = ['OWN_REPORT', 'HAD_A_PART', 'HAD_A_PART'];
    const refusals = (command: string): Promise<string[]> =>
      Promise.all(barred.map((person) => refusedTo(person, command)));
    expect(await refusals('TRIAGE')).toEqual(parts);
    expect((await requestIn(cast.approver, id, ['PUBLISHED', 'SUSPENDED'])).state).toBe('PUBLISHED');
    await commandIncident(second.client, incident.id, 'TRIAGE', 'HIGH');
    await requestIn(cast.approver, id, ['SUSPENDED']);
    expect(await refusals('DISMISS')).toEqual(parts);
    expect(await refusedTo(second.client, 'CLOSE')).toBe('WRONG_STATE');
    expect((await commandIncident(reporter.client, incident.id, 'CONTAIN')).state).toBe('CONTAINED');
    await commandIncident(second.client, incident.id, 'DISMISS');
    expect(await refusals('CLOSE')).toEqual(parts);
    expect(await refusedTo(second.client, 'CLOSE')).toBe('ALREADY_DECIDED');
    await commandIncident(third.client, incident.id, 'CLOSE');
    const [kept] = await asOwner(
      service.database,
      'SELECT severity, reported_severity, closed_by_id FROM incident WHERE id = $1',
      [incident.id],
    );
    expect(kept).toEqual({ severity: 'HIGH', reported_severity: 'LOW', closed_by_id: third.id });
    await expect(
      asOwner(service.database, 'UPDATE incident SET closed_by_id = reported_by_id WHERE id = $1', [
        incident.id,
      ]),
    ).rejects.toThrow('incident_judges_are_others');
    await expect(
      asOwner(service.database, 'UPDATE incident SET closed_by_id = dismissed_by_id WHERE id = $1', [
        incident.id,
      ]),
    ).rejects.toThrow('incident_closed_by_another');
  });

  it('is moved on by information governance alone, and in the order of the table', async () => {
    const { id } = await releasedRequest(cast, prepared);
    const incident = await reportIncident(cast.outsider, id, 'LOW');
    expect((await refusalOf(commandIncident(cast.evaluator, incident.id, 'TRIAGE'))).code).toBe(
      'NOT_PERMITTED',
    );
    expect((await refusalOf(commandIncident(cast.approver, incident.id, 'CLOSE'))).code).toBe('WRONG_STATE');
  });
});

it('released bytes that have changed suspend the release at its next re-audit', async () => {
  const { id } = await releasedRequest(cast, prepared);
  await asOwner(
    service.database,
    `UPDATE candidate SET files = jsonb_set(files, '{0,sha256}', to_jsonb($2::text)) WHERE request_id = $1`,
    [id, 'f'.repeat(64)],
  );
  await reaudited(id);
  expect((await requestIn(cast.approver, id, ['SUSPENDED', 'PUBLISHED'])).state).toBe('SUSPENDED');
});
