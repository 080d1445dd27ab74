import { decodeJwt, decodeProtectedHeader, importJWK, jwtVerify } from 'jose';
import type { PublicKey } from './key-set.rules.js';

export const algorithms = ['RS384', 'ES384'];
const secondsMost = 300;
const jtiLengthMost = 256;

export interface VerifiedAssertion {
  /** Its name, for one use. */
  readonly jti: string;
  readonly expiresAt: Date;
}

/** Who says that they signed, before anything is verified; null when it is no token. */
export function issuerOf(assertion: string): string | null {
  try {
    const { iss } = decodeJwt(assertion);
    return iss ?? null;
  } catch {
    return null;
  }
}

/**
 * The assertion of a client (RFC 7523; SMART App Launch 2.2, "Authenticating to the token endpoint"): signed by one of its keys, by
 * and about itself, for this endpoint, and for five minutes at most.
 * @throws {Error} saying what is wrong with it
 */
export async function verifyAssertion(
  assertion: string,
  expected: {
    readonly clientId: string;
    readonly keys: readonly PublicKey[];
    /** The URL of the token endpoint. */
    readonly audience: string;
    readonly now: Date;
  },
): Promise<VerifiedAssertion> {
  const { clientId, keys, audience, now } = expected;
  const { kid } = decodeProtectedHeader(assertion);
  const key = keys.find((one) => one.kid === kid);
  if (!key) throw new Error('No key of this client has the "kid" of the assertion.');
  const algorithm = key.kty === 'RSA' ? 'RS384' : 'ES384';
  const { payload } = await jwtVerify(assertion, await importJWK({ ...key }, algorithm), {
    ...{ algorithms: [algorithm], issuer: clientId, subject: clientId, audience },
    ...{ requiredClaims: ['exp', 'jti'], currentDate: now },
  });
  const { jti = '', exp = 0 } = payload;
  if (jti === '' || jti.length > jtiLengthMost) throw new Error('"jti" is empty or too long.');
  if (exp * 1000 > now.getTime() + secondsMost * 1000)
    throw new Error(`"exp" is more than ${secondsMost} seconds ahead.`);
  return { jti, expiresAt: new Date(exp * 1000) };
}
