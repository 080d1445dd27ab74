import { createHmac, timingSafeEqual } from 'node:crypto';

/** The three headers of a delivery, as Standard Webhooks names them (https://www.standardwebhooks.com, version 1). */
export interface SignedHeaders {
  /** The same in every delivery of one event: whoever has seen it before leaves it alone. */
  readonly 'webhook-id': string;
  /** Seconds since 1970 at which this delivery was signed. */
  readonly 'webhook-timestamp': string;
  /** `v1,` and the base64 of an HMAC-SHA256; several are separated by blanks. */
  readonly 'webhook-signature': string;
}

export const webhookSecretStart = 'whsec_';
const toleranceSeconds = 300;
const secretBytesMin = 24;

/** The headers that sign a body. @throws {Error} when the secret is none */
export function signWebhook(
  secret: string,
  delivery: { readonly id: string; readonly sentAt: Date; readonly body: string },
): SignedHeaders {
  const { id, sentAt, body } = delivery;
  const timestamp = String(Math.floor(sentAt.getTime() / 1000));
  const signature = macOf(keyOf(secret), `${id}.${timestamp}.${body}`).toString('base64');
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` };
}

/**
 * Why a delivery is not to be believed; null when it is genuine and no more than five minutes old (or early).
 * `body` is the text as it came, not parsed and written again. Within the five minutes a delivery can be played
 * again: keep the ids you have dealt with for that long.
 *
 * @throws {Error} when the secret is none
 */
export function refuseWebhook(
  secret: string,
  delivery: {
    readonly headers: SignedHeaders | Readonly<Record<string, string | readonly string[] | undefined>>;
    readonly body: string;
    readonly now: Date;
  },
): string | null {
  const key = keyOf(secret);
  const { headers, body, now } = delivery;
  const id = headers['webhook-id'];
  const timestamp = headers['webhook-timestamp'];
  const signatures = headers['webhook-signature'];
  if (typeof id !== 'string' || typeof timestamp !== 'string' || typeof signatures !== 'string') {
    return 'A signature header is missing.';
  }
  if (!/^\d{1,12}$/.test(timestamp)) return 'The timestamp is no number of seconds.';
  if (Math.abs(now.getTime() / 1000 - Number(timestamp)) > toleranceSeconds) {
    return 'The delivery was signed more than five minutes ago, or in the future.';
  }
  const expected = macOf(key, `${id}.${timestamp}.${body}`);
  const isSigned = signatures.split(' ').some((one) => isSame(one, expected));
  return isSigned ? null : 'No signature fits.';
}

function isSame(signature: string, expected: Buffer): boolean {
  if (!signature.startsWith('v1,')) return false;
  const given = Buffer.from(signature.slice('v1,'.length), 'base64');
  return given.length === expected.length && timingSafeEqual(given, expected);
}

const macOf = (key: Buffer, text: string): Buffer => createHmac('sha256', key).update(text).digest();

function keyOf(secret: string): Buffer {
  const key = Buffer.from(secret.slice(webhookSecretStart.length), 'base64');
  if (secret.startsWith(webhookSecretStart) && key.length >= secretBytesMin) return key;
  throw new Error(`A webhook secret begins with "${webhookSecretStart}" and holds at least 24 bytes.`);
}
