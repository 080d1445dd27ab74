import { refuseWords } from './refuse-words.js';

const ask = (bounds: string): string => `Say why in ${bounds}.`;

it.each([
  [9, false],
  [10, true],
  [4_000, true],
  [4_001, false],
])('%i characters say enough, and not too much: %s', (length, isTaken) => {
  const text = ` ${'x'.repeat(length)}\n`;
  expect(refuseWords(text, ask, 'reason') === null).toBe(isTaken);
});

it('says what is asked for, where, and in which bounds', () => {
  expect(refuseWords('  ', ask, 'reason', { min: 2, max: 3 })).toEqual({
    code: 'INCOMPLETE',
    message: 'Say why in 2 to 3 characters.',
    place: 'reason',
  });
});
