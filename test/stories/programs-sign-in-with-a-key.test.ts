import { get } from 'node:http';
import { text } from 'node:stream/consumers';
import { refusalFields } from '../../src/commands/example/api-client.js';
import * as steps from '../../src/commands/example/steps.js';
import { activeGrant, grantCommandInWords, highRelease } from '../support/access-steps.js';
import { addPerson, type Cast, refusalOf, signInAll, type Somebody } from '../support/cast.js';
import { asOwner, eventsOn } from '../support/databases.js';
import { releasedLives } from '../support/lives-steps.js';
import { type Service, startService } from '../support/service.js';
import { askForToken, aSigningKey, assertionOf, type SigningKey } from '../support/signing-client.js';

interface ClientAnswer {
  readonly id: string;
  readonly thumbprints: readonly string[];
}

let service: Service;
let cast: Cast;
let administrator: Somebody;
let personId: string;
let releaseId: string;
let grantId: string;
let key: SigningKey;
let clientId: string;
let endpoint: string;

const fields = `__typename ... on BackendClient { id thumbprints confirmedAt revokedAt } ${refusalFields}`;
const register = (keySet: string, forWhom = personId): Promise<ClientAnswer> =>
  administrator.client.call(
    `mutation ($input: BackendClientInput!) { registerBackendClient(input: $input) { ${fields} } }`,
    { input: { name: 'Sandbox loader', personId: forWhom, keySet } },
  );
const confirm = (who: keyof Cast, id: string, thumbprints: readonly string[]): Promise<ClientAnswer> =>
  cast[who].call(
    `mutation ($id: ID!, $thumbprints: [String!]!) {
       confirmBackendClient(id: $id, thumbprints: $thumbprints) { ${fields} } }`,
    { id, thumbprints },
  );
const revoke = (who: keyof Cast, id: string): Promise<ClientAnswer> =>
  cast[who].call(`mutation ($id: ID!) { revokeBackendClient(id: $id) { ${fields} } }`, { id });

const base = (id = releaseId): string => `${service.baseUrl}/releases/${id}/fhir`;
const ask = async (
  path: string,
  token: string,
  {
    method = 'GET',
    headers = {},
    body = null,
  }: { method?: string; headers?: object; body?: string | null } = {},
): Promise<Response> => {
  const url = path.startsWith('http') ? path : base() + path;
  return fetch(url, { method, body, headers: { ...headers, authorization: `Bearer ${token}` } });
};
const signed = (change: Readonly<Record<string, unknown>> = {}): Promise<string> =>
  assertionOf(key, { clientId, audience: endpoint }, change);
const freshToken = async (): Promise<string> => {
  const { status, body } = await askForToken(endpoint, await signed());
  expect([status, body['token_type'], body['expires_in']]).toEqual([200, 'bearer', 300]);
  return String(body['access_token']);
};

beforeAll(async () => {
  service = await startService({ env: (baseUrl) => Promise.resolve({ PICKETFENCE_PUBLIC_URL: baseUrl }) });
  cast = await signInAll(service);
  administrator = await addPerson(service, ['administrator']);
  const lives = await releasedLives(cast, { persons: 2, formats: ['fhir'] });
  const release = await steps.releaseOf(cast.researcher, lives.requestId);
  ({ releaseId } = await highRelease(service, { id: lives.requestId, release }));
  const people = await asOwner<{ id: string }>(
    service.database,
    "SELECT id FROM person WHERE email = 'researcher@demo.example'",
  );
  personId = people[0]?.id ?? '';
  grantId = (await activeGrant(service, { cast, applicant: cast.researcher, releaseId })).id;
  key = await aSigningKey();
});
afterAll(() => service.stop());

const inSeconds = (seconds: number): number =>
  Math.floor((performance.timeOrigin + performance.now()) / 1000) + seconds;
const asynchronous = { Accept: 'application/fhir+json', Prefer: 'respond-async' };

