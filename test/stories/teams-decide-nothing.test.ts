import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { systemClock } from '../../src/core/time/clock.js';
import * as steps from '../../src/commands/example/steps.js';
import { openAssessment } from '../../src/commands/example/assessment-steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  copyOf,
  decide,
  evaluatedRequest,
  expectRefusedAndRecorded,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
  type Somebody,
} from '../support/cast.js';
import { asLogin, asOwner, eventsOn, rowOf } from '../support/databases.js';
import { declareConflict, delegateApproval } from '../support/identity-steps.js';
import { overrule, startSuccessor, waiveChecks } from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
let cast: Cast;
let prepared: Prepared;
/** Of the audit team and of information governance, and of the team of the requester. */
let mia: Somebody;
let evaluated: { id: string; candidateHash: string };
beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  prepared = await prepareSource(cast);
  mia = await addPerson(service, ['operator', 'evaluator', 'ig-approver']);
  evaluated = await evaluatedRequest(cast, prepared, { memberIds: [mia.id] });
});
afterAll(() => service.stop());

const form = (change: object): object => ({
  ...{ title: 'A team', purpose: 'To see who may be named and who may decide.', rows: 50 },
  ...{ useCase: 'RESEARCH', tier: 'LOW', formats: ['csv'], declarations: steps.allDeclared },
  ...{ columns: prepared.columns, sourceId: prepared.sourceId, ...change },
});
const draft = (memberIds: readonly string[]): Promise<steps.RequestAnswer> =>
  cast.researcher.call(
    `mutation ($input: RequestInput!) { draftRequest(input: $input) { __typename ... on Request { id state candidateHash } ${refusalFields} } }`,
    { input: form({ memberIds }) },
  );
const edit = (id: string, memberIds: readonly string[]): Promise<steps.RequestAnswer> =>
  cast.researcher.call(
    `mutation ($id: ID!, $input: RequestInput!) { editRequest(id: $id, input: $input) { __typename ... on Request { id state } ${refusalFields} } }`,
    { id, input: form({ memberIds }) },
  );
const resubmit = (id: string): Promise<steps.RequestAnswer> =>
  cast.researcher.call(
    `mutation ($id: ID!) { resubmitRequest(id: $id) { __typename ... on Request { id state } ${refusalFields} } }`,
    { id },
  );
const idOf = async (person: ApiClient): Promise<string> =>
  (await person.call<{ id: string }>('{ me { id } }')).id;

describe('who is named as a member of the team', () => {
  const refused = (id: string, command: string, act: () => Promise<unknown>): Promise<void> =>
    expectRefusedAndRecorded(service, { requestId: id, command, code: 'OWN_REQUEST' }, act);

  it('takes no step on the way to a candidate', async () => {
    const { id } = await draft([mia.id]);
    await steps.submitRequest(cast.researcher, id);
    for (const command of ['agree', 'decline', 'return'] as const)
      await refused(id, command, () => decide(mia.client, command, id));
    await steps.agreeRequest(cast.operator, id);
    const choice = { mechanismId: prepared.mechanismId, seed: 'team' };
    await refused(id, 'generate', () => steps.generateCandidate(mia.client, id, choice));
  });

  it('neither judges nor approves the candidate, in person or by somebody who decides for them', async () => {
    const { id, candidateHash } = await copyOf(service, evaluated);
    await refused(id, 'endorse', () => steps.endorseRequest(mia.client, id, candidateHash));
    await refused(id, 'rework', () => decide(mia.client, 'rework', id));
    expect((await refusalOf(openAssessment(mia.client, id))).code).toBe('OWN_REQUEST');
    await steps.endorseRequest(cast.evaluator, id, candidateHash);
    await refused(id, 'approve', () => steps.approveRequest(mia.client, id, candidateHash));
    for (const command of ['query', 'return', 'reject'] as const)
      await refused(id, command, () => decide(mia.client, command, id));
    const delegate = await addPerson(service, ['custodian']);
    await delegateApproval(mia.client, delegate.id, { now: systemClock.now() });
    await refused(id, 'approve', () => steps.approveRequest(delegate.client, id, candidateHash));
    expect((await refusalOf(declareConflict(mia.client, id))).code).toBe('OWN_REQUEST');
    expect((await steps.approveRequest(cast.approver, id, candidateHash)).state).toBe('APPROVED');
    await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
    await overrule(cast.evaluator, 'suspendRelease', id);
    await refused(id, 'reinstate', () => overrule(mia.client, 'reinstateRelease', id));
  });

  it('lets no failed check pass', async () => {
    const { id } = await copyOf(service, evaluated);
    await asOwner(
      service.database,
      `UPDATE request SET state = 'BLOCKED', checks_outcome = 'fail' WHERE id = $1`,
      [id],
    );
    await refused(id, 'waive', () =>
      waiveChecks(
        mia.client,
        id,
        ['univariate-similarity'],
        new Date(systemClock.now().getTime() + 86_400_000),
      ),
    );
  });

  it('is seen by those who read the request, and told', async () => {
    const query = 'query ($id: ID!) { request(id: $id) { members { id name } } }';
    for (const reader of [cast.researcher, cast.approver])
      expect(await reader.call(query, { id: evaluated.id })).toEqual({
        members: [{ id: mia.id, name: 'Somebody' }],
      });
    const told = await asOwner<{ person_id: string }>(
      service.database,
      `SELECT person_id FROM notification WHERE topic = 'on-team' AND channel = 'inbox' AND subject_id = $1`,
      [evaluated.id],
    );
    expect(told).toEqual([{ person_id: mia.id }]);
  });

  it('sees no more of the request than before', async () => {
    const { id } = await draft([await idOf(cast.outsider)]);
    const query = 'query ($id: ID!) { request(id: $id) { id } }';
    expect(await cast.outsider.call(query, { id })).toBeNull();
  });
});

