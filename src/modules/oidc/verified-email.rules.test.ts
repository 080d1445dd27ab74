import { verifiedEmail } from './verified-email.rules.js';

it.each<[object, string | null]>([
  [{ email: 'Ann@Trust.Example', email_verified: true }, 'ann@trust.example'],
  [{ email: 'ann@trust.example', email_verified: false }, null],
  [{ email: 'ann@trust.example', email_verified: 'true' }, null],
  [{ email: 'ann@trust.example', email_verified: 1 }, null],
  [{ email: 'ann@trust.example' }, null],
  [{ email_verified: true }, null],
  [{ email: ['ann@trust.example'], email_verified: true }, null],
  [{ email: 'ann', email_verified: true }, null],
  [{ email: 'ann@trust.example, bob@trust.example', email_verified: true }, null],
  [{ email: `${'a'.repeat(250)}@trust.example`, email_verified: true }, null],
])('of %j it is %j', (claims, expected) => {
  expect(verifiedEmail(claims as Readonly<Record<string, unknown>>)).toBe(expected);
});
