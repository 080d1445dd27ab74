import * as steps from '../../src/commands/example/steps.js';
import { type ApiClient, refusalFields } from '../../src/commands/example/api-client.js';
import { type Cast, exampleFile, prepareSource, refusalOf, signInAll } from '../support/cast.js';
import { eventsOn } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { requestModel } from '../support/tier-steps.js';

const words = {
  name: 'Clinical rules of this installation',
  description: 'Modules that simulate lives in England and Wales.',
  citation: 'Each module names its sources.',
  licence: 'Apache-2.0',
};
const parameters = { referenceDate: '2026-01-01', age: { low: 60, high: 80 }, yearsOfHistory: 5 };
const persons = 12;

let service: Service;
let cast: Cast;
let sourceId: string;
let mechanismId: string;

function registerRules(
  person: ApiClient,
): Promise<{ id: string; kind: string; releasableColumns: string[] }> {
  return person.call(
    `mutation ($input: RegisterRulesInput!) {
       registerRules(input: $input) { __typename ... on Source { id kind releasableColumns } ${refusalFields} } }`,
    { input: words },
  );
}

function register(choice: object): Promise<{ id: string; hash: string }> {
  return cast.operator.call(
    `mutation ($input: RegisterMechanismInput!) {
       registerMechanism(input: $input) { __typename ... on Mechanism { id hash tier } ${refusalFields} } }`,
    { input: { permittedUses: ['RESEARCH'], generator: 'clinical-trajectories', sourceId, ...choice } },
  );
}

async function agreed(different: object = {}): Promise<string> {
  const { id } = await steps.draftRequest(cast.researcher, sourceId, {
    title: 'Lives for a course',
    purpose: 'Teach students how records of a hospital hang together.',
    columns: [],
    rows: persons,
    tier: 'STRUCTURAL',
    formats: ['records'],
    ...different,
  });
  await steps.submitRequest(cast.researcher, id);
  await steps.agreeRequest(cast.operator, id);
  return id;
}

beforeAll(async () => {
  service = await startService();
  cast = await signInAll(service);
  const source = await registerRules(cast.custodian);
  expect(source).toMatchObject({ kind: 'RULES', releasableColumns: [] });
  sourceId = source.id;
  mechanismId = (await register({ parameters: JSON.stringify(parameters) })).id;
});
afterAll(() => service.stop());

describe('clinical rules', () => {
  it('are one source however often they are registered', async () => {
    expect((await refusalOf(registerRules(cast.custodian))).code).toBe('ALREADY_REGISTERED');
  });

  it('hold nothing that could be summarised or learned', async () => {
    expect((await refusalOf(steps.requestProfile(cast.custodian, sourceId))).code).toBe('NO_RECORDS');
    const learning = requestModel(cast.operator, { sourceId, columns: ['age'] });
    expect((await refusalOf(learning)).code).toBe('NO_RECORDS');
  });

  it('are for the generator that takes rules, and records are not', async () => {
    expect((await refusalOf(register({ generator: 'random' }))).code).toBe('MECHANISM_MISMATCH');
    const extract = await prepareSource(cast, exampleFile);
    const onRecords = register({ sourceId: extract.sourceId, parameters: JSON.stringify(parameters) });
    expect((await refusalOf(onRecords)).code).toBe('MECHANISM_MISMATCH');
    expect((await refusalOf(register({ parameters: '{"age":{"low":1}}' }))).code).toBe('BAD_PARAMETERS');
  });

  it('that leave nobody to simulate fail the attempt and say why', async () => {
    const nowhere = await register({ parameters: JSON.stringify({ ...parameters, area: 'Atlantis' }) });
    const id = await agreed();
    await steps.generateCandidate(cast.operator, id, { mechanismId: nowhere.id });
    await steps.requestIn(cast.operator, id, ['AGREED']);
    const events = await eventsOn(service.database, id);
    const failed = events.find(({ action }) => action === 'generation-failed-request');
    expect(JSON.stringify(failed?.details)).toContain('Atlantis');
  });
});

describe('simulated lives', () => {
  it('are released after one approval, and are what was asked for', async () => {
    const id = await agreed();
    await steps.generateCandidate(cast.operator, id, { mechanismId, seed: 'lives' });
    const found = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED', 'AGREED']);
    expect(found.state).toBe('EVALUATING');
    const { candidateHash } = await steps.endorseRequest(cast.evaluator, id, found.candidateHash ?? '');
    await steps.approveRequest(cast.approver, id, candidateHash ?? '');
    await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
    const { files } = await steps.releaseOf(cast.researcher, id);
    const records = files.find(({ name }) => name.endsWith('-synthetic-records.ndjson'));
    const text = await (await cast.researcher.get(records?.path ?? '')).text();
    const people = text
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Life);
    expect(people).toHaveLength(persons);
    for (const { person } of people) {
      const age = (Date.UTC(2026, 0, 1) - person.birth.ms) / (365.25 * 86_400_000);
      expect(age).toBeGreaterThanOrEqual(60);
      expect(age).toBeLessThan(81);
    }
    expect(people.some(({ events }) => events.length > 10)).toBe(true);
  });
});

interface Life {
  readonly person: { readonly birth: { readonly ms: number } };
  readonly events: readonly unknown[];
}
