import { addPerson, type Somebody } from '../support/cast.js';
import { asOwner, auditChain, lastEvent } from '../support/databases.js';
import { type Service, startService } from '../support/service.js';
import { ask, expectAlive, fieldOf, type RawAnswer } from './raw-graphql.js';

let service: Service;
let administrator: Somebody;
beforeAll(async () => {
  service = await startService();
  administrator = await addPerson(service, ['administrator']);
});
afterEach(() => expectAlive(service));
afterAll(() => service.stop());

const me = '{ me { id name } }';
const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const refusalFields = '... on Refusal { code message place }';

interface Made {
  readonly token: string;
  readonly apiToken: { readonly id: string; readonly prefix: string };
}

function createToken(session: string, scopes: readonly string[], expiresInDays = 30): Promise<RawAnswer> {
  const query = `mutation ($input: ApiTokenInput!) { createApiToken(input: $input) {
    __typename ... on NewApiToken { token apiToken { id prefix scopes lastUsedAt } } ${refusalFields} } }`;
  return ask(service, query, {
    ...bearer(session),
    variables: { input: { name: 'nightly', scopes, expiresInDays } },
  });
}

/** Of a demo person. */
async function apiTokenOf(
  who: string,
  scopes: readonly string[],
): Promise<Made & { readonly session: string }> {
  const session = await service.tokenOf(who);
  return { ...fieldOf<Made>(await createToken(session, scopes)), session };
}

const unsigned = (header: object, claims: object): string =>
  [header, claims].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.') + '.';

describe('a token that is none', () => {
  it('opens nothing: forged, of another scheme, a JWT without signature, injected', async () => {
    const session = await service.tokenOf('researcher');
    const forged = [
      `Bearer ${'A'.repeat(43)}`,
      `Bearer picketfence_${'A'.repeat(43)}`,
      `Bearer ${session.slice(0, -1)}`,
      `Bearer ${session}A`,
      `Basic ${session}`,
      `bearer${session}`,
      session,
      `Bearer ${unsigned({ alg: 'none' }, { sub: 'researcher', roles: ['ig-approver'] })}`,
      `Bearer ' OR '1'='1`,
      `Bearer ${'x'.repeat(10_000)}`,
    ];
    for (const authorization of forged)
      expect(await ask(service, me, { authorization })).toMatchObject({ code: 'UNAUTHENTICATED' });
    expect((await ask(service, me, bearer(session))).code).toBeNull();
  });

  it('opens nothing once it expired', async () => {
    const { session, token } = await apiTokenOf('researcher', ['read-metadata']);
    await asOwner(service.database, `UPDATE session SET expires_at = now() - interval '1 second'`);
    await asOwner(service.database, `UPDATE api_token SET expires_at = now() - interval '1 second'`);
    for (const one of [session, token])
      expect(await ask(service, '{ requests { id } }', bearer(one))).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    administrator = await addPerson(service, ['administrator']);
  });
});

describe('revocation counts from the next request:', () => {
  it('all sessions of a person, and nobody else’s', async () => {
    const [one, two, other] = [
      await service.tokenOf('operator'),
      await service.tokenOf('operator'),
      await service.tokenOf('evaluator'),
    ];
    expect((await ask(service, 'mutation { revokeSessions }', bearer(one))).data).toEqual({
      revokeSessions: true,
    });
    for (const token of [one, two])
      expect((await ask(service, me, bearer(token))).code).toBe('UNAUTHENTICATED');
    expect((await ask(service, me, bearer(other))).code).toBeNull();
    expect(await lastEvent(service.database, 'revoke-sessions')).toMatchObject({ details: { sessions: 2 } });
  });

  it('an API token, by its person only', async () => {
    const { session, token, apiToken } = await apiTokenOf('operator', ['read-metadata']);
    const revoke = `mutation { revokeApiToken(id: "${apiToken.id}") { __typename ${refusalFields} } }`;
    const stranger = await service.tokenOf('evaluator');
    expect(fieldOf(await ask(service, revoke, bearer(stranger)))).toMatchObject({ code: 'NOT_FOUND' });
    expect((await ask(service, '{ requests { id } }', bearer(token))).code).toBeNull();
    expect(fieldOf(await ask(service, revoke, bearer(session)))).toMatchObject({ __typename: 'ApiToken' });
    expect((await ask(service, '{ requests { id } }', bearer(token))).code).toBe('UNAUTHENTICATED');
  });

  it('everything of a person who was disabled, and nobody disables themselves', async () => {
    const session = await service.tokenOf('outsider');
    const { token } = fieldOf<Made>(await createToken(session, ['read Request']));
    const { id } = fieldOf<{ id: string }>(await ask(service, me, bearer(session)));
    const disable = (person: string): string =>
      `mutation { disablePerson(id: "${person}") { __typename ${refusalFields} } }`;
    expect(fieldOf(await ask(service, disable(administrator.id), bearer(session)))).toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await expect(administrator.client.call(disable(administrator.id))).rejects.toMatchObject({
      code: 'NOT_PERMITTED',
    });
    await administrator.client.call(disable(id));
    for (const one of [session, token])
      expect((await ask(service, '{ requests { id } }', bearer(one))).code).toBe('UNAUTHENTICATED');
    const uuid = '00000000-0000-4000-8000-000000000000';
    const download = await fetch(`${service.baseUrl}/releases/${uuid}/files/a`, { headers: bearer(session) });
    expect(download.status).toBe(401);
    await expect(service.as('outsider')).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
  });
});

