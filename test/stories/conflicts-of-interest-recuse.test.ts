import * as steps from '../../src/commands/example/steps.js';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import {
  addPerson,
  type Cast,
  copyOf,
  decide,
  endorsedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asLogin, asOwner, eventsOn, lastEvent, rowOf } from '../support/databases.js';
import { declareConflict } from '../support/identity-steps.js';
import {
  commandMechanism,
  type MechanismAnswer,
  type MechanismMutation,
  mechanismOf,
} from '../support/lifecycle-steps.js';
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

const refused = (id: string, command: string, act: () => Promise<unknown>): Promise<void> =>
  expectRefusedAndRecorded(service, { requestId: id, command, code: 'CONFLICT_OF_INTEREST' }, act);

/** Approved, and kept from being published by a worker that is away. */
async function approvedRequest(): Promise<{ id: string; candidateHash: string }> {
  const found = await copyOf(service, endorsed);
  await service.worker.stop();
  await steps.approveRequest(cast.approver, found.id, found.candidateHash);
  return found;
}

describe('who declares a conflict of interest', () => {
  it('decides nothing on the request from then on, and on others as before', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    await declareConflict(cast.approver, id);
    await refused(id, 'approve', () => steps.approveRequest(cast.approver, id, candidateHash));
    for (const command of ['query', 'reject', 'return'] as const)
      await refused(id, command, () => decide(cast.approver, command, id));
    expect(await refusalOf(declareConflict(cast.approver, id))).toMatchObject({ code: 'ALREADY_DECIDED' });
    const other = await copyOf(service, endorsed);
    expect((await steps.approveRequest(cast.approver, other.id, other.candidateHash)).state).toBe('APPROVED');
  });

  it('has declared it by answering so at the approval', async () => {
    const { id, candidateHash } = await copyOf(service, endorsed);
    const { client, id: personId } = await addPerson(service, ['ig-approver']);
    const answer = client.call(
      `mutation ($id: ID!, $hash: String!) { approveRequest(id: $id, candidateHash: $hash,
         reason: "My sister wrote it.", declaresNoConflict: false) { __typename ${refusalFields} } }`,
      { id, hash: candidateHash },
    );
    expect(await refusalOf(answer)).toMatchObject({ code: 'CONFLICT_OF_INTEREST' });
    expect(await rowOf(service.database, 'request', id)).toMatchObject({
      recused_ids: [personId],
      approver_ids: [],
      state: 'IG_REVIEW',
    });
    const actions = (await eventsOn(service.database, id)).map(
      ({ action, outcome }) => `${action} ${outcome}`,
    );
    expect(actions).toEqual(['declare-conflict done', 'approve-request refused']);
  });

  it('is seen by all who read the request; why is for the person and for auditors', async () => {
    const { id } = await copyOf(service, endorsed);
    const { client } = await addPerson(service, ['ig-approver']);
    await declareConflict(client, id, 'The requester is my cousin.');
    const query = 'query ($id: ID!) { request(id: $id) { recusals { person statement } } }';
    const seen = async (reader: { call: typeof client.call }): Promise<unknown> => reader.call(query, { id });
    const statement = 'The requester is my cousin.';
    for (const reader of [client, cast.auditor])
      expect(await seen(reader)).toEqual({ recusals: [{ person: 'Somebody', statement }] });
    for (const reader of [cast.researcher, cast.evaluator, cast.approver])
      expect(await seen(reader)).toEqual({ recusals: [{ person: 'Somebody', statement: null }] });
    expect(JSON.stringify(await eventsOn(service.database, id))).not.toContain('cousin');
    expect(await lastEvent(service.database, 'declare-conflict')).toMatchObject({
      details: { voids: 'nothing', statementSha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
    });
  });

  it('is recused of what follows from the request, too', async () => {
    const { id } = await copyOf(service, endorsed);
    const { client, id: personId } = await addPerson(service, ['ig-approver']);
    await declareConflict(client, id);
    await decide(cast.approver, 'reject', id);
    const appeal = await cast.researcher.call<{ id: string }>(
      `mutation ($id: ID!) { appealRequest(id: $id) { __typename ... on Request { id } } }`,
      { id },
    );
    expect(await rowOf(service.database, 'request', appeal.id)).toMatchObject({ recused_ids: [personId] });
  });

  it('is neither the requester nor somebody without a say', async () => {
    const { id } = await copyOf(service, endorsed);
    expect(await refusalOf(declareConflict(cast.auditor, id))).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await refusalOf(declareConflict(cast.researcher, id))).toMatchObject({ code: 'NOT_PERMITTED' });
    expect(await refusalOf(declareConflict(cast.approver, id, 'short'))).toMatchObject({
      code: 'INCOMPLETE',
    });
  });
});

