import { addPerson } from '../support/cast.js';
import { asOwner, auditChain, lastEvent } from '../support/databases.js';
import { findBrokenLink } from '../../src/modules/audit/audit.chain.js';
import { Browser } from '../support/browser.js';
import { startTestProvider, type TestAccount, type TestProvider } from '../support/identity-provider.js';
import { switchAccount } from '../support/identity-steps.js';
import { atCallback, handOverOf, oidcSettings, redeem, signInAtProvider } from '../support/oidc-sign-in.js';
import { type Service, startService } from '../support/service.js';
import { ask } from '../attacks/raw-graphql.js';

let provider: TestProvider;
let service: Service;
beforeAll(async () => {
  service = await startService({
    env: async (baseUrl) => {
      provider = await startTestProvider(baseUrl);
      return oidcSettings(baseUrl, provider.issuer);
    },
  });
});
beforeEach(async () => {
  await asOwner(service.database, 'DELETE FROM sign_in_counter');
});
afterAll(async () => {
  expect(findBrokenLink(await auditChain(service.database))).toBeNull();
  await service.stop();
  await provider.stop();
});

let people = 0;
const somebody = (groups: unknown, change: Partial<TestAccount> = {}): TestAccount => {
  people += 1;
  const email = `person-${people}@provider.example`;
  return { subject: `subject-${people}`, name: `Person ${people}`, groups, email, ...change };
};
const me = '{ me { id name roles } }';
const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` });

it('gives a session with the roles of the claims, which ends by signing out', async () => {
  provider.account = somebody(['researchers', 'choir']);
  const browser = new Browser();
  const callback = await atCallback(service, browser, '/requests?mine=1');
  const response = await browser.get(callback);
  const location = response.headers.get('location') ?? '';
  expect(location.startsWith(`${service.baseUrl}/requests?mine=1#sign-in=`)).toBe(true);
  const { token, person } = await redeem(service, browser, new URL(location).hash.replace('#sign-in=', ''));
  expect(person).toMatchObject({ name: provider.account.name, roles: ['researcher'] });
  expect((await ask(service, me, bearer(token))).data).toEqual({ me: person });
  expect(await lastEvent(service.database, 'sign-in')).toMatchObject({
    outcome: 'done',
    actor_id: person.id,
    details: { method: 'oidc' },
  });
  await ask(service, 'mutation { signOut }', bearer(token));
  expect((await ask(service, me, bearer(token))).code).toBe('UNAUTHENTICATED');
});

it('knows a person again by issuer and subject, with the roles of today', async () => {
  provider.account = somebody(['researchers']);
  const first = await signInAtProvider(service, new Browser());
  provider.account = { ...provider.account, name: 'Another Name', groups: 'ig' };
  const second = await signInAtProvider(service, new Browser());
  expect(second.person).toMatchObject({ id: first.person.id, roles: ['ig-approver'] });
  // The session that was open has them too.
  expect((await ask(service, me, bearer(first.token))).data).toMatchObject({
    me: { roles: ['ig-approver'] },
  });
  expect(await lastEvent(service.database, 'change-roles')).toMatchObject({
    details: { before: ['researcher'], roles: ['ig-approver'] },
  });
});

it('never takes the account of somebody by an e-mail address', async () => {
  const local = `SELECT id, email, name, roles, password_hash FROM person WHERE email = 'approver@demo.example'`;
  const before = await asOwner(service.database, local);
  provider.account = somebody(['researchers'], { email: 'approver@demo.example', name: 'Ina Approver' });
  const browser = new Browser();
  expect((await browser.get(await atCallback(service, browser))).status).toBe(403);
  expect(await asOwner(service.database, local)).toEqual(before);
});

it.each([
  ['nothing that is mapped', ['choir']],
  ['no such claim', undefined],
  ['a claim of another form', { researchers: true }],
  ['a name of another case', ['Researchers']],
])('gives no session for %s, and takes away what was there', async (_, groups) => {
  provider.account = somebody(['researchers']);
  const { token, person } = await signInAtProvider(service, new Browser());
  provider.account = { ...provider.account, groups };
  const browser = new Browser();
  const response = await browser.get(await atCallback(service, browser));
  expect(response.status).toBe(403);
  expect((await ask(service, '{ requests { id } }', bearer(token))).code).toBe('NOT_PERMITTED');
  expect(await lastEvent(service.database, 'sign-in')).toMatchObject({
    outcome: 'refused',
    details: { at: 'person' },
  });
  const [found] = await asOwner<{ roles: string[] }>(
    service.database,
    'SELECT roles FROM person WHERE id = $1',
    [person.id],
  );
  expect(found?.roles).toEqual([]);
});

it('gives nobody who keeps accounts a right to decide', async () => {
  provider.account = somebody(['accounts', 'ig', 'researchers']);
  const { person } = await signInAtProvider(service, new Browser());
  expect(person.roles).toEqual(['administrator', 'researcher']);
});

it('goes on when the keys of the provider change, and trusts the old ones no longer', async () => {
  provider.account = somebody(['researchers']);
  await signInAtProvider(service, new Browser());
  provider.rotateKeys();
  expect((await signInAtProvider(service, new Browser())).__typename).toBe('Session');
});

it('shuts a disabled person out, and ends what they hold', async () => {
  provider.account = somebody(['researchers']);
  const { token, person } = await signInAtProvider(service, new Browser());
  const administrator = await addPerson(service, ['administrator']);
  await switchAccount(administrator.client, 'disablePerson', person.id);
  expect((await ask(service, me, bearer(token))).code).toBe('UNAUTHENTICATED');
  const browser = new Browser();
  expect((await browser.get(await atCallback(service, browser))).status).toBe(403);
});

describe('a sign-in can be done once:', () => {
  beforeEach(() => {
    provider.account = somebody(['researchers']);
  });

  it('the answer of the provider', async () => {
    const browser = new Browser();
    const callback = await atCallback(service, browser);
    const code = await handOverOf(browser, callback);
    expect((await browser.get(callback)).status).toBe(403);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({ details: { at: 'state' } });
    expect((await redeem(service, browser, code)).__typename).toBe('Session');
  });

  it('the code of the provider, with another state', async () => {
    const browser = new Browser();
    const used = new URL(await atCallback(service, browser));
    await handOverOf(browser, used.href);
    const next = new URL(await atCallback(service, browser));
    next.searchParams.set('code', used.searchParams.get('code') ?? '');
    expect((await browser.get(next.href)).status).toBe(401);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({ details: { at: 'token' } });
  });

  it('the code that is handed over, and by nobody else', async () => {
    const browser = new Browser();
    const code = await handOverOf(browser, await atCallback(service, browser));
    expect((await redeem(service, browser, code)).__typename).toBe('Session');
    expect(await redeem(service, browser, code)).toMatchObject({ code: 'WRONG_STATE' });
    const another = await handOverOf(browser, await atCallback(service, browser));
    expect(await redeem(service, new Browser(), another)).toMatchObject({ code: 'WRONG_STATE' });
    expect(await redeem(service, browser, another)).toMatchObject({ code: 'WRONG_STATE' });
  });

  it('within its time', async () => {
    const browser = new Browser();
    const callback = await atCallback(service, browser);
    await asOwner(service.database, 'UPDATE oidc_sign_in SET expires_at = now()');
    expect((await browser.get(callback)).status).toBe(403);
    const code = await handOverOf(browser, await atCallback(service, browser));
    await asOwner(service.database, 'UPDATE oidc_sign_in SET expires_at = now()');
    expect(await redeem(service, browser, code)).toMatchObject({ code: 'WRONG_STATE' });
  });
});
