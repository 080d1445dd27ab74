import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  type Cast,
  copyOf,
  decide,
  endorsedRequest,
  evaluatedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asLogin, asOwner, eventsOn, lastEvent } from '../support/databases.js';
import { declareConflict } from '../support/identity-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
let endorsed: { id: string; candidateHash: string };
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  endorsed = await endorsedRequest(cast, prepared);
});
afterAll(() => service.stop());

const auditTeam = ['operator', 'evaluator', 'ig-approver'];

describe('a requester who has every role', () => {
  it('gets no step of the own request done alone', async () => {
    const { client } = await addPerson(service, ['researcher', ...auditTeam]);
    const { columns, sourceId, mechanismId } = prepared;
    const draft = {
      title: 'Own request',
      purpose: 'To see whether one person is enough.',
      rows: 50,
      columns,
    };
    const { id } = await steps.draftRequest(client, sourceId, draft);
    await steps.submitRequest(client, id);
    const refused = (command: string, act: () => Promise<unknown>): Promise<void> =>
      expectRefusedAndRecorded(service, { requestId: id, command, code: 'OWN_REQUEST' }, act);

    await refused('agree', () => decide(client, 'agree', id));
    await refused('decline', () => decide(client, 'decline', id));
    await steps.agreeRequest(cast.operator, id);
    await refused('generate', () => steps.generateCandidate(client, id, { mechanismId, seed: 'own' }));
    await steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'own' });
    const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
    const hash = candidateHash ?? '';
    await refused('rework', () => decide(client, 'rework', id));
    await refused('endorse', () => steps.endorseRequest(client, id, hash));
    await steps.endorseRequest(cast.evaluator, id, hash);
    await refused('approve', () => steps.approveRequest(client, id, hash));
    for (const command of ['query', 'return', 'reject'] as const)
      await refused(command, () => decide(client, command, id));
  });
});

describe('who ran the generation', () => {
  it('neither endorses nor approves the candidate', async () => {
    const { client } = await addPerson(service, auditTeam);
    const { id, candidateHash } = await evaluatedRequest({ ...cast, operator: client }, prepared);
    const refused = (command: string, act: () => Promise<unknown>): Promise<void> =>
      expectRefusedAndRecorded(service, { requestId: id, command, code: 'OPERATOR_DECIDES' }, act);

    await refused('endorse', () => steps.endorseRequest(client, id, candidateHash));
    await steps.endorseRequest(cast.evaluator, id, candidateHash);
    await refused('approve', () => steps.approveRequest(client, id, candidateHash));
  });
});

describe('who endorsed the candidate', () => {
  it('does not approve it', async () => {
    const { client } = await addPerson(service, auditTeam);
    const { id, candidateHash } = await endorsedRequest({ ...cast, evaluator: client }, prepared);
    await expectRefusedAndRecorded(
      service,
      { requestId: id, command: 'approve', code: 'EVALUATOR_DECIDES' },
      () => steps.approveRequest(client, id, candidateHash),
    );
  });
});

describe('a person without the role', () => {
  it.each([
    ['the evaluator', 'evaluator', 'approve'],
    ['the requester', 'researcher', 'approve'],
    ['the auditor', 'auditor', 'approve'],
    ['the custodian', 'custodian', 'approve'],
    ['the operator', 'operator', 'endorse'],
    ['the approver', 'approver', 'endorse'],
  ] as const)('is refused at the door: %s', async (_, who, command) => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    const act = command === 'approve' ? steps.approveRequest : steps.endorseRequest;
    await expect(act(cast[who], id, candidateHash)).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
    const [last] = await asLogin<{ outcome: string; action: string }>(
      service.database.ownerUrl,
      'SELECT action, outcome FROM audit_event ORDER BY sequence DESC LIMIT 1',
    );
    expect(last).toEqual({ action: command, outcome: 'refused' });
  });
});

