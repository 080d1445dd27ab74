import { rm } from 'node:fs/promises';
import { openAssessment, signedAssessment } from '../../src/commands/example/assessment-steps.js';
import * as steps from '../../src/commands/example/steps.js';
import {
  addPerson,
  agreedRequest,
  type Cast,
  decide,
  exampleFile,
  prepareSource,
  type Prepared,
  refusalOf,
  signInAll,
} from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { activeGrant, createLink } from '../support/access-steps.js';
import { declaredUse, expectDeclaredUseMeasured } from '../support/declared-use-steps.js';
import { type Service, startService } from '../support/service.js';
import {
  failedChecks,
  finishedModel,
  type ModelAnswer,
  policiesForFew,
  raceForTheLast,
  readyModel,
  requestModel,
  reworked,
} from '../support/tier-steps.js';

let service: Service;
let cast: Cast;
let low: Prepared;
let model: ModelAnswer;
let structural: Prepared;
let high: Prepared;

const policies = policiesForFew();

beforeAll(async () => {
  service = await startService({ env: { PICKETFENCE_POLICIES: policies } });
  cast = await signInAll(service);
  low = await prepareSource(cast, exampleFile);
  const { sourceId } = low;
  // Every check of the tier learns and samples again and again: a few columns will do.
  const columns = low.columns.slice(0, 5);
  model = await readyModel(cast.operator, { sourceId, columns });
  const choice = { generator: 'sequential-cart', modelId: model.id };
  const learned = await steps.registerMechanism(cast.operator, choice);
  high = { ...low, columns, mechanismId: learned.id };
  const { id: mechanismId } = await steps.registerMechanism(cast.operator, { generator: 'random', sourceId });
  structural = { ...low, mechanismId };
});
afterAll(async () => {
  await service.stop();
  await rm(policies, { recursive: true });
});

async function endorsed(
  prepared: Prepared,
  tier: 'STRUCTURAL' | 'HIGH',
  change: Partial<steps.RequestDraft> = {},
): Promise<steps.RequestAnswer> {
  const id = await agreedRequest(cast, prepared, { tier, ...change });
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId });
  const found = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED', 'AGREED']);
  const failed = await failedChecks(service, id);
  expect({ state: found.state, failed }).toEqual({ state: 'EVALUATING', failed: [] });
  if (tier === 'HIGH') await signedAssessment(cast.evaluator, id);
  return steps.endorseRequest(cast.evaluator, id, found.candidateHash ?? '');
}

describe('structural data', () => {
  it('come from the public schema and are released after one approval', async () => {
    const { id, candidateHash } = await endorsed(structural, 'STRUCTURAL');
    await steps.approveRequest(cast.approver, id, candidateHash ?? '');
    await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
    const { files } = await steps.releaseOf(cast.researcher, id);
    const manifest = files.find(({ name }) => name === 'manifest.json');
    const content: unknown = await (await cast.researcher.get(manifest?.path ?? '')).json();
    expect(content).toMatchObject({ tier: 'STRUCTURAL', generator: { name: 'random' } });
  });
});

