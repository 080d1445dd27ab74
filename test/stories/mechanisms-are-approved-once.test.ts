import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  decide,
  endorsedRequest,
  evaluatedRequest,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import {
  commandMechanism,
  type MechanismAnswer,
  mechanismOf,
  overrule,
  startSuccessor,
  whyNotOffered,
} from '../support/lifecycle-steps.js';
import { type Service, startService } from '../support/service.js';

/** A copy of our policies in which releases of tier LOW may cite the approval of their mechanism. */
function standingPolicies(): string {
  const folder = mkdtempSync(join(tmpdir(), 'picketfence-policies-'));
  cpSync('policies', folder, { recursive: true });
  const file = join(folder, 'lifecycle.json');
  const lifecycle = JSON.parse(readFileSync(file, 'utf8')) as { standingApproval: object };
  lifecycle.standingApproval = { STRUCTURAL: false, LOW: true };
  writeFileSync(file, JSON.stringify(lifecycle));
  return folder;
}

let service: Service;
let cast: Cast;
const policies = standingPolicies();
beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_POLICIES: policies, PICKETFENCE_SWEEP_MS: '200' } });
  cast = await signInAll(service);
});
afterAll(async () => {
  await service.stop();
  await rm(policies, { recursive: true });
});

async function approved(prepared: Prepared): Promise<MechanismAnswer> {
  const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
  await commandMechanism(cast.operator, 'submitMechanism', mechanism);
  await commandMechanism(cast.evaluator, 'reviewMechanism', mechanism);
  return commandMechanism(cast.approver, 'approveMechanism', mechanism);
}

/** A draft of the researcher, put to the audit team. */
async function submitted(
  { sourceId, columns }: Prepared,
  title: string,
  memberIds: readonly string[] = [],
): Promise<string> {
  const purpose = 'Teach data preparation without access to the extract.';
  const draft = { title, purpose, columns, rows: 100, memberIds };
  const { id } = await steps.draftRequest(cast.researcher, sourceId, draft);
  await steps.submitRequest(cast.researcher, id);
  return id;
}

it('a release cites the approval of its mechanism, from the agreement to the publication', async () => {
  const prepared = await prepareSource(cast);
  expect((await approved(prepared)).state).toBe('APPROVED');
  const id = await submitted(prepared, 'Standing');
  await steps.requestIn(cast.operator, id, ['AGREED']);
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId, seed: 'standing' });
  const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
  await steps.endorseRequest(cast.evaluator, id, candidateHash ?? '');
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  const approval = (await eventsOn(service.database, id)).find(({ action }) => action === 'approve-request');
  expect(approval).toMatchObject({ actor_id: null, details: { mechanismId: prepared.mechanismId } });
});

it('the approval of a mechanism by somebody of the team stands for nothing', async () => {
  const prepared = await prepareSource(cast);
  await approved(prepared);
  const { id: memberId } = await cast.approver.call<{ id: string }>('{ me { id } }');
  const own = await submitted(prepared, 'A team', [memberId]);
  const another = await submitted(prepared, 'No team');
  // One sweep looks at both.
  await steps.requestIn(cast.operator, another, ['AGREED']);
  expect((await steps.requestIn(cast.operator, own, ['SUBMITTED', 'AGREED'])).state).toBe('SUBMITTED');
});

it('a release waits for people when its mechanism is not live', async () => {
  const prepared = await prepareSource(cast);
  const mechanism = await approved(prepared);
  await asOwner(service.database, 'UPDATE mechanism SET review_due_at = now() WHERE id = $1', [mechanism.id]);
  await steps.until(
    () => mechanismOf(cast.operator, mechanism.id),
    ({ state }) => state === 'REVIEW_DUE',
  );
  const { id, candidateHash } = await evaluatedRequest(cast, prepared);
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await new Promise((resolve) => setTimeout(resolve, 1000)); // Several sweeps.
  expect((await steps.requestIn(cast.evaluator, id, ['IG_REVIEW', 'PUBLISHED'])).state).toBe('IG_REVIEW');
  expect((await commandMechanism(cast.approver, 'approveMechanism', mechanism)).state).toBe('APPROVED');
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
});

const stateOf = async (id: string): Promise<string> =>
  (await cast.evaluator.call<{ state: string }>('query ($id: ID!) { request(id: $id) { state } }', { id }))
    .state;

