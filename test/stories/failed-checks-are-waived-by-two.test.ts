import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { overrule, reauditRelease, waiveChecks } from '../support/lifecycle-steps.js';
import { topicsOn } from '../support/notified.js';
import { type Service, startService } from '../support/service.js';

/** A copy of our policies in which a good candidate just fails to be similar enough, and may be waived. */
function policiesWithFloor(floor: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', folder, { recursive: true });
  const file = join(folder, 'thresholds', 'low.json');
  const thresholds = JSON.parse(readFileSync(file, 'utf8')) as { checks: Record<string, object> };
  Object.assign(thresholds.checks['univariate-similarity'] ?? {}, {
    pass: 1,
    fail: 0.999,
    waivable: true,
    floor,
  });
  writeFileSync(file, JSON.stringify(thresholds));
  return folder;
}

let service: Service;
let cast: Cast;
let prepared: Prepared;
const policies = policiesWithFloor(0.5);
const check = 'univariate-similarity';
const inDays = (days: number): Date =>
  new Date(Date.parse(new Date(performance.timeOrigin).toISOString()) + days * 86_400_000);
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_POLICIES: policies, PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
});
afterAll(async () => {
  await service.stop();
  await rm(policies, { recursive: true });
});

async function blockedRequest(): Promise<{ id: string; candidateHash: string }> {
  const id = await agreedRequest(cast, prepared);
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['BLOCKED']);
  return { id, candidateHash: candidateHash ?? '' };
}

it('two people of the audit team let a failed check pass, and neither of them approves', async () => {
  const { id, candidateHash } = await blockedRequest();
  const both = await addPerson(service, ['evaluator', 'ig-approver']);
  expect((await waiveChecks(cast.evaluator, id, [check], inDays(30))).state).toBe('BLOCKED');
  await expectRefusedAndRecorded(service, { requestId: id, command: 'waive', code: 'ALREADY_DECIDED' }, () =>
    waiveChecks(cast.evaluator, id, [check], inDays(30)),
  );
  expect((await waiveChecks(both.client, id, [check], inDays(30))).state).toBe('EVALUATING');
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code: 'WAIVER_DECIDES' }, () =>
    steps.approveRequest(both.client, id, candidateHash),
  );
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  await expectCarriedOver(id);
  await expectStoppedWhenOneEnds(id);
});

const evaluationsOf = async (id: string): Promise<number> =>
  (await asOwner(service.database, 'SELECT FROM evaluation WHERE request_id = $1', [id])).length;

async function reaudited(id: string, evaluations: number): Promise<void> {
  await reauditRelease(cast.evaluator, id);
  await steps.until(
    () => evaluationsOf(id),
    (found) => found === evaluations,
  );
}

/** The same check fails again; both waivers last, and the event names them. */
async function expectCarriedOver(id: string): Promise<void> {
  const given = await asOwner<{ id: string }>(
    service.database,
    'SELECT id FROM waiver WHERE request_id = $1 ORDER BY given_at',
    [id],
  );
  for (const evaluations of [2, 3]) {
    await reaudited(id, evaluations);
    const [event] = (await eventsOn(service.database, id)).filter(
      ({ action }, index, all) => action === 're-audit-request' && index === all.length - 1,
    );
    expect(event?.details).toMatchObject({
      outcome: 'fail',
      failed: [check],
      waivers: given.map((waiver) => ({ check, id: waiver.id })),
    });
  }
  await expect(
    asOwner(
      service.database,
      `INSERT INTO waiver (request_id, evaluation_id, check_name, person_id, reason, expires_at, given_at, carried_from_id)
       SELECT request_id, evaluation_id, 'copies', person_id, reason, expires_at, given_at, id FROM waiver LIMIT 1`,
    ),
  ).rejects.toThrow('is not the waiver that was given');
}

/** From then on one person alone lets the check pass, and that is not enough. */
async function expectStoppedWhenOneEnds(id: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1000)); // Several sweeps.
  expect((await steps.requestIn(cast.researcher, id, ['PUBLISHED', 'SUSPENDED'])).state).toBe('PUBLISHED');
  await asOwner(
    service.database,
    `UPDATE waiver SET expires_at = now() - interval '1 second'
     WHERE person_id = (SELECT person_id FROM waiver WHERE request_id = $1 ORDER BY given_at LIMIT 1)`,
    [id],
  );
  await steps.requestIn(cast.researcher, id, ['SUSPENDED']);
  expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
    action: 'suspend-request',
    actor_id: null,
    details: { reason: `What let these failed checks pass has ended: ${check}.` },
  });
  for (const person of [cast.researcher, cast.approver])
    expect(await topicsOn(person, id)).toContain('suspended');
  await reaudited(id, 4);
  await expectRefusedAndRecorded(
    service,
    { requestId: id, command: 'reinstate', code: 'CHECKS_NOT_PASSED' },
    () => overrule(cast.approver, 'reinstateRelease', id),
  );
}

it('a release that rests on waivers comes back after a re-audit by the same waivers, while they last', async () => {
  const { id, candidateHash } = await blockedRequest();
  const another = await addPerson(service, ['evaluator']);
  await waiveChecks(cast.evaluator, id, [check], inDays(30));
  await waiveChecks(another.client, id, [check], inDays(30));
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  await overrule(cast.operator, 'suspendRelease', id);
  await reaudited(id, 2);
  expect((await overrule(cast.approver, 'reinstateRelease', id)).state).toBe('SUSPENDED');
});

it('the operator waives nothing of what they made', async () => {
  const { id } = await blockedRequest();
  await expectRefusedAndRecorded(service, { requestId: id, command: 'waive', code: 'OPERATOR_DECIDES' }, () =>
    waiveChecks(cast.operator, id, [check], inDays(30)),
  );
});

it.each([
  ['a check that the policy lets nobody waive', ['schema-validity'], 30, 'NOT_WAIVABLE'],
  ['a check that there is not', ['luck'], 30, 'NOT_WAIVABLE'],
  ['for longer than the policy allows', [check], 91, 'INCOMPLETE'],
  ['for a time that is over', [check], -1, 'INCOMPLETE'],
])('nobody waives %s', async (_, checks, days, code) => {
  const { id } = await blockedRequest();
  expect((await refusalOf(waiveChecks(cast.evaluator, id, checks, inDays(days)))).code).toBe(code);
});

it('a waiver that has run out by the time of publication does not carry it', async () => {
  const { id, candidateHash } = await blockedRequest();
  const another = await addPerson(service, ['evaluator']);
  await waiveChecks(cast.evaluator, id, [check], inDays(30));
  await waiveChecks(another.client, id, [check], inDays(30));
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await service.worker.stop();
  await steps.approveRequest(cast.approver, id, candidateHash);
  await asOwner(
    service.database,
    `UPDATE waiver SET expires_at = now() - interval '1 second' WHERE request_id = $1`,
    [id],
  );
  service.worker.start();
  expect((await steps.requestIn(cast.approver, id, ['IG_REVIEW', 'PUBLISHED'])).state).toBe('IG_REVIEW');
});