describe('data of high fidelity', () => {
  it('come from a model that learned half of the subjects, the other half being kept back', async () => {
    const [source] = await asOwner<{ rows: string }>(
      service.database,
      'SELECT rows FROM source WHERE id = $1',
      [low.sourceId],
    );
    const { trainRows, holdoutRows } = model;
    // As many on both sides; who is near the middle is on neither, here 7 of 569.
    expect(trainRows).toBe(holdoutRows);
    expect((trainRows ?? 0) * 2).toBeGreaterThan(Number(source?.rows) * 0.95);
    expect((await eventsOn(service.database, model.id)).map(({ action }) => action)).toContain('fit-model');
  });

  it('are not endorsed before somebody has signed their impact assessment', async () => {
    const id = await agreedRequest(cast, high, { tier: 'HIGH' });
    const chosen = { mechanismId: high.mechanismId, seed: 'mine' };
    const choosing = await refusalOf(steps.generateCandidate(cast.operator, id, chosen));
    expect([choosing.code, choosing.place]).toEqual(['BAD_PARAMETERS', 'seed']);
    await steps.generateCandidate(cast.operator, id, { mechanismId: high.mechanismId });
    const { candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
    const refused = await refusalOf(steps.endorseRequest(cast.evaluator, id, candidateHash ?? ''));
    expect([refused.code, refused.place]).toEqual(['DPIA_MISSING', 'assessment']);
    await steps.generateCandidate(cast.operator, await reworked(cast.evaluator, id), {
      mechanismId: high.mechanismId,
      reason: 'What was signed is to be about another candidate.',
    });
    const { candidateHash: next } = await steps.requestIn(cast.evaluator, id, ['EVALUATING']);
    expect(await openAssessment(cast.evaluator, id)).toMatchObject({ version: 2, state: 'DRAFT' });
    const still = await refusalOf(steps.endorseRequest(cast.evaluator, id, next ?? ''));
    expect(still.code).toBe('DPIA_MISSING');
  });

  it('need two approvals by different people, neither of whom sees what the other said', async () => {
    // As many rows as were learned from, so that models have something to learn.
    const { id, candidateHash } = await endorsed(high, 'HIGH', { declaredUse, rows: 285 });
    await expectDeclaredUseMeasured(cast.approver, id);
    const second = await addPerson(service, ['ig-approver']);
    const first = await steps.approveRequest(cast.approver, id, candidateHash ?? '');
    expect(first.state).toBe('IG_REVIEW');
    const again = await refusalOf(steps.approveRequest(cast.approver, id, candidateHash ?? ''));
    expect(again.code).toBe('ALREADY_DECIDED');
    const seen = await second.client.call<{ decisions: { command: string }[] }>(
      'query ($id: ID!) { request(id: $id) { decisions { command } } }',
      { id },
    );
    expect(seen.decisions.map(({ command }) => command)).not.toContain('approve');
    const third = await addPerson(service, ['ig-approver']);
    await raceForTheLast(service, [cast.approver, second.client, third.client], { id, candidateHash });
    expect((await steps.requestIn(cast.evaluator, id, ['PUBLISHED'])).candidateHash).toBe(candidateHash);
    await expectAttemptsInEvidence(id);
    await expectOnlyForGrantees(id);
  });

  /** Nobody chose the seed; what the same mechanism made for other requests is seen by those who decide. */
  async function expectAttemptsInEvidence(id: string): Promise<void> {
    const { evidence, attempts, seed } = await cast.approver.call<{
      evidence: { content: string };
      attempts: { requestId: string; isDrawn: boolean }[];
      seed: string;
    }>('query ($id: ID!) { request(id: $id) { seed evidence { content } attempts { requestId isDrawn } } }', {
      id,
    });
    expect(attempts.every(({ isDrawn }) => isDrawn)).toBe(true);
    const others = attempts.filter(({ requestId }) => requestId !== id);
    const { attempts: own } = await cast.researcher.call<{ attempts: { requestId: string }[] }>(
      'query ($id: ID!) { request(id: $id) { attempts { requestId } } }',
      { id },
    );
    expect([others.length > 0, own.map(({ requestId }) => requestId)]).toEqual([true, [id]]);
    expect(JSON.parse(evidence.content)).toMatchObject({
      declaredUse,
      candidate: { seed },
      attempts: [{ attempt: 1, seed, isDrawn: true, reason: null }],
      attemptsElsewhere: { made: others.length },
    });
  }

  /** Who asked for the release gets it like everybody else: with a grant, by a link. */
  async function expectOnlyForGrantees(requestId: string): Promise<void> {
    const { researcher } = cast;
    const ask = 'query ($id: ID!) { request(id: $id) { release { id tier } } }';
    expect(await researcher.call(ask, { id: requestId })).toEqual({ release: null });
    const [registered] = await researcher.call<{ id: string }[]>('{ releasesToApplyFor { id } }');
    const releaseId = registered?.id ?? '';
    await activeGrant(service, { cast, applicant: researcher, releaseId });
    expect(await researcher.call(ask, { id: requestId })).toEqual({
      release: { id: releaseId, tier: 'HIGH' },
    });
    const manifest = await researcher.get(await createLink(researcher, releaseId, 'manifest.json'));
    expect(await manifest.json()).toMatchObject({ tier: 'HIGH', generator: { name: 'sequential-cart' } });
  }

  it('are in the catalogue for everybody with an account: that they are there, and nothing of them', async () => {
    const asked = `{ catalogue { id tier state title useCase rows columnCount formats generator releaseNotes
      limitations downloaders } }`;
    const [shown, empty] = [
      await cast.outsider.call<{ tier: string; id: string }[]>(asked),
      await cast.outsider.call('{ catalogue(publishedBefore: "2020-01-01T00:00:00Z") { id } }'),
    ];
    expect(empty).toEqual([]);
    const found = shown.find(({ tier }) => tier === 'HIGH');
    expect(found).toMatchObject({
      ...{ state: 'PUBLISHED', title: 'Breast cancer diagnostics', rows: 285, columnCount: 5 },
      ...{
        formats: ['csv'],
        generator: expect.stringMatching(/^sequential-cart \d/) as string,
        downloaders: null,
      },
    });
    expect(
      await cast.outsider.call('query ($id: ID!) { release(id: $id) { id } }', { id: found?.id }),
    ).toBeNull();
    expect((await refusalOf(cast.outsider.call('{ catalogue(first: 201) { id } }'))).code).toBe(
      'ROWS_OUT_OF_BOUNDS',
    );
  });

  it('are not published on one approval, however often it is asked for', async () => {
    const { id, candidateHash } = await endorsed(high, 'HIGH');
    await steps.approveRequest(cast.approver, id, candidateHash ?? '');
    const refused = await refusalOf(
      cast.operator.call(
        'mutation ($id: ID!) { publishRequest(id: $id) { __typename ... on Refusal { code message place } } }',
        { id },
      ),
    );
    expect(refused.code).toBe('WRONG_STATE');
    await decide(cast.approver, 'reject', id);
  });
});

describe('a mechanism', () => {
  const register = (choice: steps.MechanismChoice): Promise<string> =>
    refusalOf(steps.registerMechanism(cast.operator, choice)).then(({ code }) => code);

  it('is given what its generator may look at and nothing else', async () => {
    const { sourceId } = low;
    expect(await register({ generator: 'random', modelId: model.id })).toBe('BAD_PARAMETERS');
    expect(await register({ generator: 'sequential-cart', sourceId })).toBe('BAD_PARAMETERS');
    expect(await register({ generator: 'sequential-cart' })).toBe('INCOMPLETE');
    expect(await register({ generator: 'independent-marginals', sourceId, modelId: model.id })).toBe(
      'BAD_PARAMETERS',
    );
    expect(await register({ generator: 'sequential-cart', modelId: sourceId })).toBe('NOT_FOUND');
  });

  it('of another tier does not serve a request', async () => {
    const id = await agreedRequest(cast, low, { tier: 'HIGH' });
    const refused = await refusalOf(
      steps.generateCandidate(cast.operator, id, { mechanismId: low.mechanismId }),
    );
    expect(refused.code).toBe('MECHANISM_MISMATCH');
  });

  it('makes nothing once the bytes of its model have changed', async () => {
    const { sourceId, columns } = low;
    const other = await readyModel(cast.operator, { sourceId, columns, parameters: { minLeaf: 30 } });
    const { id: mechanismId } = await steps.registerMechanism(cast.operator, {
      generator: 'sequential-cart',
      modelId: other.id,
    });
    await asOwner(service.database, 'UPDATE model SET hash = $2 WHERE id = $1', [other.id, model.hash]);
    const id = await agreedRequest(cast, low, { tier: 'HIGH' });
    const refused = await refusalOf(steps.generateCandidate(cast.operator, id, { mechanismId }));
    expect(refused.code).toBe('MODEL_NOT_READY');
  });
});

describe('a model', () => {
  it('is not asked for by those who would decide on it, nor of columns that are never learned', async () => {
    const { sourceId, columns } = low;
    for (const person of [cast.researcher, cast.evaluator, cast.approver, cast.custodian, cast.auditor]) {
      expect((await refusalOf(requestModel(person, { sourceId, columns }))).code).toBe('NOT_PERMITTED');
    }
    const unknown = await refusalOf(requestModel(cast.operator, { sourceId, columns: ['height'] }));
    expect(unknown.code).toBe('UNKNOWN_COLUMN');
    const weaker = { sourceId, columns, parameters: { minLeaf: 1 } };
    expect((await refusalOf(requestModel(cast.operator, weaker))).code).toBe('BAD_PARAMETERS');
  });

  it('says why it could not be learned', async () => {
    const { sourceId, columns } = low;
    const { id } = await requestModel(cast.operator, { sourceId, columns, parameters: { minLeaf: 10_000 } });
    const failed = await finishedModel(cast.operator, id);
    expect(failed).toMatchObject({ state: 'FAILED', hash: null });
    expect(failed.problem).toContain('rows');
  });
});