it.each([
  ['suspending', 'suspendMechanism'],
  ['retiring', 'retireMechanism'],
] as const)('%s a mechanism reaches every release and every open request made by it', async (_, mutation) => {
  const prepared = await prepareSource(cast);
  const { mechanismId } = prepared;
  const { id, candidateHash } = await evaluatedRequest(cast, prepared);
  const waiting = await evaluatedRequest(cast, prepared);
  const decided = await evaluatedRequest(cast, prepared);
  const mechanism = await approved(prepared);
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  await service.worker.stop();
  await steps.endorseRequest(cast.evaluator, decided.id, decided.candidateHash);
  await steps.approveRequest(cast.approver, decided.id, decided.candidateHash);
  const begun = await submitted(prepared, 'Begun');
  await steps.agreeRequest(cast.operator, begun);
  await steps.generateCandidate(cast.operator, begun, { mechanismId });
  expect([await stateOf(decided.id), await stateOf(begun)]).toEqual(['APPROVED', 'GENERATING']);

  await commandMechanism(cast.approver, mutation, mechanism);
  expect([await stateOf(id), await stateOf(decided.id)]).toEqual(['SUSPENDED', 'IG_REVIEW']);
  const again = [
    steps.approveRequest(cast.approver, decided.id, decided.candidateHash),
    steps.endorseRequest(cast.evaluator, waiting.id, waiting.candidateHash),
  ];
  for (const step of again) expect((await refusalOf(step)).code).toBe('MECHANISM_MISMATCH');
  expect(await whyNotOffered(cast.approver, decided.id, 'approve')).toBe('MECHANISM_MISMATCH');
  expect(await whyNotOffered(cast.evaluator, waiting.id, 'endorse')).toBe('MECHANISM_MISMATCH');
  expect(await whyNotOffered(cast.evaluator, waiting.id, 'rework')).toBeNull();
  service.worker.start();
  await steps.requestIn(cast.operator, begun, ['AGREED']);
  const refused = await refusalOf(
    steps.generateCandidate(cast.operator, begun, { mechanismId, reason: 'It was cancelled before.' }),
  );
  expect(refused.code).toBe('MECHANISM_MISMATCH');
  const back = await refusalOf(overrule(cast.approver, 'reinstateRelease', id));
  // What a retired mechanism has made is looked at release by release; of a suspended one nothing comes back.
  expect(back.code).toBe(mutation === 'suspendMechanism' ? 'MECHANISM_MISMATCH' : 'CHECKS_NOT_PASSED');
});

it('nothing that somebody doubted stands on the approval of its mechanism', async () => {
  const prepared = await prepareSource(cast);
  const [queried, returned, rejected] = [
    await endorsedRequest(cast, prepared),
    await endorsedRequest(cast, prepared),
    await endorsedRequest(cast, prepared),
  ];
  await decide(cast.approver, 'query', queried.id);
  await decide(cast.approver, 'return', returned.id);
  await decide(cast.approver, 'reject', rejected.id);
  await approved(prepared);
  await steps.endorseRequest(cast.evaluator, queried.id, queried.candidateHash);
  await cast.researcher.call('mutation ($id: ID!) { resubmitRequest(id: $id) { __typename } }', {
    id: returned.id,
  });
  const appeal = await startSuccessor(cast.researcher, 'appealRequest', rejected.id);
  await steps.submitRequest(cast.researcher, appeal.id);
  const undoubted = await submitted(prepared, 'Undoubted');
  await steps.requestIn(cast.operator, undoubted, ['AGREED']);
  await new Promise((resolve) => setTimeout(resolve, 1000)); // Several sweeps.
  const states = await Promise.all([queried.id, returned.id, appeal.id].map(stateOf));
  expect(states).toEqual(['IG_REVIEW', 'SUBMITTED', 'SUBMITTED']);
  await steps.approveRequest(cast.approver, queried.id, queried.candidateHash);
  await steps.requestIn(cast.researcher, queried.id, ['PUBLISHED']);
});

