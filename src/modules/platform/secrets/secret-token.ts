import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

const idBytes = 16;
const secretBytes = 32;
const pattern = /^[A-Za-z0-9_-]{64}$/;

interface SecretToken {
  /** 64 characters of base64url: what is handed out, once. */
  readonly token: string;
  /** UUID by which its row is found; no secret. */
  readonly id: string;
  /** SHA-256 of 256 random bits: what is kept. */
  readonly secretHash: string;
}

const hashOf = (secret: Uint8Array): Buffer => createHash('sha256').update(secret).digest();

const uuidOf = (bytes: Buffer): string =>
  bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** A new single-use token. */
export function makeSecretToken(): SecretToken {
  const bytes = randomBytes(idBytes + secretBytes);
  return {
    token: bytes.toString('base64url'),
    id: uuidOf(bytes.subarray(0, idBytes)),
    secretHash: hashOf(bytes.subarray(idBytes)).toString('hex'),
  };
}

/** The public half of a token that somebody brings; null when it is no token. */
export function idOfSecretToken(token: string): string | null {
  return pattern.test(token) ? uuidOf(Buffer.from(token, 'base64url').subarray(0, idBytes)) : null;
}

/** In the same time whatever differs, and also when there is nothing to compare with. */
export function isSecretOf(token: string, secretHash: string | null): boolean {
  const secret = Buffer.from(token, 'base64url').subarray(idBytes);
  const kept = Buffer.from(secretHash ?? '', 'hex');
  const expected = kept.length === secretBytes ? kept : Buffer.alloc(secretBytes);
  return timingSafeEqual(hashOf(secret), expected) && kept.length === secretBytes;
}
