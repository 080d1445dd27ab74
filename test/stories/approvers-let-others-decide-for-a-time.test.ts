import { cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../src/core/time/clock.js';
import * as steps from '../../src/commands/example/steps.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import {
  addPerson,
  type Cast,
  copyOf,
  decide,
  endorsedRequest,
  expectRefusedAndRecorded,
  prepareSource,
  refusalOf,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asLogin, asOwner, auditChain, eventsOn, lastEvent } from '../support/databases.js';
import { decisionsOn, delegateApproval, revokeDelegation, switchAccount } from '../support/identity-steps.js';
import { type Service, startService } from '../support/service.js';

/** Two approvals for LOW, so that it shows whom they count for. */
function policiesOfTwo(): string {
  const directory = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', directory, { recursive: true });
  const quorums = { version: 1, approvals: { STRUCTURAL: 2, LOW: 2, HIGH: 2 } };
  writeFileSync(join(directory, 'quorums.json'), JSON.stringify(quorums));
  return directory;
}

const now = systemClock.now();
let service: Service;
let cast: Cast;
let endorsed: { id: string; candidateHash: string };
let ina: Somebody;
let ivo: Somebody;
let dee: Somebody;
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_POLICIES: policiesOfTwo() } });
  cast = await signInAll(service);
  const prepared = await prepareSource(cast);
  endorsed = await endorsedRequest(cast, prepared);
});
beforeEach(async () => {
  ina = await addPerson(service, ['ig-approver']);
  ivo = await addPerson(service, ['ig-approver']);
  dee = await addPerson(service, ['custodian']);
});
afterAll(async () => {
  expect(findBrokenLink(await auditChain(service.database))).toBeNull();
  await service.stop();
});

const refused = (id: string, code: string, act: () => Promise<unknown>): Promise<void> =>
  expectRefusedAndRecorded(service, { requestId: id, command: 'approve', code }, act);

describe('a delegate', () => {
  it('approves in the stead of one person, beside another approver, and it says so', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    const { id: delegationId } = await delegateApproval(ina.client, dee.id, { now });
    await asOwner(service.database, `UPDATE person SET name = 'Dee Deputy' WHERE id = $1`, [dee.id]);
    await asOwner(service.database, `UPDATE person SET name = 'Ina Away' WHERE id = $1`, [ina.id]);
    expect((await steps.approveRequest(dee.client, id, candidateHash)).state).toBe('IG_REVIEW');
    await refused(id, 'ALREADY_DECIDED', () => steps.approveRequest(ina.client, id, candidateHash));
    await steps.approveRequest(ivo.client, id, candidateHash);
    await steps.requestIn(ivo.client, id, ['PUBLISHED']);
    const approvals = (await decisionsOn(cast.auditor, id)).filter(({ command }) => command === 'approve');
    expect(approvals).toEqual([
      { command: 'approve', decidedBy: 'Dee Deputy', asDelegateOf: 'Ina Away' },
      { command: 'approve', decidedBy: 'Somebody', asDelegateOf: null },
    ]);
    const [event] = (await eventsOn(service.database, id)).filter(({ actor_id: by }) => by === dee.id);
    expect(event?.details).toMatchObject({ asDelegateOf: ina.id, delegationId });
  });

  it('counts as one with who delegated, whoever comes first', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await steps.approveRequest(ina.client, id, candidateHash);
    const dan = await addPerson(service, ['custodian']);
    await delegateApproval(ina.client, dee.id, { now });
    await delegateApproval(ina.client, dan.id, { now });
    for (const { client } of [dee, dan])
      await refused(id, 'ALREADY_DECIDED', () => steps.approveRequest(client, id, candidateHash));
  });

  it('is barred by what bars who delegated', async () => {
    const original = await copyOf(service, endorsed);
    await asOwner(service.database, 'UPDATE request SET operator_id = $2 WHERE id = $1', [
      original.id,
      ina.id,
    ]);
    await delegateApproval(ina.client, dee.id, { now });
    await refused(original.id, 'OPERATOR_DECIDES', () =>
      steps.approveRequest(dee.client, original.id, original.candidateHash),
    );
    await expect(decide(dee.client, 'reject', original.id)).rejects.toMatchObject({
      code: 'OPERATOR_DECIDES',
    });
  });

  it('loses the right with the next decision, when it is revoked or its time is over', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    const delegation = await delegateApproval(ina.client, dee.id, { now });
    await revokeDelegation(ivo.client, delegation.id);
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    const { id: second } = await delegateApproval(ina.client, dee.id, { now });
    await asOwner(
      service.database,
      `UPDATE delegation SET starts_at = now() - interval '2 days', ends_at = now() WHERE id = $1`,
      [second],
    );
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    expect(await lastEvent(service.database, 'revoke-delegation')).toMatchObject({ outcome: 'done' });
  });

  it('has nothing from somebody who lost the right, or the account', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await delegateApproval(ina.client, dee.id, { now });
    await asOwner(service.database, `UPDATE person SET roles = '{researcher}' WHERE id = $1`, [ina.id]);
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await delegateApproval(ivo.client, dee.id, { now });
    const administrator = await addPerson(service, ['administrator']);
    await switchAccount(administrator.client, 'disablePerson', ivo.id);
    expect(await lastEvent(service.database, 'disable-person')).toMatchObject({
      details: { delegations: 1 },
    });
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    const another = await addPerson(service, ['administrator']);
    await switchAccount(another.client, 'enablePerson', ivo.id);
    await expect(steps.approveRequest(dee.client, id, candidateHash)).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
  });

  it('of two people says for whom', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await delegateApproval(ina.client, dee.id, { now });
    await delegateApproval(ivo.client, dee.id, { now });
    await refused(id, 'INCOMPLETE', () => steps.approveRequest(dee.client, id, candidateHash));
    const answer = await dee.client.call<{ state: string }>(
      `mutation ($id: ID!, $hash: String!, $for: ID!) { approveRequest(id: $id, candidateHash: $hash, asDelegateOf: $for,
         reason: "In the stead of Ivo.", declaresNoConflict: true) { __typename ... on Request { state } } }`,
      { id, hash: candidateHash, for: ivo.id },
    );
    expect(answer.state).toBe('IG_REVIEW');
    await refused(id, 'ALREADY_DECIDED', () => steps.approveRequest(ivo.client, id, candidateHash));
    await steps.approveRequest(ina.client, id, candidateHash);
    await steps.requestIn(ina.client, id, ['PUBLISHED']);
  });
});