it('an approval of a mechanism stands under the policy it was given under, and no newer one', async () => {
  const prepared = await prepareSource(cast);
  const { id: mechanismId } = await approved(prepared);
  const ruledBy = (hash: string): Promise<unknown> =>
    asOwner(service.database, 'UPDATE mechanism SET approval_policy_hash = $2 WHERE id = $1', [
      mechanismId,
      hash,
    ]);
  const [now] = await asOwner<{ hash: string }>(
    service.database,
    'SELECT approval_policy_hash AS hash FROM mechanism WHERE id = $1',
    [mechanismId],
  );
  await ruledBy('older');
  const { id } = await endorsedRequest(cast, prepared);
  const waiting = await submitted(prepared, 'Waiting');
  await new Promise((resolve) => setTimeout(resolve, 1000)); // Several sweeps.
  expect([await stateOf(id), await stateOf(waiting)]).toEqual(['IG_REVIEW', 'SUBMITTED']);
  await ruledBy(now?.hash ?? '');
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  await steps.requestIn(cast.researcher, waiting, ['AGREED']);
});

it('a mechanism that nothing was made by is withdrawn by whoever registered it, and may begin anew', async () => {
  const prepared = await prepareSource(cast);
  const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
  const colleague = await addPerson(service, ['operator']);
  await commandMechanism(cast.operator, 'submitMechanism', mechanism);
  const withdraw = (person: Cast['operator']): Promise<MechanismAnswer> =>
    commandMechanism(person, 'withdrawMechanism', mechanism);
  expect((await refusalOf(withdraw(colleague.client))).code).toBe('NOT_PERMITTED');
  expect((await withdraw(cast.operator)).state).toBe('WITHDRAWN');
  const id = await agreedRequest(cast, prepared);
  const choice = { mechanismId: mechanism.id };
  const stopped = await refusalOf(steps.generateCandidate(cast.operator, id, choice));
  expect(stopped.code).toBe('MECHANISM_MISMATCH');
  const [{ profile_id: profileId } = { profile_id: '' }] = await asOwner<{ profile_id: string }>(
    service.database,
    'SELECT profile_id FROM mechanism WHERE id = $1',
    [mechanism.id],
  );
  await steps.registerMechanism(colleague.client, { generator: 'independent-marginals', profileId });
  expect(await mechanismOf(cast.operator, mechanism.id)).toMatchObject({ state: 'DRAFT' });
  expect((await refusalOf(withdraw(cast.operator))).code).toBe('NOT_PERMITTED');
  await steps.generateCandidate(cast.operator, id, choice);
  const used = await refusalOf(withdraw(colleague.client));
  expect([used.code, used.message]).toEqual(['WRONG_STATE', expect.stringContaining('retire it')]);
});

describe('the approval of a mechanism', () => {
  it('takes three different people', async () => {
    const prepared = await prepareSource(cast);
    const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
    const [row] = await asOwner<{ registered_by_id: string }>(
      service.database,
      'SELECT registered_by_id FROM mechanism WHERE id = $1',
      [mechanism.id],
    );
    const registrar = row?.registered_by_id;
    const everything = ['operator', 'evaluator', 'ig-approver'];
    await asOwner(service.database, 'UPDATE person SET roles = $2 WHERE id = $1', [registrar, everything]);
    const registrant = await service.as('operator');
    const reviewer = await addPerson(service, everything);
    await commandMechanism(registrant, 'submitMechanism', mechanism);
    expect((await refusalOf(commandMechanism(registrant, 'reviewMechanism', mechanism))).code).toBe(
      'OWN_REQUEST',
    );
    await commandMechanism(reviewer.client, 'reviewMechanism', mechanism);
    expect((await refusalOf(commandMechanism(registrant, 'approveMechanism', mechanism))).code).toBe(
      'OWN_REQUEST',
    );
    expect((await refusalOf(commandMechanism(reviewer.client, 'approveMechanism', mechanism))).code).toBe(
      'EVALUATOR_DECIDES',
    );
    await asOwner(service.database, 'UPDATE person SET roles = $2 WHERE id = $1', [registrar, ['operator']]);
  });

  it('is about the mechanism that was read', async () => {
    const prepared = await prepareSource(cast);
    const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
    const other = { ...mechanism, hash: 'f'.repeat(64) };
    expect((await refusalOf(commandMechanism(cast.operator, 'submitMechanism', other))).code).toBe(
      'MECHANISM_MISMATCH',
    );
  });
});
