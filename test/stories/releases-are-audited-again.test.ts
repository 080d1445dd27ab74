import pg from 'pg';
import { approveRequest, requestIn, until } from '../../src/commands/example/steps.js';
import {
  type Cast,
  endorsedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  releasedRequest,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { overrule, reauditRelease } from '../support/lifecycle-steps.js';
import { topicsOn } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(() => service.stop());

/** As if the checks had run that many days earlier. */
const age = (id: string, days: number): Promise<unknown> =>
  asOwner(
    service.database,
    `UPDATE evaluation SET begun_at = begun_at - make_interval(days => $2),
       evaluated_at = evaluated_at - make_interval(days => $2) WHERE request_id = $1`,
    [id, days],
  );

const count = async (what: string, id: string): Promise<number> =>
  (await asOwner(service.database, what, [id])).length;
const evaluationsOf = (id: string): Promise<number> =>
  count('SELECT 1 FROM evaluation WHERE request_id = $1', id);
const checksOf = (id: string): Promise<number> =>
  count("SELECT 1 FROM job WHERE kind = 'check' AND subject_id = $1", id);
const severalSweeps = (): Promise<unknown> => new Promise((resolve) => setTimeout(resolve, 1000));

it('a release whose checks are a year old is checked again, once, though the worker is killed over it', async () => {
  const { id } = await releasedRequest(cast, prepared);
  await age(id, 364);
  await severalSweeps();
  expect(await checksOf(id)).toBe(1);
  await age(id, 1);
  await until(
    () => checksOf(id),
    (jobs) => jobs > 1,
  );
  await service.worker.kill();
  service.worker.start();
  await until(
    () => evaluationsOf(id),
    (evaluations) => evaluations > 1,
  );
  await severalSweeps();
  expect([await checksOf(id), await evaluationsOf(id)]).toEqual([2, 2]);
  const asked = (await eventsOn(service.database, id)).filter(({ action }) => action === 'ask-for-re-audit');
  expect(asked).toMatchObject([{ actor_id: null, outcome: 'done' }]);
  expect((await requestIn(cast.approver, id, ['PUBLISHED', 'SUSPENDED'])).state).toBe('PUBLISHED');
});

it('a re-audit by the clock that fails stops the release, and those concerned are told', async () => {
  const { id } = await releasedRequest(cast, prepared);
  await asOwner(
    service.database,
    `UPDATE candidate SET files = jsonb_set(files, '{0,sha256}', to_jsonb($2::text)) WHERE request_id = $1`,
    [id, 'f'.repeat(64)],
  );
  await age(id, 366);
  await requestIn(cast.approver, id, ['SUSPENDED']);
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
    action: 'suspend-request',
    actor_id: null,
    details: { reason: 'The re-audit failed.' },
  });
  for (const person of [cast.researcher, cast.approver])
    expect(await topicsOn(person, id)).toContain('suspended');
  await age(id, 366);
  await severalSweeps();
  expect(await checksOf(id)).toBe(2);
});

/** Runs `act` while the checks, which have begun, wait for the source they compare with. */
async function whileChecking(act: () => Promise<unknown>): Promise<void> {
  const holder = new pg.Client({ connectionString: service.database.ownerUrl });
  await holder.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE source IN ACCESS EXCLUSIVE MODE');
    const waiting = (): Promise<{ pid: number }[]> =>
      asOwner(
        service.database,
        "SELECT pid FROM pg_locks WHERE relation = 'source'::regclass AND NOT granted",
      );
    await until(waiting, (rows) => rows.length > 0);
    await act();
    await holder.query('COMMIT');
  } finally {
    await holder.end();
  }
}

it('a re-audit that began before the suspension does not count for letting the release out', async () => {
  const { id } = await releasedRequest(cast, prepared);
  await service.worker.stop();
  await reauditRelease(cast.evaluator, id);
  service.worker.start();
  await whileChecking(() => overrule(cast.evaluator, 'suspendRelease', id));
  await until(
    () => evaluationsOf(id),
    (evaluations) => evaluations === 2,
  );
  await expectRefusedAndRecorded(
    service,
    { requestId: id, command: 'reinstate', code: 'CHECKS_NOT_PASSED' },
    () => overrule(cast.approver, 'reinstateRelease', id),
  );
  await reauditRelease(cast.evaluator, id);
  await until(
    () => evaluationsOf(id),
    (evaluations) => evaluations === 3,
  );
  expect((await overrule(cast.approver, 'reinstateRelease', id)).state).toBe('SUSPENDED');
});

describe('before the publication', () => {
  const actionsOn = async (id: string): Promise<string[]> =>
    (await eventsOn(service.database, id)).map(({ action }) => action);
  const oldApproval = `UPDATE decision SET decided_at = decided_at - interval '31 days'
    WHERE command = 'approve' AND request_id = $1`;

  /** Approved, changed while no worker runs, and without the job that would ask the gate. */
  async function approvedThenAged(...statements: readonly string[]): Promise<string> {
    const { id, candidateHash } = await endorsedRequest(cast, prepared);
    await service.worker.stop();
    await approveRequest(cast.approver, id, candidateHash);
    const withoutJob = "UPDATE job SET state = 'DONE' WHERE kind = 'publish' AND subject_id::text = $1::text";
    for (const statement of [withoutJob, ...statements]) await asOwner(service.database, statement, [id]);
    service.worker.start();
    return id;
  }

  it.each([
    ['an approval', oldApproval],
    ['the last approval', "UPDATE request SET approved_at = approved_at - interval '31 days' WHERE id = $1"],
  ])('%s that has grown old is asked for again', async (_, statement) => {
    const id = await approvedThenAged(statement);
    await requestIn(cast.approver, id, ['IG_REVIEW']);
    expect((await actionsOn(id)).at(-1)).toBe('stale-request');
  });

  it('the round begins anew when the first of several approvals has grown old before the last', async () => {
    const id = await approvedThenAged("UPDATE request SET state = 'IG_REVIEW' WHERE id = $1", oldApproval);
    const found = await until(
      () => asOwner(service.database, 'SELECT state, approver_ids FROM request WHERE id = $1', [id]),
      ([request]) => (request?.['approver_ids'] as string[]).length === 0,
    );
    expect(found).toEqual([{ state: 'IG_REVIEW', approver_ids: [] }]);
    expect((await actionsOn(id)).at(-1)).toBe('void-approvals');
  });

  it.each<[string, (id: string) => Promise<unknown>]>([
    [
      'the policy is another',
      (id) =>
        asOwner(service.database, "UPDATE request SET checks_policy_hash = 'older' WHERE id = $1", [id]),
    ],
    ['the checks have grown old', (id) => age(id, 366)],
  ])('a candidate is checked anew before anybody decides when %s', async (_, change) => {
    const { id } = await endorsedRequest(cast, prepared);
    await change(id);
    await requestIn(cast.approver, id, ['EVALUATING']);
    expect((await actionsOn(id)).slice(-2)).toEqual(['recheck-request', 'checks-complete-request']);
    expect(await evaluationsOf(id)).toBe(2);
  });
});
