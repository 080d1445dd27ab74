import { ApiClient } from '../../src/commands/example/api-client.js';
import { addPerson, refusalOf, type Somebody } from '../support/cast.js';
import { asOwner, lastEvent } from '../support/databases.js';
import { switchAccount } from '../support/identity-steps.js';
import { type Service, startService } from '../support/service.js';
import { ask, expectAlive, fieldOf } from './raw-graphql.js';

let service: Service;
let ada: Somebody;
beforeAll(async () => {
  service = await startService();
  ada = await addPerson(service, ['administrator']);
});
afterEach(() => expectAlive(service));
afterAll(() => service.stop());

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });
const makeToken = `mutation ($scopes: [String!]!) { createApiToken(input: { name: "a", scopes: $scopes,
  expiresInDays: 1 }) { __typename ... on NewApiToken { token } ... on Refusal { code message place } } }`;

describe('an account that was disabled', () => {
  it('is enabled by another administrator only, and nothing held before opens anything again', async () => {
    const session = await service.tokenOf('outsider');
    const { token } = fieldOf<{ token: string }>(
      await ask(service, makeToken, { ...bearer(session), variables: { scopes: ['read Request'] } }),
    );
    const [person] = await asOwner<{ id: string }>(
      service.database,
      `SELECT id FROM person WHERE email = 'outsider@demo.example'`,
    );
    const id = person?.id ?? '';
    expect(await switchAccount(ada.client, 'disablePerson', id)).toMatchObject({ disabled: true });
    expect(await refusalOf(switchAccount(ada.client, 'enablePerson', id))).toMatchObject({
      code: 'ALREADY_DECIDED',
    });
    // As if a session had been opened while the account was being disabled.
    await asOwner(service.database, 'UPDATE session SET revoked_at = NULL WHERE person_id = $1', [id]);
    const alf = await addPerson(service, ['administrator']);
    expect(await switchAccount(alf.client, 'enablePerson', id)).toMatchObject({ disabled: false });
    for (const one of [session, token])
      expect((await ask(service, '{ requests { id } }', bearer(one))).code).toBe('UNAUTHENTICATED');
    await service.tokenOf('outsider');
    expect(await lastEvent(service.database, 'enable-person')).toMatchObject({
      outcome: 'done',
      actor_id: alf.id,
      details: { disabledById: ada.id },
    });
  });

  it('is not enabled twice, nor by anybody else', async () => {
    const { id, client } = await addPerson(service, ['ig-approver']);
    expect(await refusalOf(switchAccount(ada.client, 'enablePerson', id))).toMatchObject({
      code: 'WRONG_STATE',
    });
    for (const mutation of ['disablePerson', 'enablePerson'] as const)
      expect(await refusalOf(switchAccount(client, mutation, ada.id))).toMatchObject({
        code: 'NOT_PERMITTED',
      });
  });
});

it('nobody keeps accounts and decides: one person would be two', async () => {
  const input = {
    email: 'both@example.org',
    name: 'Both',
    password: 'a long enough password',
    roles: ['administrator'],
  };
  const add = `mutation ($input: AddPersonInput!) { addPerson(input: $input) { __typename ... on Person { id }
    ... on Refusal { code message place } } }`;
  const both = { ...input, roles: ['administrator', 'ig-approver'] };
  expect(await refusalOf(ada.client.call(add, { input: both }))).toMatchObject({
    code: 'NOT_PERMITTED',
    place: 'roles',
  });
  await ada.client.call(add, { input });
});

describe('an administrator alone', () => {
  const password = 'a long enough password';
  const add = (email: string, roles: readonly string[]): Promise<{ id: string; disabled: boolean }> =>
    ada.client.call(
      `mutation ($input: AddPersonInput!) { addPerson(input: $input) { __typename
         ... on Person { id disabled } ... on Refusal { code message place } } }`,
      { input: { email, name: 'Puppet', password, roles } },
    );
  const signIn = (email: string): Promise<ApiClient> => ApiClient.signIn(service.baseUrl, email, password);

  it.each([['ig-approver'], ['evaluator'], ['operator'], ['administrator'], ['auditor']])(
    'makes nobody who is %s: another one opens the account',
    async (role) => {
      const email = `${role}@puppet.example`;
      const { id, disabled } = await add(email, ['researcher', role]);
      expect(disabled).toBe(true);
      await expect(signIn(email)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
      expect(await refusalOf(switchAccount(ada.client, 'enablePerson', id))).toMatchObject({
        code: 'ALREADY_DECIDED',
      });
      const alf = await addPerson(service, ['administrator']);
      expect(await switchAccount(alf.client, 'enablePerson', id)).toMatchObject({ disabled: false });
      await signIn(email);
    },
  );

  it('makes a researcher', async () => {
    expect(await add('researcher@puppet.example', ['researcher'])).toMatchObject({ disabled: false });
    await signIn('researcher@puppet.example');
  });
});

describe('an API token', () => {
  it('is not made to decide', async () => {
    const session = await service.tokenOf('approver');
    for (const scope of [
      'approve Request',
      'sign Profile',
      'recuse Request',
      'create Delegation',
      'confirm Incident',
    ])
      expect(
        fieldOf(await ask(service, makeToken, { ...bearer(session), variables: { scopes: [scope] } })),
      ).toMatchObject({ code: 'NOT_PERMITTED', place: 'scopes' });
  });

  it('that was made before the policy forbade it decides no longer; it may stop a release', async () => {
    const session = await service.tokenOf('approver');
    const { token } = fieldOf<{ token: string }>(
      await ask(service, makeToken, { ...bearer(session), variables: { scopes: ['suspend Request'] } }),
    );
    await asOwner(service.database, `UPDATE api_token SET scopes = '{approve Request,suspend Request}'`);
    const id = '00000000-0000-4000-8000-000000000000';
    const approve = `mutation { approveRequest(id: "${id}", candidateHash: "a", reason: "Fine with me.",
      declaresNoConflict: true) { ... on Refusal { code message } } }`;
    expect(fieldOf(await ask(service, approve, bearer(token)))).toMatchObject({
      code: 'NOT_PERMITTED',
      message: expect.stringContaining('people who signed in') as string,
    });
    expect(await lastEvent(service.database, 'approve')).toMatchObject({ outcome: 'refused' });
    const suspend = `mutation { suspendRelease(requestId: "${id}", reason: "Looks like somebody.") { ... on Refusal { code } } }`;
    expect(fieldOf(await ask(service, suspend, bearer(token)))).toMatchObject({ code: 'NOT_FOUND' });
  });
});
