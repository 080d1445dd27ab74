import { dateText, dateTimeText } from './date-text.js';
import { numberText } from './number-text.js';

describe('the text of a number', () => {
  it.each([
    [1, 0, '1'],
    [1, 2, '1.00'],
    [0.1 + 0.2, 2, '0.30'],
    [-0, 0, '0'],
    [-0.001, 2, '0.00'],
    [-1.5, 1, '-1.5'],
    [1e20, 0, '100000000000000000000'],
    [1e-7, 7, '0.0000001'],
    [1e21, 0, `1${'0'.repeat(21)}`],
    [-1e21, 2, `-1${'0'.repeat(21)}.00`],
  ])('of %d with %d decimals is %s', (value, decimals, text) => {
    expect(numberText(value, decimals)).toBe(text);
  });

  it.each([NaN, Infinity, -Infinity])('does not exist for %d', (value) => {
    expect(() => numberText(value, 0)).toThrow(RangeError);
  });
});

describe('the text of a date', () => {
  it('is ISO 8601, before 1970 too', () => {
    expect([0, 19_723, -1].map(dateText)).toEqual(['1970-01-01', '2024-01-01', '1969-12-31']);
    expect(dateTimeText(1_704_067_200_123)).toBe('2024-01-01T00:00:00.123Z');
  });

  it('does not exist outside four-digit years', () => {
    expect(() => dateText(3_000_000)).toThrow(RangeError);
    expect(() => dateTimeText(NaN)).toThrow(RangeError);
  });
});
