import { type Refusal, refusal } from '../platform/refusal/refusal.js';

/** A public key as a JWK (RFC 7517). */
export type PublicKey = Readonly<Record<string, unknown>> & { readonly kid: string; readonly kty: string };

const keysMost = 10;
const textLengthMost = 20_000;
const modulusBitsLeast = 2048;
/** Members of a JWK that make it a private or a symmetric key (RFC 7518, 6.2.2, 6.3.2 and 6.4). */
const secretMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];
const place = 'keySet';

/**
 * Reads a JWK Set as a backend client has it registered: public keys for RS384 or ES384, each with an id of its own (SMART App
 * Launch 2.2, "Registering a client"). A set behind a URL is not taken: nothing is fetched.
 * @param text JSON
 */
export function readKeySet(text: string): { readonly keys: readonly PublicKey[] } | Refusal {
  if (text.length > textLengthMost) return bad(`The key set is longer than ${textLengthMost} characters.`);
  const keys = keysIn(text);
  if (keys === null) return bad('This is no JWK Set: an object with a list "keys".');
  if (keys.length === 0 || keys.length > keysMost) return bad(`Give 1 to ${keysMost} keys.`);
  const faults = keys.flatMap((key, index) => faultOf(key, index) ?? []);
  if (faults[0] !== undefined) return bad(faults[0]);
  const read = keys as PublicKey[];
  if (new Set(read.map(({ kid }) => kid)).size < read.length) return bad('Two keys have the same "kid".');
  return { keys: read };
}

const bad = (message: string): Refusal => refusal('BAD_PARAMETERS', message, place);

function keysIn(text: string): Readonly<Record<string, unknown>>[] | null {
  try {
    const set: unknown = JSON.parse(text);
    const keys: unknown = isObject(set) ? set['keys'] : null;
    return Array.isArray(keys) && keys.every(isObject) ? keys : null;
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function faultOf(key: Readonly<Record<string, unknown>>, index: number): string | null {
  const { kid, kty, use, key_ops: operations, alg } = key;
  const name = `Key ${index + 1}`;
  const secret = secretMembers.find((member) => Object.hasOwn(key, member));
  if (secret !== undefined)
    return `${name} has the member "${secret}" of a private key: that key is spent, make another.`;
  if (typeof kid !== 'string' || kid === '') return `${name} has no "kid".`;
  const isToVerify = operations === undefined || (Array.isArray(operations) && operations.includes('verify'));
  if ((use !== undefined && use !== 'sig') || !isToVerify) return `${name} is not for signatures.`;
  if (kty === 'RSA') return faultOfRsa(key, name);
  if (kty !== 'EC' || key['crv'] !== 'P-384') return `${name} is neither RSA nor EC on the curve P-384.`;
  return alg === undefined || alg === 'ES384' ? null : `${name} is not for ES384.`;
}

function faultOfRsa({ n, alg }: Readonly<Record<string, unknown>>, name: string): string | null {
  const bits = typeof n === 'string' ? Buffer.from(n, 'base64url').length * 8 : 0;
  if (bits < modulusBitsLeast) return `${name} has fewer than ${modulusBitsLeast} bits.`;
  return alg === undefined || alg === 'RS384' ? null : `${name} is not for RS384.`;
}