describe('a team is not taken with', () => {
  const nobody = '00000000-0000-4000-8000-000000000000';
  it.each<[string, () => Promise<readonly string[]>, string]>([
    ['the requester', async () => [await idOf(cast.researcher)], 'INCOMPLETE'],
    ['somebody twice', () => Promise.resolve([mia.id, mia.id]), 'INCOMPLETE'],
    ['somebody twice in other letters', () => Promise.resolve([mia.id, mia.id.toUpperCase()]), 'NOT_FOUND'],
    ['nobody that there is', () => Promise.resolve([nobody]), 'NOT_FOUND'],
    ['more than twenty', () => Promise.resolve(Array.from({ length: 21 }, () => nobody)), 'INCOMPLETE'],
  ])('%s', async (_, memberIds, code) => {
    expect(await refusalOf(draft(await memberIds()))).toMatchObject({ code, place: 'memberIds' });
  });

  it('somebody whose account is disabled', async () => {
    const gone = await addPerson(service, ['evaluator']);
    await asOwner(service.database, 'UPDATE person SET disabled_at = now() WHERE id = $1', [gone.id]);
    expect(await refusalOf(draft([gone.id]))).toMatchObject({ code: 'NOT_FOUND', place: 'memberIds' });
  });
});

describe('when a request is returned,', () => {
  it('nobody comes off the team, nobody comes on it who has decided, and a newcomer shows', async () => {
    const { id } = await draft([mia.id]);
    await steps.submitRequest(cast.researcher, id);
    await decide(cast.evaluator, 'return', id);
    expect(await refusalOf(edit(id, []))).toMatchObject({ code: 'OWN_REQUEST', place: 'memberIds' });
    const decider = await idOf(cast.evaluator);
    expect(await refusalOf(edit(id, [mia.id, decider]))).toMatchObject({ code: 'ALREADY_DECIDED' });
    const { id: newcomer } = await addPerson(service, ['evaluator']);
    await edit(id, [mia.id, newcomer]);
    // Nothing of it was submitted yet.
    await edit(id, [mia.id]);
    await edit(id, [mia.id, newcomer]);
    await resubmit(id);
    const { revisions } = await cast.auditor.call<{ revisions: { changes: object[] }[] }>(
      'query ($id: ID!) { request(id: $id) { revisions { changes { field before after } } } }',
      { id },
    );
    expect(revisions.at(-1)?.changes).toEqual([
      { field: 'memberIds', before: JSON.stringify([mia.id]), after: JSON.stringify([mia.id, newcomer]) },
    ]);
  });
});

it('the team goes with an appeal, which whoever rejected the request may still judge', async () => {
  const id = await agreedRequest(cast, prepared, { memberIds: [mia.id] });
  await asOwner(service.database, `UPDATE request SET state = 'SUBMITTED' WHERE id = $1`, [id]);
  await decide(cast.evaluator, 'decline', id);
  const appeal = await startSuccessor(cast.researcher, 'appealRequest', id);
  expect(await rowOf(service.database, 'request', appeal.id)).toMatchObject({ member_ids: [mia.id] });
  expect(await refusalOf(edit(appeal.id, []))).toMatchObject({ code: 'OWN_REQUEST' });
  const decliner = await idOf(cast.evaluator);
  expect(await refusalOf(edit(appeal.id, [mia.id, decliner]))).toMatchObject({ code: 'ALREADY_DECIDED' });
});