describe('the database itself, written to with the login of the processes,', () => {
  const part = 'SELECT %part FROM request WHERE id = $1';
  const approval = (part: string): string =>
    `INSERT INTO decision (request_id, revision, attempt, review_round, command, person_id, reason, candidate_hash,
       policy_hash, decided_at)
     SELECT id, revision, attempt, review_round, 'approve', ${part}, 'forced', candidate_hash, policy_hash, now()
     FROM request WHERE id = $1`;

  it.each(['requester_id', 'operator_id', 'evaluator_id'])('takes no approval by the %s', async (person) => {
    const { id } = await copyOf(service, endorsed);
    const { appUrl } = service.database;
    await expect(asLogin(appUrl, approval(person), [id])).rejects.toThrow(/took part in the request/);
    const forced = `UPDATE request SET approver_ids = ARRAY[${person}], state = 'APPROVED' WHERE id = $1`;
    await expect(asLogin(appUrl, forced, [id])).rejects.toThrow(/approvers_are_others/);
    const [found] = await asLogin(appUrl, part.replace('%part', 'state, approver_ids'), [id]);
    expect(found).toEqual({ state: 'IG_REVIEW', approver_ids: [] });
  });

  it.each([
    ['an operator who is the requester', 'operator_id = requester_id', 'operator_is_not_requester'],
    ['an evaluator who is the requester', 'evaluator_id = requester_id', 'evaluator_is_not_requester'],
    ['an evaluator who is the operator', 'evaluator_id = operator_id', 'evaluator_is_not_operator'],
    ['approved without approvals', "state = 'APPROVED'", 'approved_was_checked_and_decided'],
    [
      'published though a check failed',
      "state = 'PUBLISHED', checks_outcome = 'fail'",
      'approved_was_checked_and_decided',
    ],
  ])('holds no request with %s', async (_, change, constraint) => {
    const { id } = await copyOf(service, endorsed);
    const forced = asLogin(service.database.appUrl, `UPDATE request SET ${change} WHERE id = $1`, [id]);
    await expect(forced).rejects.toMatchObject({ constraint });
  });

  it.each([
    ['UPDATE decision SET person_id = person_id', /permission denied/],
    ['DELETE FROM decision', /permission denied/],
    ["UPDATE evaluation SET outcome = 'pass'", /permission denied/],
    ['UPDATE audit_event SET outcome = outcome', /permission denied/],
    ['DELETE FROM audit_event', /permission denied/],
    ['TRUNCATE audit_event', /permission denied/],
    ['DELETE FROM request', /permission denied/],
    ['UPDATE release SET folder = folder', /permission denied/],
    ['UPDATE mechanism SET hash = hash', /permission denied/],
    ['UPDATE source SET content_hash = content_hash', /permission denied/],
  ])('refuses to rewrite history: %s', async (statement, why) => {
    await expect(asLogin(service.database.appUrl, statement)).rejects.toThrow(why);
  });
});

