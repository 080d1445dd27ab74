import { randomBytes, randomUUID } from 'node:crypto';
import { ApiClient, ApiRefusal, refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { demoPassword } from '../../src/modules/identity/demo-people.js';
import { asOwner, eventsOn, rowOf } from './databases.js';
import type { Service } from './service.js';

/** The people of a story, signed in. */
export interface Cast {
  readonly custodian: ApiClient;
  readonly researcher: ApiClient;
  readonly outsider: ApiClient;
  readonly operator: ApiClient;
  readonly evaluator: ApiClient;
  readonly approver: ApiClient;
  readonly auditor: ApiClient;
}

export async function signInAll(service: Service): Promise<Cast> {
  const [custodian, researcher, outsider, operator, evaluator, approver, auditor] = await Promise.all([
    service.as('custodian'),
    service.as('researcher'),
    service.as('outsider'),
    service.as('operator'),
    service.as('evaluator'),
    service.as('approver'),
    service.as('auditor'),
  ]);
  return { custodian, researcher, outsider, operator, evaluator, approver, auditor };
}

export const exampleFile = 'content/example/breast-cancer-wisconsin.csv';

export interface Prepared {
  readonly sourceId: string;
  readonly columns: readonly string[];
  readonly mechanismId: string;
}

let sourceCount = 0;

/** A registered source with a signed profile and a mechanism: what requests can be made against. */
export async function prepareSource(cast: Cast, file: string = exampleFile): Promise<Prepared> {
  sourceCount += 1;
  const source = await steps.registerSource(cast.custodian, file, {
    name: `Source ${sourceCount}`,
    description: 'For a story.',
    citation: 'Wolberg et al. (1993), doi 10.24432/C5DW2B',
    licence: 'CC BY 4.0',
  });
  const profile = await steps.signedProfile(cast.custodian, cast.approver, source.id);
  const mechanism = await steps.registerMechanism(cast.operator, {
    generator: 'independent-marginals',
    profileId: profile.id,
  });
  return { sourceId: source.id, columns: source.releasableColumns, mechanismId: mechanism.id };
}

const draft = {
  title: 'Breast cancer diagnostics',
  purpose: 'Teach data preparation without access to the extract.',
  rows: 100,
};

/** A submitted request that the audit team agreed to. */
export async function agreedRequest(
  cast: Cast,
  { sourceId, columns }: Prepared,
  change: Partial<steps.RequestDraft> = {},
): Promise<string> {
  const { id } = await steps.draftRequest(cast.researcher, sourceId, { ...draft, columns, ...change });
  await steps.submitRequest(cast.researcher, id);
  await steps.agreeRequest(cast.operator, id);
  return id;
}

/** A request whose candidate passed its checks and waits for the evaluator. */
export async function evaluatedRequest(
  cast: Cast,
  prepared: Prepared,
  {
    seed = null,
    memberIds = [],
  }: { readonly seed?: string | null; readonly memberIds?: readonly string[] } = {},
): Promise<{ id: string; candidateHash: string }> {
  const id = await agreedRequest(cast, prepared, { memberIds });
  await steps.generateCandidate(cast.operator, id, { mechanismId: prepared.mechanismId, seed });
  const { state, candidateHash } = await steps.requestIn(cast.evaluator, id, ['EVALUATING', 'BLOCKED']);
  if (state !== 'EVALUATING' || candidateHash === null) throw new Error(`The request is ${state}.`);
  return { id, candidateHash };
}

/** A request that waits for information governance. */
export async function endorsedRequest(
  cast: Cast,
  prepared: Prepared,
  choice: { readonly seed?: string } = {},
): Promise<{ id: string; candidateHash: string }> {
  const found = await evaluatedRequest(cast, prepared, choice);
  await steps.endorseRequest(cast.evaluator, found.id, found.candidateHash);
  return found;
}

export interface Somebody {
  readonly id: string;
  readonly client: ApiClient;
}

/** A person with several roles at once, who has the password of the demo people. */
export async function addPerson(service: Service, roles: readonly string[]): Promise<Somebody> {
  const email = `${randomBytes(6).toString('hex')}@demo.example`;
  const [person] = await asOwner<{ id: string }>(
    service.database,
    `INSERT INTO person (email, name, password_hash, roles, demo, created_at)
     SELECT $1, 'Somebody', password_hash, $2, true, created_at FROM person WHERE email = 'researcher@demo.example'
     RETURNING id`,
    [email, roles],
  );
  if (!person) throw new Error('There are no demo people to take the password from.');
  return { id: person.id, client: await ApiClient.signIn(service.baseUrl, email, demoPassword) };
}

/** The refusal that was answered. Anything else is a failure of the test. */
export async function refusalOf(answer: Promise<unknown>): Promise<ApiRefusal> {
  try {
    const value = await answer;
    throw new Error(`It was not refused; the answer was ${JSON.stringify(value)}`);
  } catch (error) {
    if (error instanceof ApiRefusal) return error;
    throw error;
  }
}

/** The command is refused with this code, the refusal is on record, and the request is what it was. */
export async function expectRefusedAndRecorded(
  service: Service,
  attempt: { readonly requestId: string; readonly command: string; readonly code: string },
  act: () => Promise<unknown>,
): Promise<void> {
  const { requestId, command, code } = attempt;
  const before = await rowOf(service.database, 'request', requestId);
  const { code: found } = await refusalOf(act());
  const last = (await eventsOn(service.database, requestId)).at(-1);
  expect({ command, code: found }).toEqual({ command, code });
  expect({ action: last?.action, outcome: last?.outcome, code: last?.details.refusal?.code }).toEqual({
    action: `${command}-request`,
    outcome: 'refused',
    code,
  });
  expect(await rowOf(service.database, 'request', requestId)).toEqual(before);
}

const requestFields = `__typename ... on Request { id state candidateHash } ${refusalFields}`;

/** Verdicts that need a reason and nothing else. */
export function decide(
  person: ApiClient,
  command: 'agree' | 'return' | 'decline' | 'rework' | 'query' | 'reject' | 'close',
  id: string,
): Promise<steps.RequestAnswer> {
  if (command === 'agree') return steps.agreeRequest(person, id);
  return person.call(
    `mutation ($id: ID!, $reason: String!) { ${command}Request(id: $id, reason: $reason) { ${requestFields} } }`,
    { id, reason: 'A reason of enough characters.' },
  );
}

/** Asks again for the publication. */
export function publishRequest(person: ApiClient, id: string): Promise<steps.RequestAnswer> {
  return person.call(`mutation ($id: ID!) { publishRequest(id: $id) { ${requestFields} } }`, { id });
}

/** A released dataset of the researcher. */
export async function releasedRequest(
  cast: Cast,
  prepared: Prepared,
): Promise<{ id: string; release: steps.ReleaseAnswer }> {
  const { id, candidateHash } = await endorsedRequest(cast, prepared);
  await steps.approveRequest(cast.approver, id, candidateHash);
  await steps.requestIn(cast.researcher, id, ['PUBLISHED']);
  return { id, release: await steps.releaseOf(cast.researcher, id) };
}

/** Another request that has come just as far, candidate and checks included: quicker than the whole way again. */
export async function copyOf<Found extends { readonly id: string }>(
  service: Service,
  original: Found,
): Promise<Found> {
  const id = randomUUID();
  const copy = (table: string, key: string, change: string): Promise<unknown> =>
    asOwner(
      service.database,
      `INSERT INTO ${table} SELECT (jsonb_populate_record(found, ${change})).* FROM ${table} found WHERE ${key} = $2`,
      [id, original.id],
    );
  await copy('request', 'id', `jsonb_build_object('id', $1::text, 'reference', $1::text)`);
  await copy('candidate', 'request_id', `jsonb_build_object('request_id', $1::text)`);
  await copy(
    'evaluation',
    'request_id',
    `jsonb_build_object('request_id', $1::text, 'id', gen_random_uuid())`,
  );
  return { ...original, id };
}
