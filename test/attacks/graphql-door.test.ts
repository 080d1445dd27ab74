import { asOwner } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { waitFor } from '../support/wait-for.js';
import { ask, expectAlive, internals, postRaw } from './raw-graphql.js';

let service: Service;
let authorization: string;
beforeAll(async () => {
  service = await startService();
  authorization = `Bearer ${await service.tokenOf('researcher')}`;
});
afterEach(() => expectAlive(service));
afterAll(() => service.stop());

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(' ');

/** Each fragment spreads the next one twice: 2^30 fields from a short text. */
const fragmentBomb = `{ requests { ...f0 } } ${times(
  30,
  (index) =>
    `fragment f${index} on ReleaseRequest { ${index < 29 ? `a: release { files { name } } ...f${index + 1}` : 'id'} }`,
)}`;

describe('a query that asks for too much', () => {
  it.each([
    [
      'deep introspection',
      `{ __schema { types { ${'fields { type { '.repeat(8)} name ${'} }'.repeat(8)} } } }`,
    ],
    ['many tokens', `{ me { ${'id '.repeat(5000)} } }`],
    ['many aliases', `{ ${times(50, (index) => `a${index}: me { id }`)} }`],
    ['many fragments', fragmentBomb],
    ['many commands', `mutation { ${times(30, (index) => `a${index}: signOut`)} }`],
    ['long lists', '{ auditEvents(first: 2000000000) { sequence } }'],
    ['deep values', `{ request(id: ${'['.repeat(3000)}) { id } }`],
    ['a cycle', '{ requests { ...a } } fragment a on ReleaseRequest { ...a }'],
  ])('is refused for %s before anything is looked up', async (_, query) => {
    const { status, code, text } = await ask(service, query, { authorization });
    expect({ status, text }).toMatchObject({ status: 400 });
    expect(code).toMatch(/^(QUERY_TOO_LARGE|GRAPHQL_PARSE_FAILED|GRAPHQL_VALIDATION_FAILED)$/);
    expect(text).not.toMatch(internals);
  });

  it('is refused for its variables: a list of many, a long text, a page of everything', async () => {
    const incident = `mutation ($text: String!, $id: ID!) {
      reportIncident(input: { requestId: $id, severity: LOW, description: $text }) { __typename } }`;
    const id = '00000000-0000-4000-8000-000000000000';
    const long = await ask(service, incident, {
      authorization,
      variables: { id, text: 'x'.repeat(200_000) },
    });
    expect(long.status).toBe(400);
    const page = await ask(service, 'query ($n: Int!) { auditEvents(first: $n) { sequence } }', {
      authorization,
      variables: { n: 2_000_000_000, unused: Array.from({ length: 5000 }, () => 1) },
    });
    expect(page).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' });
    const deep = `{"query":"{ me { id } }","variables":{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}}`;
    expect((await postRaw(service, deep)).status).toBeLessThan(500);
  });

  it('is on record, once a minute for whoever calls, as is a body that is too large', async () => {
    const aliases = `{ ${times(50, (index) => `a${index}: me { id }`)} }`;
    const body = JSON.stringify({ query: '{ me { id } }', variables: { a: 'x'.repeat(5_000_000) } });
    for (let time = 0; time < 3; time += 1) {
      expect((await ask(service, aliases, { authorization })).status).toBe(400);
      expect((await ask(service, `{ me { ${'id '.repeat(5000)} } }`)).status).toBe(400);
      expect((await postRaw(service, body)).status).toBe(413);
    }
    const found = await waitFor(async () => {
      const events = await asOwner<{ minute: string; place: string }>(
        service.database,
        `SELECT date_trunc('minute', at)::text AS minute, details -> 'refusal' ->> 'place' AS place
         FROM audit_event WHERE action = 'call' AND subject_type = 'Server' AND outcome = 'refused'`,
      );
      return new Set(events.map(({ place }) => place)).size === 2 && events;
    });
    const moments = found.map(({ minute, place }) => `${minute} ${place}`);
    expect(new Set(moments).size).toBe(moments.length);
  });

  it('is taken when it is as large as what the console asks', async () => {
    const query = `{ requests { id reference state title purpose rows columns
      job { kind state progress } candidate { hash files { name bytes } }
      evaluation { outcome checks { name status explanation } }
      allowedActions { command refusal { code message } } decisions { command reason decidedAt }
      release { id files { name bytes sha256 path } } } }`;
    expect(await ask(service, query, { authorization })).toMatchObject({ status: 200, code: null });
  });
});

