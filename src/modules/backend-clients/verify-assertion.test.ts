import { createHmac } from 'node:crypto';
import { aSigningKey, assertionOf, type SigningKey } from '../../../test/support/signing-client.js';
import type { PublicKey } from './key-set.rules.js';
import { issuerOf, verifyAssertion, type VerifiedAssertion } from './verify-assertion.js';

const clientId = 'client';
const audience = 'https://example.org/smart/token';
const seconds = (): number => Math.floor((performance.timeOrigin + performance.now()) / 1000);
const keysOf = ({ keySet }: SigningKey): PublicKey[] => (JSON.parse(keySet) as { keys: PublicKey[] }).keys;
let key: SigningKey;
let stranger: SigningKey;

beforeAll(async () => {
  [key, stranger] = await Promise.all([aSigningKey(), aSigningKey()]);
});

const verify = (assertion: string, keys = keysOf(key)): Promise<VerifiedAssertion> =>
  verifyAssertion(assertion, { clientId, keys, audience, now: new Date(seconds() * 1000) });

it.each(['RS384', 'ES384'] as const)('is taken with the signature %s', async (algorithm) => {
  const signer = await aSigningKey(algorithm);
  const assertion = await assertionOf(signer, { clientId, audience }, { jti: 'once' });
  expect(issuerOf(assertion)).toBe(clientId);
  expect((await verify(assertion, keysOf(signer))).jti).toBe('once');
});

it.each([
  ['of another issuer', { iss: 'other' }, /"iss"/],
  ['about another', { sub: 'other' }, /"sub"/],
  ['for another server', { aud: 'https://example.com/smart/token' }, /"aud"/],
  ['that is over', { exp: 1 }, /"exp"/],
  ['that lasts too long', { exp: seconds() + 3600 }, /more than 300 seconds/],
  ['without an end', { exp: undefined }, /"exp"/],
  ['without a name', { jti: undefined }, /"jti"/],
  ['with an empty name', { jti: '' }, /empty or too long/],
  ['with a name without end', { jti: 'x'.repeat(257) }, /empty or too long/],
  ['that is not valid yet', { nbf: seconds() + 100 }, /"nbf"/],
])('is not taken %s', async (_, change, why) => {
  await expect(verify(await assertionOf(key, { clientId, audience }, change))).rejects.toThrow(why);
});

it('is taken for five minutes to the second', async () => {
  const begun = seconds();
  const now = new Date(begun * 1000);
  const lasting = async (length: number): Promise<VerifiedAssertion> =>
    verifyAssertion(await assertionOf(key, { clientId, audience }, { exp: begun + length }), {
      ...{ clientId, keys: keysOf(key), audience, now },
    });
  expect((await lasting(300)).expiresAt.getTime()).toBe((begun + 300) * 1000);
  await expect(lasting(301)).rejects.toThrow(/more than 300 seconds/);
});

it('is not taken from somebody else with a key of the same name', async () => {
  await expect(verify(await assertionOf(stranger, { clientId, audience }))).rejects.toThrow(/signature/);
});

it('is not taken unsigned, nor signed with the public key as a password', async () => {
  const [, payload = ''] = (await assertionOf(key, { clientId, audience })).split('.');
  const headed = (alg: string): string =>
    `${Buffer.from(JSON.stringify({ alg, kid: 'one' })).toString('base64url')}.${payload}`;
  await expect(verify(`${headed('none')}.`)).rejects.toThrow(/alg/);
  const text = headed('HS384');
  const forged = createHmac('sha384', key.keySet).update(text).digest('base64url');
  await expect(verify(`${text}.${forged}`)).rejects.toThrow(/alg/);
});

it('is not taken when it is no token at all', async () => {
  expect(issuerOf('nonsense')).toBeNull();
  await expect(verify('nonsense')).rejects.toThrow();
});