describe('an API token', () => {
  it('is never given more than its person has', async () => {
    const session = await service.tokenOf('researcher');
    for (const scopes of [
      ['approve Request'],
      ['read AuditEvent'],
      ['manage all'],
      ['__proto__'],
      ['create Person'],
    ])
      expect(fieldOf(await createToken(session, scopes))).toMatchObject({
        code: 'NOT_PERMITTED',
        place: 'scopes',
      });
    await expect(
      administrator.client
        .call(`mutation { createApiToken(input: { name: "a", scopes: ["create Person"], expiresInDays: 1 })
        { __typename ${refusalFields} } }`),
    ).rejects.toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('does what its scopes say, and nothing that its person may do beside it', async () => {
    const { token } = await apiTokenOf('researcher', ['read Request']);
    expect((await ask(service, '{ requests { id } }', bearer(token))).code).toBeNull();
    for (const query of ['{ sources { id } }', '{ releases { id } }', '{ apiTokens { id } }', me])
      expect((await ask(service, query, bearer(token))).code).toBe('NOT_PERMITTED');
    expect(fieldOf(await createToken(token, ['read Source']))).toMatchObject({ code: 'NOT_PERMITTED' });
    const submit = `mutation { submitRequest(id: "00000000-0000-4000-8000-000000000000") { ${refusalFields} } }`;
    expect(fieldOf(await ask(service, submit, bearer(token)))).toMatchObject({ code: 'NOT_PERMITTED' });
  });

  it('loses what its person loses', async () => {
    const person = await addPerson(service, ['auditor', 'operator']);
    const { token } = await person.client.call<Made>(`mutation { createApiToken(input:
      { name: "a", scopes: ["read AuditEvent"], expiresInDays: 1 }) { ... on NewApiToken { token } ${refusalFields} } }`);
    const query = '{ auditEvents(first: 1) { sequence } }';
    expect((await ask(service, query, bearer(token))).code).toBeNull();
    await asOwner(service.database, `UPDATE person SET roles = '{operator}' WHERE id = $1`, [person.id]);
    expect((await ask(service, query, bearer(token))).code).toBe('NOT_PERMITTED');
  });

  it('is named in what it does and is refused, and not in what its person does', async () => {
    const { session, token, apiToken } = await apiTokenOf('operator', ['suspend Request']);
    const suspend = `mutation { suspendRelease(requestId: "00000000-0000-4000-8000-000000000000", reason: "x")
      { ${refusalFields} } }`;
    const seen: (string | undefined)[] = [];
    for (const by of [token, session]) {
      await ask(service, suspend, bearer(by));
      const event = await lastEvent(service.database, 'suspend-request');
      seen.push((event?.details as { apiTokenId?: string }).apiTokenId);
    }
    expect(seen).toEqual([apiToken.id, undefined]);
    await ask(service, '{ sources { id } }', bearer(token)); // Refused at the door.
    const auditor = await addPerson(service, ['auditor']);
    const { token: reading } = await auditor.client.call<Made>(`mutation { createApiToken(input:
      { name: "a", scopes: ["read AuditEvent"], expiresInDays: 1 }) { ... on NewApiToken { token } ${refusalFields} } }`);
    const answer = await ask(service, '{ auditEvents(first: 3) { action apiTokenId } }', bearer(reading));
    expect(fieldOf<object[]>(answer)).toContainEqual({ action: 'read', apiTokenId: apiToken.id });
    const [exported] = (await auditChain(service.database)).filter(
      ({ action, actorId }) => action === 'suspend-request' && actorId !== null,
    );
    expect(exported?.details).toMatchObject({ apiTokenId: apiToken.id });
  });

  it('is shown once, kept as a hash, recognised by its beginning, and dated when used', async () => {
    const { session, token, apiToken } = await apiTokenOf('custodian', ['read-metadata']);
    expect(token.startsWith(apiToken.prefix)).toBe(true);
    await ask(service, '{ sources { id } }', bearer(token));
    const list = await ask(service, '{ apiTokens { id prefix lastUsedAt } }', bearer(session));
    expect(list.text).not.toContain(token);
    expect(fieldOf<{ lastUsedAt: string | null }[]>(list)[0]?.lastUsedAt).not.toBeNull();
    const everything = await asOwner(
      service.database,
      `SELECT to_jsonb(api_token) AS row FROM api_token UNION ALL SELECT to_jsonb(audit_event) FROM audit_event`,
    );
    expect(JSON.stringify(everything)).not.toContain(token);
    expect(service.server.log() + service.worker.log()).not.toContain(token);
  });
});
