import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  type Cast,
  evaluatedRequest,
  type Prepared,
  prepareSource,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { commandMechanism, mechanismOf, type MechanismAnswer, overrule } from '../support/lifecycle-steps.js';
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

it('a release cites the approval of its mechanism, from the agreement to the publication', async () => {
  const prepared = await prepareSource(cast);
  expect((await approved(prepared)).state).toBe('APPROVED');
  const { id } = await steps.draftRequest(cast.researcher, prepared.sourceId, {
    title: 'Standing',
    purpose: 'Teach data preparation without access to the extract.',
    columns: prepared.columns,
    rows: 100,
  });
  await steps.submitRequest(cast.researcher, id);
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
  const submitted = async (memberIds: readonly string[]): Promise<string> => {
    const { id } = await steps.draftRequest(cast.researcher, prepared.sourceId, {
      ...{ title: 'A team', purpose: 'Teach data preparation without access to the extract.' },
      ...{ columns: prepared.columns, rows: 10, memberIds },
    });
    await steps.submitRequest(cast.researcher, id);
    return id;
  };
  const own = await submitted([memberId]);
  const another = await submitted([]);
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

it('suspending a mechanism stops every release made by it, and nothing more is made', async () => {
  const prepared = await prepareSource(cast);
  const mechanism = await approved(prepared);
  const { id, candidateHash } = await evaluatedRequest(cast, prepared);
  await steps.endorseRequest(cast.evaluator, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  const waiting = await evaluatedRequest(cast, prepared, { seed: 'waiting' });
  await commandMechanism(cast.approver, 'suspendMechanism', mechanism);
  await steps.requestIn(cast.researcher, id, ['SUSPENDED']);
  await steps.endorseRequest(cast.evaluator, waiting.id, waiting.candidateHash);
  await steps.approveRequest(cast.approver, waiting.id, waiting.candidateHash);
  const turnedBack = await steps.requestIn(cast.evaluator, waiting.id, ['IG_REVIEW', 'PUBLISHED']);
  expect(turnedBack.state).toBe('IG_REVIEW');
  const { id: another } = await steps.draftRequest(cast.researcher, prepared.sourceId, {
    title: 'Another',
    purpose: 'Teach data preparation without access to the extract.',
    columns: prepared.columns,
    rows: 10,
  });
  await steps.submitRequest(cast.researcher, another);
  await steps.agreeRequest(cast.operator, another);
  const refused = await refusalOf(
    steps.generateCandidate(cast.operator, another, { mechanismId: mechanism.id, seed: 'no' }),
  );
  expect(refused.code).toBe('MECHANISM_MISMATCH');
  expect((await refusalOf(overrule(cast.approver, 'reinstateRelease', id))).code).toBe('MECHANISM_MISMATCH');
});

describe('the approval of a mechanism', () => {
  it('takes three different people', async () => {
    const prepared = await prepareSource(cast);
    const mechanism = await mechanismOf(cast.operator, prepared.mechanismId);
    const { registered_by_id: registrar } =
      (
        await asOwner<{ registered_by_id: string }>(
          service.database,
          'SELECT registered_by_id FROM mechanism WHERE id = $1',
          [mechanism.id],
        )
      )[0] ?? {};
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
