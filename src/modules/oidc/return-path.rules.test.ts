import fc from 'fast-check';
import { returnPath } from './return-path.rules.js';

const home = 'https://picketfence.example';

it.each([
  ['/', '/'],
  ['/requests?mine=1', '/requests?mine=1'],
  ['/a/../b', '/b'],
  ['/a#b', '/a'],
  [`/${'a'.repeat(1_999)}`, `/${'a'.repeat(1_999)}`],
  ['/a?to=https://evil.example', '/a?to=https://evil.example'],
])('%s is a path of the service', (text, expected) => {
  expect(returnPath(text, home)).toBe(expected);
});

it.each([
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  '/%5c\\evil.example',
  `/${'a'.repeat(2_000)}`,
  'evil',
  '',
])('%j leads elsewhere', (text) => {
  expect(returnPath(text, home)).toBeNull();
});

it('never leads elsewhere, whatever the text', () => {
  const pieces = fc.constantFrom(
    '/',
    '\\',
    '.',
    '..',
    '//',
    '@',
    ':',
    '?',
    '#',
    '\t',
    '\n',
    'https:',
    'evil.example',
    'a',
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(pieces).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(text, (asked) => {
      const path = returnPath(asked, home);
      if (path === null) return;
      // As the browser reads the Location header, absolute and, if somebody leaves out the origin, relative.
      expect(new URL(home + path).origin).toBe(home);
      expect(new URL(path, home).origin).toBe(home);
    }),
    { numRuns: 2000 },
  );
});
