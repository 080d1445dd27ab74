import { systemClock } from '../../src/core/time/clock.js';
import { asOwner, auditChain, lastEvent } from '../support/databases.js';
import { Browser } from '../support/browser.js';
import {
  atCallback,
  callbackOf,
  handOverOf,
  oidcSettings,
  redeem,
  signInAtProvider,
} from '../support/oidc-sign-in.js';
import { type Service, startService } from '../support/service.js';
import { type ForgingProvider, type Forgery, signedBy, startForgingProvider } from './forging-provider.js';
import { ask, expectAlive } from './raw-graphql.js';

const nowMs = (): number => systemClock.now().getTime();
const seconds = Math.floor(nowMs() / 1000);

let provider: ForgingProvider;
let service: Service;
beforeAll(async () => {
  provider = await startForgingProvider(nowMs);
  service = await startService({ env: (baseUrl) => Promise.resolve(oidcSettings(baseUrl, provider.issuer)) });
});
beforeEach(async () => {
  provider.forgery = {};
  await asOwner(service.database, 'DELETE FROM sign_in_counter');
});
afterEach(() => expectAlive(service));
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const sessions = async (): Promise<number> => {
  const [row] = await asOwner<{ count: string }>(service.database, 'SELECT count(*) FROM session');
  return Number(row?.count);
};

describe('an ID token', () => {
  it('that is sound signs somebody in', async () => {
    expect(await signInAtProvider(service, new Browser())).toMatchObject({
      __typename: 'Session',
      person: { roles: ['ig-approver'] },
    });
  });

  it.each<[string, Forgery]>([
    ['without a signature (alg none)', { header: { alg: 'none' }, signature: signedBy.nobody }],
    ['of alg none with a signature', { header: { alg: 'none' } }],
    ['of HS256 with the public key', { header: { alg: 'HS256' }, signature: signedBy.publicKeyAsSecret }],
    ['of HS256 with the client secret', { header: { alg: 'HS256' }, signature: signedBy.clientSecret }],
    ['of another algorithm than the one agreed', { header: { alg: 'PS256' } }],
    ['signed with another key', { signature: signedBy.aStranger }],
    ['signed with a key that nobody knows', { header: { kid: 'another' } }],
    ['with an empty signature', { signature: signedBy.nobody }],
    ['for somebody else', { claims: { aud: 'another-client' } }],
    ['for several, given to another', { claims: { aud: ['picketfence', 'other'], azp: 'other' } }],
    ['of another issuer', { claims: { iss: 'https://evil.example' } }],
    ['that expired', { claims: { exp: seconds - 3600, iat: seconds - 7200 } }],
    ['that never expires', { without: ['exp'] }],
    ['that is not valid yet', { claims: { nbf: seconds + 3600 } }],
    ['with the nonce of another sign-in', { claims: { nonce: 'another' } }],
    ['without a nonce', { without: ['nonce'] }],
    ['of nobody', { without: ['sub'] }],
    ['of nobody in particular', { claims: { sub: '' } }],
    ['with a subject that cannot be kept', { claims: { sub: 'a\0b' } }],
    ['with a subject without end', { claims: { sub: 'a'.repeat(10_000) } }],
    ['with a critical extension that nobody knows', { header: { crit: ['b64'], b64: false } }],
  ])('%s is refused and recorded', async (_, forgery) => {
    const before = await sessions();
    provider.forgery = forgery;
    const browser = new Browser();
    const response = await browser.get(await atCallback(service, browser));
    expect(response.status).toBe(401);
    expect(response.headers.get('location')).toBeNull();
    expect(await sessions()).toBe(before);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({
      outcome: 'refused',
      details: { method: 'oidc', at: 'token', refusal: { code: 'WRONG_CREDENTIALS' } },
    });
  });

  it('opens nothing by itself', async () => {
    const token = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"sub":"forged"}').toString('base64url')}.`;
    expect((await ask(service, '{ me { id } }', { authorization: `Bearer ${token}` })).code).toBe(
      'UNAUTHENTICATED',
    );
  });
});