describe('signing in', () => {
  const signIn = (alias: string): string =>
    `${alias}: signIn(email: "researcher@demo.example", password: "guess-${alias}") { __typename }`;

  it('is tried once a document, whatever the aliases and fragments', async () => {
    const two = await ask(service, `mutation { ${signIn('a')} ${signIn('b')} }`);
    expect(two).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' });
    const spread = `mutation { ...f ...g } fragment f on Mutation { ${signIn('a')} } fragment g on Mutation { ${signIn('b')} }`;
    expect(await ask(service, spread)).toMatchObject({ status: 400, code: 'QUERY_TOO_LARGE' });
    const batch = [{ query: `mutation { ${signIn('a')} }` }, { query: `mutation { ${signIn('b')} }` }];
    expect((await postRaw(service, JSON.stringify(batch))).status).toBe(400);
  });
});

describe('a request of the wrong form', () => {
  const mutation = 'mutation { signOut }';

  it('does nothing: other content types, a form, a GET', async () => {
    const body = JSON.stringify({ query: mutation });
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await postRaw(service, body, { 'content-type': type, authorization })).status).toBe(400);
    const address = new URL(`/graphql?query=${encodeURIComponent(mutation)}`, service.baseUrl);
    expect((await fetch(address, { headers: { authorization } })).status).toBe(400);
    const preflighted = { authorization, 'apollo-require-preflight': '1' };
    expect((await fetch(address, { headers: preflighted })).status).toBe(405);
    expect(await ask(service, '{ me { id } }', { authorization })).toMatchObject({ status: 200, code: null });
  });

  it('is answered with problem details when it cannot be read', async () => {
    for (const [body, status] of [
      ['{"query": ', 400],
      [JSON.stringify({ query: '{ me { id } }', variables: { a: 'x'.repeat(5_000_000) } }), 413],
    ] as const) {
      const answer = await postRaw(service, body);
      expect(answer.status).toBe(status);
      expect(JSON.parse(answer.text)).toMatchObject({
        type: 'about:blank',
        status,
        code: expect.any(String) as string,
      });
      expect(answer.text).not.toMatch(internals);
    }
  });

  it('tells nothing of the inside, wherever the character is that no text has', async () => {
    for (const text of ['a\0b', 'a\ud800b', '\udfff']) {
      const variables = { email: text, password: text };
      const query =
        'mutation ($email: String!, $password: String!) { signIn(email: $email, password: $password) { ... on Refusal { code } } }';
      const answer = await ask(service, query, { variables });
      expect(answer.data).toEqual({ signIn: { code: 'BAD_PARAMETERS' } });
    }
  });
});

describe('REST', () => {
  const uuid = '00000000-0000-4000-8000-000000000000';

  it.each([
    ['GET', '/nothing-here', 404],
    ['GET', '/releases/not-a-uuid/files/data.csv', 400],
    ['DELETE', `/releases/${uuid}/files/data.csv`, 404],
    ['PATCH', '/uploads/1', 404],
    ['GET', '/releases/%ff/files/%', 400],
    ['GET', `/releases/${uuid}/files/..%2f..%2f..%2fetc%2fpasswd`, 404],
    ['GET', `/releases/${uuid}/files/%2e%2e%2f%2e%2e%2fsecrets`, 404],
    ['GET', `/releases/${uuid}/files/a%00b`, 409],
    ['PUT', '/uploads/..%2f..%2fsecrets', 403],
  ])('%s %s is refused in problem details', async (method, path, status) => {
    const response = await fetch(`${service.baseUrl}${path}`, { method, headers: { authorization } });
    const text = await response.text();
    expect({ text, status: response.status }).toMatchObject({ status });
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(JSON.parse(text)).toMatchObject({
      type: 'about:blank',
      status,
      code: expect.any(String) as string,
    });
    expect(text).not.toMatch(internals);
  });

  it('reads no JSON that is sent as an extract', async () => {
    const custodian = `Bearer ${await service.tokenOf('custodian')}`;
    const response = await fetch(`${service.baseUrl}/uploads/${uuid}`, {
      method: 'PUT',
      body: '{ this is no JSON',
      headers: { authorization: custodian, 'content-type': 'application/json' },
    });
    expect(response.status).toBe(415);
  });
});

describe('in production', () => {
  let production: Service;
  beforeAll(async () => {
    production = await startService({ env: { PICKETFENCE_MODE: 'production' } });
  });
  afterAll(() => production.stop());

  it('nothing tells the schema: no introspection, no suggestion', async () => {
    const introspection = await ask(production, '{ __schema { types { name } } }');
    expect(introspection.status).toBe(400);
    const { status, text } = await ask(production, '{ reqests { id } }');
    expect(status).toBe(400);
    expect(text).not.toMatch(/did you mean|requests/i);
  });
});