describe('a delegation', () => {
  it('is no chain, is to nobody who keeps accounts or audits, to oneself or for ever', async () => {
    await delegateApproval(ina.client, dee.id, { now });
    const dan = await addPerson(service, ['custodian']);
    expect(await refusalOf(delegateApproval(dee.client, dan.id, { now }))).toMatchObject({
      code: 'NOT_PERMITTED',
    });
    // Even when the delegate has become an approver meanwhile.
    await asOwner(service.database, `UPDATE person SET roles = '{ig-approver}' WHERE id = $1`, [dee.id]);
    for (const [to, code] of [
      [dan.id, 'FORBIDDEN_DELEGATION'],
      [dee.id, 'FORBIDDEN_DELEGATION'],
    ] as const)
      expect(await refusalOf(delegateApproval(dee.client, to, { now }))).toMatchObject({ code });
    for (const roles of [['administrator'], ['auditor'], ['ig-approver'], ['custodian', 'auditor']]) {
      const { id } = await addPerson(service, roles);
      expect(await refusalOf(delegateApproval(ivo.client, id, { now }))).toMatchObject({
        code: 'FORBIDDEN_DELEGATION',
      });
    }
    expect(await refusalOf(delegateApproval(ivo.client, dan.id, { now, days: 31 }))).toMatchObject({
      code: 'INCOMPLETE',
      place: 'endsAt',
    });
    expect(await lastEvent(service.database, 'delegate-approval')).toMatchObject({ outcome: 'refused' });
  });

  it('is seen by approvers, auditors and whom it concerns', async () => {
    const { id } = await delegateApproval(ina.client, dee.id, { now });
    const query = '{ delegations { id } }';
    for (const { call } of [ivo.client, cast.auditor, dee.client].map((client) => ({
      call: client.call.bind(client),
    })))
      expect(await call<{ id: string }[]>(query)).toContainEqual({ id });
    expect(await cast.researcher.call(query)).toEqual([]);
    const possible = await ina.client.call<{ id: string }[]>('{ possibleDelegates { id } }');
    expect(possible.map((one) => one.id)).toContain(dee.id);
    expect(possible.map((one) => one.id)).not.toContain(ivo.id);
  });
});

describe('the database itself', () => {
  it('takes no chain, no delegation to oneself and no second approval of the same identity', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    const { id: delegationId } = await delegateApproval(ina.client, dee.id, { now });
    const { appUrl } = service.database;
    const insert = `INSERT INTO delegation (delegator_id, delegate_id, reason, starts_at, ends_at, created_at)
      VALUES ($1, $2, '-', now(), now() + interval '1 day', now())`;
    await expect(asLogin(appUrl, insert, [dee.id, ivo.id])).rejects.toThrow(/not delegated on/);
    await expect(asLogin(appUrl, insert, [ivo.id, ivo.id])).rejects.toMatchObject({
      constraint: 'delegation_to_another',
    });
    const approval = `INSERT INTO decision (request_id, revision, attempt, review_round, command, person_id, reason,
        candidate_hash, policy_hash, decided_at, on_behalf_of_id, delegation_id)
      SELECT id, revision, attempt, review_round, 'approve', $2, 'forced', candidate_hash, policy_hash, now(), $3, $4
      FROM request WHERE id = $1`;
    await expect(asLogin(appUrl, approval, [id, dee.id, ivo.id, delegationId])).rejects.toThrow(
      /no such delegation/,
    );
    await steps.approveRequest(dee.client, id, candidateHash);
    await expect(asLogin(appUrl, approval, [id, ina.id, null, null])).rejects.toThrow(/approved already/);
    await expect(
      asLogin(appUrl, 'UPDATE request SET approver_ids = approver_ids || $2::uuid WHERE id = $1', [
        id,
        ina.id,
      ]),
    ).rejects.toMatchObject({ constraint: 'delegators_are_others' });
    await expect(asLogin(appUrl, `UPDATE delegation SET ends_at = 'infinity'`)).rejects.toThrow(
      /permission denied/,
    );
  });
});
