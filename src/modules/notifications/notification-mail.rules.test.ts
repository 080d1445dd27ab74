import fc from 'fast-check';
import { isPlainAddress, onOneLine } from '../mail/mail-message.rules.js';
import { mailMessageOf } from './notification-mail.rules.js';

const told = {
  id: '7e0fd1f0-0000-4000-8000-000000000000',
  at: new Date('2026-11-22T10:00:00Z'),
  sentence: 'PF-0001 is published: you can download the release.',
  title: 'Clinic visits',
  to: { name: 'Ravi Researcher', address: 'ravi@hospital.example' },
};
const from = 'picketfence@hospital.example';

it('is a short letter', () => {
  const message = mailMessageOf(told, from);
  expect(message).toMatchObject({
    messageId: `${told.id}@hospital.example`,
    subject: told.sentence,
    date: told.at,
  });
  expect(message?.text.split('\n')).toEqual([
    'Dear Ravi Researcher,',
    '',
    told.sentence,
    '',
    'Title: Clinic visits',
    '',
    'Sign in to picketfence to see it. Answers to this message are not read.',
    '',
  ]);
});

it('has as many lines as ever, whatever names and titles hold', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary', maxLength: 500 }),
      fc.string({ unit: 'binary' }),
      (title, name) => {
        const message = mailMessageOf({ ...told, title, to: { ...told.to, name } }, from)!;
        expect(message.text.split(/[\n\r\v\f\x85\u2028\u2029]/)).toHaveLength(8);
        expect(`${message.subject}${message.to.name}`).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u);
        expect(Array.from(message.text).length).toBeLessThan(600);
      },
    ),
  );
});

it.each([
  ['Ann\r\nBcc: all@hospital.example', 'Ann Bcc: all@hospital.example'],
  ['  two   blanks ', 'two blanks'],
  ['right\u202eto left', 'right to left'],
  ['a'.repeat(90), `${'a'.repeat(79)}…`],
  ['😀'.repeat(81), `${'😀'.repeat(79)}…`],
])('%j becomes one line', (text, expected) => {
  expect(onOneLine(text, 80)).toBe(expected);
});

it.each([
  ['ravi@hospital.example', true],
  ['ravi+studies@hospital.example', true],
  ['ravi@hospital.example,all@hospital.example', false],
  ['<ravi@hospital.example>', false],
  ['"ravi"@hospital.example', false],
  ['ravi@hospital.example\r\nBcc: all@hospital.example', false],
  ['ravi@', false],
  [`${'r'.repeat(250)}@hospital.example`, false],
])('%j is an address to send to: %s', (address, expected) => {
  expect(isPlainAddress(address)).toBe(expected);
  expect(mailMessageOf({ ...told, to: { ...told.to, address } }, from) !== null).toBe(expected);
});
