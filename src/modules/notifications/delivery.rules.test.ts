import { afterAttempt, type DeliveryOutcome } from './delivery.rules.js';

const now = new Date('2026-11-22T10:00:00Z');
const policy = { retrySeconds: [60, 300], now };
const failed: DeliveryOutcome = { kind: 'failed', problem: 'No.', final: false };

it.each([
  ['sent at once', 0, { kind: 'sent' }, { state: 'SENT', attempts: 1, sentAt: now, problem: null }],
  [
    'withheld',
    0,
    { kind: 'withheld', problem: 'No.' },
    { state: 'WITHHELD', attempts: 1, nextAttemptAt: null },
  ],
  [
    'failed once',
    0,
    failed,
    { state: 'PENDING', attempts: 1, nextAttemptAt: new Date('2026-11-22T10:01:00Z') },
  ],
  [
    'failed twice',
    1,
    failed,
    { state: 'PENDING', attempts: 2, nextAttemptAt: new Date('2026-11-22T10:05:00Z') },
  ],
  [
    'failed as often as it is tried',
    2,
    failed,
    { state: 'FAILED', attempts: 3, nextAttemptAt: null, problem: 'No.' },
  ],
  ['failed for good', 0, { ...failed, final: true }, { state: 'FAILED', attempts: 1, nextAttemptAt: null }],
] as const)('a notification that is %s', (_, attempts, outcome, expected) => {
  expect(afterAttempt({ attempts }, outcome, policy)).toMatchObject(expected);
});