describe('a program', () => {
  it('is registered by an administrator and confirmed by its person, who has compared the keys', async () => {
    expect((await refusalOf(register('{"keys":[]}'))).code).toBe('BAD_PARAMETERS');
    expect((await refusalOf(register(key.keySet, administrator.id))).code).toBe('NOT_PERMITTED');
    const { id, thumbprints } = await register(key.keySet);
    clientId = id;
    expect(thumbprints).toEqual([key.thumbprint]);
    const found = await fetch(`${base()}/.well-known/smart-configuration`);
    endpoint = ((await found.json()) as { token_endpoint: string }).token_endpoint;
    expect((await askForToken(endpoint, await signed())).status).toBe(401);
    expect((await refusalOf(confirm('outsider', id, thumbprints))).code).toBe('NOT_FOUND');
    expect((await refusalOf(confirm('researcher', id, ['another']))).code).toBe('BAD_PARAMETERS');
    await confirm('researcher', id, thumbprints);
    expect((await askForToken(endpoint, await signed())).status).toBe(200);
  });

  it.each([
    ['for another server', { aud: 'https://elsewhere.example/smart/token' }, {}, 401, 'invalid_client'],
    ['for longer than five minutes', { exp: inSeconds(330) }, {}, 401, 'invalid_client'],
    ['that is over', { exp: inSeconds(-120) }, {}, 401, 'invalid_client'],
    ['of a program that is not there', { iss: 'nobody' }, {}, 401, 'invalid_client'],
    ['to write', {}, { scope: 'system/*.write' }, 400, 'invalid_scope'],
    ['by a password', {}, { grant_type: 'password' }, 400, 'unsupported_grant_type'],
    ['of another kind', {}, { client_assertion_type: 'saml' }, 400, 'invalid_request'],
    ['that is too large', {}, { padding: 'x'.repeat(20_000) }, 413, 'invalid_request'],
  ])('gets no token %s', async (_, claims, change, status, error) => {
    const answer = await askForToken(endpoint, await signed(claims), change);
    expect([answer.status, answer.body['error']]).toEqual([status, error]);
  });

  it('uses an assertion once, also when it sends it many times at once', async () => {
    const assertion = await signed();
    const answers = await Promise.all(Array.from({ length: 5 }, () => askForToken(endpoint, assertion)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401, 401, 401]);
    const events = await eventsOn(service.database, clientId);
    const replays = events.filter(({ details }) => JSON.stringify(details).includes('used before'));
    expect(replays).toHaveLength(4);
  });

  it('takes a release of tier HIGH as FHIR, which nobody takes with a session', async () => {
    const session = await service.tokenOf('researcher');
    expect((await ask('/metadata', session)).status).toBe(403);
    expect((await ask('/metadata', await service.tokenOf('outsider'))).status).toBe(404);
    const token = await freshToken();
    const headers = { ...asynchronous, 'content-type': 'application/fhir+json' };
    const parameter = [
      { name: '_type', valueString: 'Patient' },
      { name: '_type', valueString: 'Encounter' },
    ];
    const body = JSON.stringify({ resourceType: 'Parameters', parameter });
    const started = await ask('/$export', token, { method: 'POST', headers, body });
    expect(started.status).toBe(202);
    const where = started.headers.get('content-location') ?? '';
    const { output } = (await (await ask(where, token)).json()) as {
      output: { type: string; url: string }[];
    };
    expect(new Set(output.map(({ type }) => type))).toEqual(new Set(['Patient', 'Encounter']));
    const lines = await (await ask(output.find(({ type }) => type === 'Patient')?.url ?? '', token)).text();
    expect(lines.trimEnd().split('\n')).toHaveLength(2);
    expect((await ask(where, token, { method: 'DELETE' })).status).toBe(202);
    for (const method of ['GET', 'DELETE']) expect((await ask(where, token, { method })).status).toBe(404);
    for (const wrong of ['{', '{"resourceType":"Patient"}', '[]'])
      expect((await ask('/$export', token, { method: 'POST', headers, body: wrong })).status).toBe(400);
    expect((await ask('/$export', token, { method: 'PUT', headers, body })).status).toBe(405);
  });

  it('is sent to the address of the settings, whatever host somebody in between puts in', async () => {
    const token = await freshToken();
    const headers = { authorization: `Bearer ${token}`, host: 'elsewhere.example' };
    const manifest = await new Promise<string>((resolve, reject) => {
      get(`${base()}/$bulk-publish`, { headers }, (answer) => {
        text(answer).then(resolve, reject);
      }).on('error', reject);
    });
    const { output } = JSON.parse(manifest) as { output: { url: string }[] };
    expect(output.length).toBeGreaterThan(2);
    for (const { url } of output) expect(url.startsWith(`${base()}/files/`)).toBe(true);
    expect(manifest).not.toContain('elsewhere.example');
  });

  it('does nothing else with its token', async () => {
    const token = await freshToken();
    const graphql = await fetch(`${service.baseUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ backendClients { id } }' }),
    });
    expect(JSON.stringify(await graphql.json())).toContain('NOT_PERMITTED');
    const forged = `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`;
    expect((await ask('/metadata', forged)).status).toBe(401);
  });

  it('has nothing when its person has no grant any longer, nor when it is revoked', async () => {
    const token = await freshToken();
    expect((await ask('/metadata', token)).status).toBe(200);
    await grantCommandInWords(cast.approver, 'suspendAccess', grantId);
    expect((await ask('/metadata', token)).status).toBe(404);
    expect((await refusalOf(revoke('outsider', clientId))).code).toBe('NOT_FOUND');
    await revoke('researcher', clientId);
    expect((await ask('/metadata', token)).status).toBe(401);
    expect((await askForToken(endpoint, await signed())).status).toBe(401);
    const actions = (await eventsOn(service.database, clientId)).map(({ action }) => action);
    expect(actions).toEqual(
      expect.arrayContaining(['register-backend-client', 'confirm-backend-client', 'revoke-backend-client']),
    );
  });
});
