import { randomUUID } from 'node:crypto';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, SignJWT } from 'jose';

export interface SigningKey {
  readonly algorithm: 'RS384' | 'ES384';
  readonly privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
  /** A JWK Set with the public half, as JSON. */
  readonly keySet: string;
  readonly thumbprint: string;
}

export async function aSigningKey(algorithm: 'RS384' | 'ES384' = 'ES384'): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair(algorithm, { extractable: true });
  const key = { ...(await exportJWK(publicKey)), kid: 'one', alg: algorithm, use: 'sig' };
  const thumbprint = await calculateJwkThumbprint(key);
  return { algorithm, privateKey, keySet: JSON.stringify({ keys: [key] }), thumbprint };
}

/** An assertion that lacks nothing, but for what is changed of its claims. */
export function assertionOf(
  { algorithm, privateKey }: SigningKey,
  { clientId, audience }: { readonly clientId: string; readonly audience: string },
  change: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const now = Math.floor((performance.timeOrigin + performance.now()) / 1000);
  const claims = { iss: clientId, sub: clientId, aud: audience, exp: now + 240, jti: randomUUID() };
  return new SignJWT({ ...claims, ...change })
    .setProtectedHeader({ alg: algorithm, kid: 'one', typ: 'JWT' })
    .sign(privateKey);
}

export async function askForToken(
  endpoint: string,
  assertion: string,
  change: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly body: Readonly<Record<string, unknown>> }> {
  const form = {
    ...{ grant_type: 'client_credentials', scope: 'system/*.read' },
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    ...{ client_assertion: assertion, ...change },
  };
  const answer = await fetch(endpoint, { method: 'POST', body: new URLSearchParams(form) });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
