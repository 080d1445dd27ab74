import { ApiClient } from '../../src/commands/example/api-client.js';
import { auditChain } from '../support/databases.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { type Service, startService } from '../support/service.js';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

interface TypeRef {
  readonly kind: string;
  readonly name: string | null;
  readonly ofType: TypeRef | null;
}
interface FieldFacts {
  readonly name: string;
  readonly type: TypeRef;
  readonly args: readonly {
    readonly name: string;
    readonly type: TypeRef;
    readonly defaultValue: string | null;
  }[];
}
interface TypeFacts {
  readonly name: string;
  readonly kind: string;
  readonly fields: readonly FieldFacts[] | null;
  readonly inputFields: FieldFacts['args'] | null;
  readonly enumValues: readonly { readonly name: string }[] | null;
}

const typeRef = 'kind name ofType { kind name ofType { kind name ofType { kind name } } }';
const introspection = `{ __schema { types { name kind enumValues { name }
  inputFields { name defaultValue type { ${typeRef} } }
  fields { name type { ${typeRef} } args { name defaultValue type { ${typeRef} } } } } } }`;

const uuid = '00000000-0000-4000-8000-000000000000';
const scalars: Readonly<Record<string, string>> = {
  ID: `"${uuid}"`,
  String: '"text"',
  Int: '1',
  Float: '1',
  Boolean: 'true',
  DateTime: '"2030-01-01T00:00:00Z"',
};

/** Some value that the type accepts. */
function valueOf(type: TypeRef, types: readonly TypeFacts[]): string {
  if (type.kind === 'NON_NULL' && type.ofType) return valueOf(type.ofType, types);
  if (type.kind === 'LIST' && type.ofType) return `[${valueOf(type.ofType, types)}]`;
  const facts = types.find(({ name }) => name === type.name);
  if (facts?.enumValues) return facts.enumValues[0]?.name ?? '';
  if (!facts?.inputFields) return scalars[type.name ?? ''] ?? 'null';
  return `{ ${argumentsOf(facts.inputFields, types)} }`;
}

const argumentsOf = (args: FieldFacts['args'], types: readonly TypeFacts[]): string =>
  args.map(({ name, type }) => `${name}: ${valueOf(type, types)}`).join(', ');

function documentOf(operation: string, field: FieldFacts, types: readonly TypeFacts[]): string {
  const args = field.args.length > 0 ? `(${argumentsOf(field.args, types)})` : '';
  let type = field.type;
  while (type.ofType) type = type.ofType;
  const selection = type.kind === 'SCALAR' ? '' : ' { __typename }';
  return `${operation} { ${field.name}${args}${selection} }`;
}

it('nothing in the schema answers without a token but signing in and the letter of a referee', async () => {
  const nobody = ApiClient.anonymous(service.baseUrl);
  const { types } = await nobody.call<{ types: TypeFacts[] }>(introspection);
  const answers: Record<string, string> = {};
  for (const operation of ['Query', 'Mutation']) {
    for (const field of types.find(({ name }) => name === operation)?.fields ?? []) {
      const { data, errors } = await nobody.post(documentOf(operation.toLowerCase(), field, types));
      const open = Object.values(data ?? {}).some((value) => value !== null);
      answers[field.name] = open ? 'ANSWERED' : (errors?.[0]?.extensions?.code ?? 'NOTHING');
    }
  }
  expect(Object.keys(answers).length).toBeGreaterThan(25);
  const { signIn, completeSignIn, answerAsReferee, refereeInvitation, ...others } = answers;
  expect({ signIn, completeSignIn, answerAsReferee }).toEqual({
    signIn: 'ANSWERED',
    completeSignIn: 'ANSWERED',
    answerAsReferee: 'ANSWERED',
  });
  expect(refereeInvitation).toBe('NOTHING');
  expect(others).toEqual(Object.fromEntries(Object.keys(others).map((name) => [name, 'UNAUTHENTICATED'])));
});

describe('signing in', () => {
  const wrong = { code: 'WRONG_CREDENTIALS' };

  it('says the same of a wrong password, an unknown and a disabled person, and records each', async () => {
    const { baseUrl, database } = service;
    const before = (await auditChain(database)).length;
    const attempts = [
      ['researcher@demo.example', 'not the password'],
      ['nobody@demo.example', 'picketfence-demo'],
      ["' OR 1=1 --", 'picketfence-demo'],
      ['', ''],
    ] as const;
    for (const [email, password] of attempts)
      await expect(ApiClient.signIn(baseUrl, email, password)).rejects.toMatchObject(wrong);
    const added = (await auditChain(database)).slice(before);
    expect(added).toHaveLength(attempts.length);
    expect(added.every(({ action, outcome }) => action === 'sign-in' && outcome === 'refused')).toBe(true);
    expect(JSON.stringify(added)).not.toMatch(/not the password|picketfence-demo/);
    expect(findBrokenLink(await auditChain(database))).toBeNull();
  });

  it('keeps passwords and tokens out of the logs and the database', async () => {
    const token = await service.tokenOf('researcher');
    await expect(
      ApiClient.signIn(service.baseUrl, 'researcher@demo.example', 'a-wrong-secret'),
    ).rejects.toMatchObject(wrong);
    const logs = service.server.log() + service.worker.log();
    expect(logs).not.toContain(token);
    expect(logs).not.toContain('a-wrong-secret');
    expect(JSON.stringify(await auditChain(service.database))).not.toContain(token);
  });
});

describe('the GraphQL door', () => {
  const post = (body: string, headers: Record<string, string>): Promise<Response> =>
    fetch(new URL('/graphql', service.baseUrl), { method: 'POST', body, headers });

  it('takes no batches, no forms of other sites, and no mutation by GET', async () => {
    const json = { 'content-type': 'application/json' };
    const one = { query: '{ me { id } }' };
    expect((await post(JSON.stringify([one, one]), json)).status).toBe(400);
    expect((await post(JSON.stringify(one), { 'content-type': 'text/plain' })).status).toBeGreaterThanOrEqual(
      400,
    );
    const query = encodeURIComponent('mutation { signOut }');
    const headers = { ...json, 'apollo-require-preflight': '1' };
    expect((await fetch(new URL(`/graphql?query=${query}`, service.baseUrl), { headers })).status).toBe(405);
  });

  it('refuses a body that is too large', async () => {
    const body = JSON.stringify({ query: `{ me { id } } # ${'x'.repeat(1_100_000)}` });
    expect((await post(body, { 'content-type': 'application/json' })).status).toBe(413);
  });

  it('tells nobody what the database said', async () => {
    const researcher = await service.as('researcher');
    const { errors } = await researcher.post('{ request(id: "1 OR 1=1") { id } }');
    expect(JSON.stringify(errors)).not.toMatch(/syntax|uuid|SELECT|stack/i);
    const auditor = await service.as('auditor');
    const { errors: other } = await auditor.post(
      '{ auditEvents(before: "x; DROP TABLE person") { id: sequence } }',
    );
    expect(JSON.stringify(other)).not.toMatch(/syntax|bigint|SELECT|stack/i);
  });
});