describe('who is asked whether they are of the team', () => {
  const answer = (person: ApiClient, requestId: string, said: string): Promise<{ answer: string }> =>
    person.call(
      `mutation ($requestId: ID!, $said: MembershipAnswer!) { answerMembership(requestId: $requestId, answer: $said) {
         __typename ... on AnsweredMembership { answer } ${refusalFields} } }`,
      { requestId, said },
    );
  const membersOf = (id: string): Promise<unknown> =>
    cast.approver.call('query ($id: ID!) { request(id: $id) { members { id answer } } }', { id });
  const askedOf = (person: ApiClient): Promise<{ requestId: string; answer: string | null }[]> =>
    person.call('{ myMemberships { requestId answer } }');

  it('is barred until they decline, is free then, and is not named again', async () => {
    const { id: moeId, client: moe } = await addPerson(service, ['evaluator']);
    const { id } = await draft([moeId]);
    expect(await askedOf(moe)).toEqual([]);
    expect((await refusalOf(answer(moe, id, 'DECLINED'))).code).toBe('NOT_FOUND');
    await steps.submitRequest(cast.researcher, id);
    expect(await askedOf(moe)).toEqual([{ requestId: id, answer: null }]);
    expect((await refusalOf(decide(moe, 'return', id))).code).toBe('OWN_REQUEST');
    expect((await refusalOf(answer(cast.evaluator, id, 'DECLINED'))).code).toBe('NOT_FOUND');
    expect((await answer(moe, id, 'DECLINED')).answer).toBe('DECLINED');
    expect(await membersOf(id)).toEqual({ members: [{ id: moeId, answer: 'DECLINED' }] });
    expect((await refusalOf(answer(moe, id, 'CONFIRMED'))).code).toBe('ALREADY_DECIDED');
    await decide(moe, 'return', id);
    expect(await refusalOf(edit(id, [moeId]))).toMatchObject({ code: 'ALREADY_DECIDED', place: 'memberIds' });
    await edit(id, []);
    const events = await eventsOn(service.database, id);
    expect(
      events.find(({ action, outcome }) => action === 'answer-membership' && outcome === 'done'),
    ).toMatchObject({
      actor_id: moeId,
      details: { answer: 'DECLINED', state: 'SUBMITTED' },
    });
  });

  it('stays barred when they confirm, in what follows from the request, too', async () => {
    const { id: maxId, client: max } = await addPerson(service, ['evaluator']);
    const { id } = await draft([maxId]);
    await steps.submitRequest(cast.researcher, id);
    await answer(max, id, 'CONFIRMED');
    expect((await refusalOf(answer(max, id, 'DECLINED'))).code).toBe('ALREADY_DECIDED');
    expect((await refusalOf(decide(max, 'decline', id))).code).toBe('OWN_REQUEST');
    await decide(cast.evaluator, 'decline', id);
    const appeal = await startSuccessor(cast.researcher, 'appealRequest', id);
    expect(await rowOf(service.database, 'request', appeal.id)).toMatchObject({
      confirmed_member_ids: [maxId],
    });
    const forced = `UPDATE request SET declined_member_ids = member_ids WHERE id = $1`;
    await expect(asLogin(service.database.appUrl, forced, [id])).rejects.toThrow(
      'members_who_declined_are_none',
    );
  });
});

describe('the database itself', () => {
  it('takes no decision of the team', async () => {
    const { id } = await copyOf(service, evaluated);
    const forced = `INSERT INTO decision (request_id, revision, attempt, review_round, command, person_id, reason,
       candidate_hash, policy_hash, decided_at)
     SELECT id, revision, attempt, review_round, 'agree', member_ids[1], 'forced', candidate_hash, policy_hash, now()
     FROM request WHERE id = $1`;
    await expect(asLogin(service.database.appUrl, forced, [id])).rejects.toThrow(/works with the requester/);
  });

  it.each([
    ['operator_id = member_ids[1]', 'members_decide_nothing'],
    ['evaluator_id = member_ids[1]', 'members_decide_nothing'],
    ['waiver_ids = member_ids', 'members_decide_nothing'],
    ['reinstater_ids = member_ids', 'members_decide_nothing'],
    ['member_ids = ARRAY[requester_id]', 'members_are_others'],
  ])('holds no request with %s', async (change, constraint) => {
    const { id } = await copyOf(service, evaluated);
    const forced = asLogin(service.database.appUrl, `UPDATE request SET ${change} WHERE id = $1`, [id]);
    await expect(forced).rejects.toMatchObject({ constraint });
  });
});