describe('a conflict of interest that is declared after deciding', () => {
  afterEach(() => {
    service.worker.start();
  });

  it('voids an approval that has not led to a publication, and the next one counts', async () => {
    const { id, candidateHash } = await approvedRequest();
    expect(await declareConflict(cast.approver, id)).toMatchObject({ state: 'IG_REVIEW' });
    expect((await eventsOn(service.database, id)).slice(-2).map(({ action }) => action)).toEqual([
      'declare-conflict',
      'stale-request',
    ]);
    expect(await rowOf(service.database, 'request', id)).toMatchObject({
      approver_ids: [],
      approved_at: null,
    });
    const { client } = await addPerson(service, ['ig-approver']);
    expect(await steps.approveRequest(client, id, candidateHash)).toMatchObject({ state: 'APPROVED' });
    service.worker.start();
    await steps.requestIn(client, id, ['PUBLISHED']);
    await service.worker.stop();
  });

  it('of the evaluator has the candidate checked and judged anew', async () => {
    const { id, candidateHash } = await approvedRequest();
    expect(await declareConflict(cast.evaluator, id)).toMatchObject({ state: 'CHECKING' });
    service.worker.start();
    await steps.requestIn(cast.auditor, id, ['EVALUATING']);
    await service.worker.stop();
    await refused(id, 'endorse', () => steps.endorseRequest(cast.evaluator, id, candidateHash));
    const another = await addPerson(service, ['evaluator']);
    expect(await steps.endorseRequest(another.client, id, candidateHash)).toMatchObject({
      state: 'IG_REVIEW',
    });
    // The approver has not declared anything, and decides again.
    expect(await steps.approveRequest(cast.approver, id, candidateHash)).toMatchObject({ state: 'APPROVED' });
  });

  it('of the operator has information governance decide again, in the knowledge of it', async () => {
    const { id } = await approvedRequest();
    expect(await declareConflict(cast.operator, id)).toMatchObject({ state: 'IG_REVIEW' });
  });

  it('of somebody without a part changes nothing', async () => {
    const { id } = await approvedRequest();
    const { client } = await addPerson(service, ['ig-approver']);
    expect(await declareConflict(client, id)).toMatchObject({ state: 'APPROVED' });
  });
});

