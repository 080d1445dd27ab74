import { lookup as lookUp } from 'node:dns';
import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import type { DeliveryOutcome } from '../delivery.rules.js';
import { type AddressRule, isAllowedAddress, refuseWebhookUrl } from './webhook-url.js';

export interface WebhookPost {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Until the status of the answer is there. */
  readonly timeoutMs?: number;
}

/** Shorter than a worker waits when it is told to stop. */
const timeoutMsDefault = 6000;
const bodyBytesMax = 16_384;

/**
 * Posts once. No redirect is followed, nothing of the answer but its status is read, and the connection is made to the
 * very address that was looked up and allowed: a name that means another machine a moment later leads nowhere.
 */
export async function postWebhook(post: WebhookPost, rule: AddressRule): Promise<DeliveryOutcome> {
  const refused = refuseWebhookUrl(post.url, rule);
  if (refused !== null) return { kind: 'failed', problem: refused, final: true };
  if (Buffer.byteLength(post.body) > bodyBytesMax) throw new Error('The body of a webhook is too large.');
  try {
    return outcomeOf(await statusOf(post, rule));
  } catch (error) {
    return { kind: 'failed', problem: problemOf(error), final: false };
  }
}

function statusOf(
  { url, headers, body, timeoutMs = timeoutMsDefault }: WebhookPost,
  rule: AddressRule,
): Promise<number> {
  const request = url.startsWith('https:') ? requestHttps : requestHttp;
  return new Promise((resolve, reject) => {
    const outgoing = request(
      url,
      {
        method: 'POST',
        agent: false,
        lookup: allowedLookup(rule),
        signal: AbortSignal.timeout(timeoutMs),
        headers: { ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' },
      },
      (answer) => {
        resolve(answer.statusCode ?? 0);
        answer.destroy();
      },
    );
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

class AddressRefused extends Error {}

/** Looks a name up, and refuses it when any of its addresses is not allowed. */
function allowedLookup(rule: AddressRule): LookupFunction {
  return (hostname, options, callback) => {
    lookUp(hostname, { ...options, all: true }, (error, addresses) => {
      if (error) {
        callback(error, '', 0);
        return;
      }
      const [first] = addresses;
      if (!first || !addresses.every(({ address }) => isAllowedAddress(address, rule)))
        callback(new AddressRefused(), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function outcomeOf(status: number): DeliveryOutcome {
  if (status >= 200 && status < 300) return { kind: 'sent' };
  // 410 Gone: Standard Webhooks has receivers say so that they want no more.
  return { kind: 'failed', problem: `The receiver answered ${status}.`, final: status === 410 };
}

function problemOf(error: unknown): string {
  if (error instanceof AddressRefused)
    return 'The name of the receiver leads to an address that is not allowed.';
  const { code } = error as { readonly code?: unknown };
  if (code === 'ABORT_ERR') return 'The receiver did not answer in time.';
  return `The receiver could not be reached${typeof code === 'string' ? ` (${code})` : ''}.`;
}
