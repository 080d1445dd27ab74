import fc from 'fast-check';
import { refuseWebhook, signWebhook } from './signature.js';

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const other = `whsec_${Buffer.alloc(32, 8).toString('base64')}`;
const sentAt = new Date('2026-11-22T10:00:00.900Z');
const body = '{"type":"request.changed"}';
const delivery = { id: 'event-1', sentAt, body };

const after = (seconds: number): Date =>
  new Date(Math.floor(sentAt.getTime() / 1000) * 1000 + seconds * 1000);

it('signs as the published example of Standard Webhooks does', () => {
  const headers = signWebhook('whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw', {
    id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
    sentAt: new Date(1_614_265_330_000),
    body: '{"test": 2432232314}',
  });
  expect(headers['webhook-signature']).toBe('v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=');
});

it.each([
  ['at once', {}, null],
  ['five minutes later', { now: after(300) }, null],
  ['five minutes early', { now: after(-300) }, null],
  ['later than that', { now: after(301) }, 'five minutes'],
  ['earlier than that', { now: after(-301) }, 'five minutes'],
  ['with a body changed by a blank', { body: `${body} ` }, 'No signature'],
  ['with another id', { headers: { 'webhook-id': 'event-2' } }, 'No signature'],
  ['with another time', { headers: { 'webhook-timestamp': '1795341601' } }, 'No signature'],
  ['with a time in words', { headers: { 'webhook-timestamp': 'now' } }, 'no number'],
  ['without a signature', { headers: { 'webhook-signature': undefined } }, 'missing'],
  ['with an empty signature', { headers: { 'webhook-signature': '' } }, 'No signature'],
  ['with a signature of no version', { headers: { 'webhook-signature': 'v0,AAAA' } }, 'No signature'],
  ['with another secret', { secret: other }, 'No signature'],
])('a delivery is judged %s', (_, change: Partial<Record<string, unknown>>, expected) => {
  const signed = { ...signWebhook(secret, delivery), ...(change['headers'] as object | undefined) };
  const found = refuseWebhook((change['secret'] as string | undefined) ?? secret, {
    headers: signed,
    body: (change['body'] as string | undefined) ?? body,
    now: (change['now'] as Date | undefined) ?? sentAt,
  });
  if (expected === null) expect(found).toBeNull();
  else expect(found).toContain(expected);
});

it('takes the right one of several signatures, as while a secret is replaced', () => {
  const headers = signWebhook(secret, delivery);
  const both = `${signWebhook(other, delivery)['webhook-signature']} ${headers['webhook-signature']}`;
  expect(
    refuseWebhook(secret, { headers: { ...headers, 'webhook-signature': both }, body, now: sentAt }),
  ).toBeNull();
});

it('believes what was signed, and nothing that differs in one character', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ minLength: 1, unit: 'binary' }), (text, added) => {
      const headers = signWebhook(secret, { ...delivery, body: text });
      expect(refuseWebhook(secret, { headers, body: text, now: sentAt })).toBeNull();
      expect(refuseWebhook(secret, { headers, body: text + added, now: sentAt })).not.toBeNull();
    }),
  );
});

it.each(['', 'secret', 'whsec_', 'whsec_c2hvcnQ='])('does not sign with %j', (bad) => {
  expect(() => signWebhook(bad, delivery)).toThrow('at least 24 bytes');
});
