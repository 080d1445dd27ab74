import { generateKeyPairSync, type JsonWebKey } from 'node:crypto';
import { readKeySet } from './key-set.rules.js';

const rsa = (bits: number): { readonly publicKey: JsonWebKey; readonly privateKey: JsonWebKey } => {
  const pair = generateKeyPairSync('rsa', { modulusLength: bits });
  return {
    publicKey: pair.publicKey.export({ format: 'jwk' }),
    privateKey: pair.privateKey.export({ format: 'jwk' }),
  };
};
const ec = (namedCurve: string): JsonWebKey =>
  generateKeyPairSync('ec', { namedCurve }).publicKey.export({ format: 'jwk' });

const { publicKey, privateKey } = rsa(2048);
const good = { ...publicKey, kid: 'a', use: 'sig', alg: 'RS384' };
const other = { ...ec('P-384'), kid: 'b' };
const setOf = (...keys: readonly object[]): string => JSON.stringify({ keys });

it('takes public keys for RS384 and ES384', () => {
  expect(readKeySet(setOf(good, other))).toMatchObject({ keys: [{ kid: 'a' }, { kid: 'b' }] });
});

it.each([
  ['for nothing in particular', publicKey],
  ['to verify with', { ...publicKey, key_ops: ['verify'] }],
  ['for ES384', { ...other, alg: 'ES384', key_ops: ['verify'] }],
])('takes a key %s', (_, key) => {
  expect(readKeySet(setOf({ ...key, kid: 'a' }))).toMatchObject({ keys: [{ kid: 'a' }] });
});

it('takes ten keys, and as much text as is bounded', () => {
  const ten = setOf(...Array.from({ length: 10 }, (_, n) => ({ ...good, kid: String(n) })));
  expect(readKeySet(ten.padEnd(20_000))).toHaveProperty('keys.length', 10);
});

it.each([
  ['no JSON', '{', 'no JWK Set'],
  ['a key alone', JSON.stringify(good), 'no JWK Set'],
  ['the address of a set', '{"jwks_uri":"https://example.org"}', 'no JWK Set'],
  ['nothing', 'null', 'no JWK Set'],
  ['a list', '[]', 'no JWK Set'],
  ['a text', '"keys"', 'no JWK Set'],
  ['keys that are no list', '{"keys":{}}', 'no JWK Set'],
  ['a key that is no object', '{"keys":["a"]}', 'no JWK Set'],
  ['a key that is nothing', '{"keys":[null]}', 'no JWK Set'],
  ['a key that is a list', '{"keys":[[]]}', 'no JWK Set'],
  ['no key', setOf(), '1 to 10 keys'],
  [
    'eleven keys',
    setOf(...Array.from({ length: 11 }, (_, n) => ({ ...good, kid: String(n) }))),
    '1 to 10 keys',
  ],
  ['a private key', setOf({ ...privateKey, kid: 'a' }), 'private key'],
  ['a password', setOf({ kty: 'oct', k: 'c2VjcmV0', kid: 'a' }), 'private key'],
  ...['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'].map((member) => [
    `a key with the secret member ${member}`,
    setOf({ ...good, [member]: 'AQAB' }),
    'private key',
  ]),
  ['a key whose name is a number', setOf({ ...publicKey, kid: 1 }), 'no "kid"'],
  ['a key with an empty name', setOf({ ...publicKey, kid: '' }), 'no "kid"'],
  ['a key for something that is no list', setOf({ ...good, key_ops: 'verify' }), 'not for signatures'],
  ['a key of a kind that is none of both', setOf({ ...other, kty: 'OKP' }), 'neither RSA nor EC'],
  ['a key without a modulus', setOf({ kty: 'RSA', e: 'AQAB', kid: 'a' }), 'fewer than 2048 bits'],
  ['a key without a name', setOf({ ...publicKey }), 'no "kid"'],
  ['two keys of one name', setOf(good, { ...other, kid: 'a' }), 'the same "kid"'],
  ['a short key', setOf({ ...rsa(1024).publicKey, kid: 'a' }), 'fewer than 2048 bits'],
  ['another curve', setOf({ ...ec('P-256'), kid: 'a' }), 'neither RSA nor EC'],
  ['another algorithm', setOf({ ...good, alg: 'RS256' }), 'not for RS384'],
  ['another algorithm of the curve', setOf({ ...other, alg: 'ES256' }), 'not for ES384'],
  ['a key to encrypt', setOf({ ...good, use: 'enc' }), 'not for signatures'],
  ['a key that signs', setOf({ ...good, key_ops: ['sign'] }), 'not for signatures'],
  ['more than anybody needs', ' '.repeat(20_001), 'longer than'],
])('does not take %s', (_, text, why) => {
  const answer = readKeySet(text);
  expect(answer).toMatchObject({ code: 'BAD_PARAMETERS' });
  expect('code' in answer ? answer.message : '').toContain(why);
});