describe('the return to the service', () => {
  it.each([
    'https://evil.example/',
    '//evil.example/',
    '/\\evil.example/',
    '\\\\evil.example',
    '/\t/evil.example/',
    '/\n/evil.example',
    '/.//evil.example/',
    '/x/..//evil.example',
    'evil.example',
    'javascript:alert(1)',
    '',
    `/${'a'.repeat(5000)}`,
  ])('leads to %j for nobody', async (returnTo) => {
    const url = `${service.baseUrl}/sign-in/oidc?${new URLSearchParams({ returnTo }).toString()}`;
    const response = await new Browser().get(url);
    expect(response.status).toBe(400);
    expect(response.headers.get('location')).toBeNull();
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({
      outcome: 'refused',
      details: { at: 'returnTo' },
    });
  });

  it('is a path of the service whatever the answer says', async () => {
    const browser = new Browser();
    const callback = new URL(await atCallback(service, browser, '/mine'));
    callback.searchParams.set('returnTo', 'https://evil.example/');
    callback.searchParams.set('redirect_uri', 'https://evil.example/');
    const location = (await browser.get(callback.href)).headers.get('location') ?? '';
    expect(location.startsWith(`${service.baseUrl}/mine#`)).toBe(true);
  });
});

describe('a callback', () => {
  it('that another browser began signs nobody in (login CSRF), and is used up by it', async () => {
    const attacker = new Browser();
    const callback = await atCallback(service, attacker);
    const victim = new Browser();
    await atCallback(service, victim);
    expect((await victim.get(callback)).status).toBe(403);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({ details: { at: 'browser' } });
    expect((await new Browser().get(callback)).status).toBe(403);
    expect((await attacker.get(callback)).status).toBe(403);
  });

  it.each([
    ['no state', '?code=a'],
    ['a state that was guessed', `?code=a&state=${'A'.repeat(43)}`],
    ['nothing at all', ''],
    ['an error', '?error=access_denied&state=unknown'],
  ])('with %s is refused', async (_, query) => {
    const browser = new Browser();
    await atCallback(service, browser);
    const response = await browser.get(callbackOf(service.baseUrl) + query);
    expect([401, 403]).toContain(response.status);
    expect(await lastEvent(service.database, 'sign-in')).toMatchObject({ details: { at: 'state' } });
  });

  it('with two states or two codes is refused', async () => {
    for (const name of ['state', 'code']) {
      const browser = new Browser();
      const callback = new URL(await atCallback(service, browser));
      callback.searchParams.append(name, 'another');
      expect((await browser.get(callback.href)).status).toBe(401);
    }
  });

  it('counts by address, and the record does not grow with the tries', async () => {
    const guess = (): Promise<Response> =>
      new Browser().get(`${callbackOf(service.baseUrl)}?code=a&state=${'B'.repeat(43)}`);
    await guess();
    await asOwner(service.database, 'UPDATE sign_in_counter SET attempts = 100');
    const before = (await auditChain(service.database)).length;
    const answers = [await guess(), await guess(), await guess()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429]);
    expect((await auditChain(service.database)).length - before).toBe(1);
    const begin = await new Browser().get(`${service.baseUrl}/sign-in/oidc`);
    expect(begin.status).toBe(429);
  });
});

describe('a session', () => {
  it('is new after signing in, whatever the browser held before (fixation)', async () => {
    const browser = new Browser();
    browser.setCookie(service.baseUrl, 'picketfence-sign-in', 'chosen-by-somebody-else');
    const code = await handOverOf(browser, await atCallback(service, browser));
    expect(browser.cookiesFor(service.baseUrl)).not.toContain('chosen-by-somebody-else');
    const first = await redeem(service, browser, code);
    const second = await signInAtProvider(service, browser);
    expect(second.token).not.toBe(first.token);
    expect([first.token, second.token]).not.toContain(code);
  });

  it('leaves no token, code or secret in the database, the record or the log', async () => {
    const browser = new Browser();
    const callback = await atCallback(service, browser);
    const code = await handOverOf(browser, callback);
    const { token } = await redeem(service, browser, code);
    const rows = await asOwner(
      service.database,
      `SELECT to_jsonb(oidc_sign_in) AS row FROM oidc_sign_in UNION ALL SELECT to_jsonb(session) FROM session
       UNION ALL SELECT to_jsonb(audit_event) FROM audit_event`,
    );
    const [cookie = ''] = browser.cookiesFor(service.baseUrl).split('=').slice(1);
    const everything = JSON.stringify(rows) + service.server.log();
    for (const secret of [token, code, cookie, new URL(callback).searchParams.get('state') ?? ''])
      expect(everything.includes(secret)).toBe(false);
  });

  it('is sent with a cookie that no page reads', async () => {
    const response = await new Browser().get(`${service.baseUrl}/sign-in/oidc`);
    expect(response.headers.getSetCookie()).toEqual([
      expect.stringMatching(/^picketfence-sign-in=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=600$/),
    ]);
  });
});