describe('a conflict of interest in what is judged once, for many requests:', () => {
  const declareIn = (
    person: ApiClient,
    thing: 'Mechanism' | 'Profile',
    id: string,
    statement = 'The registrar is my cousin.',
  ): Promise<{ state: string; recusals: { person: string; statement: string | null }[] }> =>
    person.call(
      `mutation ($id: ID!, $statement: String!) {
         declare${thing}Conflict(${thing.toLowerCase()}Id: $id, statement: $statement) {
           __typename ... on ${thing} { state recusals { person statement } } ${refusalFields} } }`,
      { id, statement },
    );

  it('who declares it neither reviews nor approves the mechanism, and what they gave falls', async () => {
    const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
    const [reviewer, first, second] = [
      await addPerson(service, ['evaluator']),
      await addPerson(service, ['ig-approver']),
      await addPerson(service, ['ig-approver']),
    ];
    const give = (person: ApiClient, mutation: MechanismMutation): Promise<MechanismAnswer> =>
      commandMechanism(person, mutation, mechanism);
    await give(cast.operator, 'submitMechanism');
    await give(reviewer.client, 'reviewMechanism');
    expect((await declareIn(reviewer.client, 'Mechanism', mechanism.id)).state).toBe('DRAFT');
    await give(cast.operator, 'submitMechanism');
    const again = refusalOf(give(reviewer.client, 'reviewMechanism'));
    expect((await again).code).toBe('CONFLICT_OF_INTEREST');
    await give(cast.evaluator, 'reviewMechanism');
    expect((await declareIn(first.client, 'Mechanism', mechanism.id)).state).toBe('IG_REVIEW');
    for (const mutation of ['approveMechanism', 'returnMechanism'] as const)
      expect((await refusalOf(give(first.client, mutation))).code).toBe('CONFLICT_OF_INTEREST');
    expect((await give(second.client, 'approveMechanism')).state).toBe('APPROVED');
    expect(await declareIn(second.client, 'Mechanism', mechanism.id)).toMatchObject({
      state: 'REVIEW_DUE',
      recusals: [{ statement: null }, { statement: null }, { statement: 'The registrar is my cousin.' }],
    });
    expect((await refusalOf(give(second.client, 'approveMechanism'))).code).toBe('CONFLICT_OF_INTEREST');
    const forced = `UPDATE mechanism SET state = 'APPROVED', approved_by_id = $2 WHERE id = $1`;
    await expect(asLogin(service.database.appUrl, forced, [mechanism.id, second.id])).rejects.toMatchObject({
      constraint: 'recused_do_not_stand_for_mechanisms',
    });
    expect((await give(cast.approver, 'approveMechanism')).state).toBe('APPROVED');
  });

  it('who declares it does not sign the profile; others do', async () => {
    const { id } = await steps.requestProfile(cast.custodian, prepared.sourceId);
    const { hash } = await steps.finishedProfile(cast.approver, id);
    const { client, id: personId } = await addPerson(service, ['ig-approver']);
    expect((await declareIn(client, 'Profile', id)).recusals).toEqual([
      { person: 'Somebody', statement: 'The registrar is my cousin.' },
    ]);
    expect((await refusalOf(declareIn(client, 'Profile', id))).code).toBe('ALREADY_DECIDED');
    const refusedSigning = await refusalOf(steps.signProfile(client, { id, hash }));
    expect(refusedSigning.code).toBe('CONFLICT_OF_INTEREST');
    const forced = `UPDATE profile SET state = 'SIGNED', signed_by_id = $2 WHERE id = $1`;
    await expect(asLogin(service.database.appUrl, forced, [id, personId])).rejects.toThrow(/does not sign/);
    const event = await lastEvent(service.database, 'declare-conflict');
    expect(JSON.stringify(event)).not.toContain('cousin');
    expect((await steps.signProfile(cast.approver, { id, hash })).id).toBe(id);
    const next = await steps.requestProfile(cast.custodian, prepared.sourceId);
    const { hash: nextHash } = await steps.finishedProfile(cast.approver, next.id);
    const carried = await refusalOf(steps.signProfile(client, { id: next.id, hash: nextHash }));
    expect(carried.code).toBe('CONFLICT_OF_INTEREST');
    expect((await refusalOf(declareIn(client, 'Profile', next.id))).code).toBe('ALREADY_DECIDED');
    const force = asLogin(service.database.appUrl, forced, [next.id, personId]);
    await expect(force).rejects.toThrow(/does not sign/);
    const other = await addPerson(service, ['ig-approver']);
    expect((await declareIn(other.client, 'Profile', id)).recusals).toHaveLength(2);
    const open = await refusalOf(steps.signProfile(other.client, { id: next.id, hash: nextHash }));
    expect(open.code).toBe('CONFLICT_OF_INTEREST');
    expect((await steps.signProfile(cast.approver, { id: next.id, hash: nextHash })).id).toBe(next.id);
  });

  it('nobody without a say declares one', async () => {
    const answer = declareIn(cast.auditor, 'Mechanism', prepared.mechanismId);
    expect((await refusalOf(answer)).code).toBe('NOT_PERMITTED');
  });
});

it('the database keeps no approval of somebody who is recused', async () => {
  const { id } = await copyOf(service, endorsed);
  await declareConflict(cast.approver, id);
  const forced = `UPDATE request SET approver_ids = recused_ids, state = 'APPROVED' WHERE id = $1`;
  await expect(asLogin(service.database.appUrl, forced, [id])).rejects.toMatchObject({
    constraint: 'recused_do_not_approve',
  });
  const [found] = await asOwner<{ state: string }>(
    service.database,
    'SELECT state FROM request WHERE id = $1',
    [id],
  );
  expect(found?.state).toBe('IG_REVIEW');
});