describe('who declared a conflict of interest', () => {
  const refused = (id: string, command: string, act: () => Promise<unknown>): Promise<void> =>
    expectRefusedAndRecorded(service, { requestId: id, command, code: 'CONFLICT_OF_INTEREST' }, act);

  it('has a say again when they withdraw it and somebody else agrees, and not before', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    const { client } = await addPerson(service, ['ig-approver']);
    await declareConflict(client, id, 'The requester is my cousin.');
    const recusals = async (reader: ApiClient): Promise<Record<string, string | null>[]> =>
      (
        await reader.call<{ recusals: Record<string, string | null>[] }>(
          'query ($id: ID!) { request(id: $id) { recusals { id statement withdrawalReason withdrawnBy } } }',
          { id },
        )
      ).recusals;
    const conflictId = (await recusals(client))[0]?.['id'];
    const command = (person: ApiClient, name: 'ask' | 'confirm'): Promise<{ withdrawn: boolean }> =>
      person.call(
        name === 'ask'
          ? `mutation ($conflictId: ID!) { askConflictWithdrawal(conflictId: $conflictId, reason: "I took somebody else for her.") {
               __typename ... on ConflictWithdrawal { withdrawn } ${refusalFields} } }`
          : `mutation ($conflictId: ID!) { confirmConflictWithdrawal(conflictId: $conflictId) {
               __typename ... on ConflictWithdrawal { withdrawn } ${refusalFields} } }`,
        { conflictId },
      );
    expect((await refusalOf(command(cast.approver, 'confirm'))).code).toBe('WRONG_STATE');
    expect((await refusalOf(command(cast.approver, 'ask'))).code).toBe('NOT_FOUND');
    expect((await command(client, 'ask')).withdrawn).toBe(false);
    await refused(id, 'approve', () => steps.approveRequest(client, id, candidateHash));
    expect((await refusalOf(command(client, 'confirm'))).code).toBe('OWN_REQUEST');
    expect((await refusalOf(command(cast.evaluator, 'confirm'))).code).toBe('NOT_PERMITTED');
    expect((await recusals(cast.evaluator))[0]).toMatchObject({ statement: null, withdrawalReason: null });
    expect((await recusals(cast.approver))[0]).toMatchObject({
      statement: 'The requester is my cousin.',
      withdrawalReason: 'I took somebody else for her.',
    });
    const forced =
      'UPDATE conflict_of_interest SET withdrawn_by_id = person_id, withdrawn_at = now() WHERE id = $1';
    await expect(asLogin(service.database.appUrl, forced, [conflictId])).rejects.toThrow(
      'withdrawn_by_another',
    );
    expect((await command(cast.approver, 'confirm')).withdrawn).toBe(true);
    expect((await recusals(cast.evaluator))[0]?.['withdrawnBy']).not.toBeNull();
    expect((await eventsOn(service.database, id)).at(-1)).toMatchObject({
      action: 'withdraw-conflict',
      outcome: 'done',
    });
    // A new one counts as the first did.
    await declareConflict(client, id, 'She is my cousin after all.');
    await refused(id, 'approve', () => steps.approveRequest(client, id, candidateHash));
    expect(await recusals(client)).toHaveLength(2);
    const other = await copyOf(service, endorsed);
    await declareConflict(cast.approver, other.id);
    const third = await addPerson(service, ['ig-approver']);
    await asOwner(
      service.database,
      `UPDATE conflict_of_interest SET withdrawal_reason = 'A mistake of mine.' WHERE request_id = $1`,
      [other.id],
    );
    const [row] = await asOwner<{ id: string }>(
      service.database,
      'SELECT id FROM conflict_of_interest WHERE request_id = $1',
      [other.id],
    );
    await third.client.call(
      `mutation ($id: ID!) { confirmConflictWithdrawal(conflictId: $id) { __typename ${refusalFields} } }`,
      { id: row?.id },
    );
    expect((await steps.approveRequest(cast.approver, other.id, other.candidateHash)).state).toBe('APPROVED');
  });
});

it('two accounts that may be one human are shown to who decides, and on record', async () => {
  const { id, candidateHash } = await copyOf(service, endorsed);
  const { client, id: personId } = await addPerson(service, ['ig-approver']);
  await asOwner(
    service.database,
    `UPDATE person SET name = 'Dr Zoë Lee' WHERE id = $1 OR email = 'researcher@demo.example'`,
    [personId],
  );
  const query = 'query ($id: ID!) { request(id: $id) { alikePeople { parts basis } } }';
  const alike = [{ parts: ['requester', 'judge'], basis: 'NAME' }];
  expect(await client.call(query, { id })).toEqual({ alikePeople: alike });
  expect(await cast.approver.call(query, { id })).toEqual({ alikePeople: [] });
  expect(await cast.researcher.call(query, { id })).toEqual({ alikePeople: [] });
  await steps.approveRequest(client, id, candidateHash);
  expect(await lastEvent(service.database, 'find-alike-people')).toMatchObject({
    ...{ actor_id: personId, subject_id: id },
    details: { found: alike },
  });
});
