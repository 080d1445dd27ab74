import fc from 'fast-check';
import { checkOrder, dateText, dateTimeText, instantText } from './moment-text.js';

const ms = fc.integer({ min: Date.UTC(1000, 0, 1), max: Date.UTC(9999, 11, 31) });

describe('moments in FHIR', () => {
  it('are those of ISO 8601 in UTC, cut to what is known', () => {
    fc.assert(
      fc.property(ms, (moment) => {
        const iso = new Date(moment).toISOString();
        expect(instantText(moment)).toBe(`${iso.slice(0, 19)}Z`);
        expect(dateTimeText({ ms: moment, precision: 'second' })).toBe(`${iso.slice(0, 19)}Z`);
        expect(dateTimeText({ ms: moment, precision: 'month' })).toBe(iso.slice(0, 7));
        expect(dateText({ ms: moment, precision: 'second' })).toBe(iso.slice(0, 10));
        expect(dateText({ ms: moment, precision: 'year' })).toBe(iso.slice(0, 4));
      }),
    );
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Date.UTC(10_000, 0, 1), -1e14])(
    '%s is refused',
    (moment) => {
      expect(() => instantText(moment)).toThrow(/not a moment/);
    },
  );

  it.each([
    ['2024-03-01', '2024-03-01T09:00:00Z', false],
    ['2024-03-01T09:00:00Z', '2024-03-01', false],
    ['2024', '2024-01', false],
    ['2024-03', '2024-02-28', true],
    ['2024-03-01T09:00:01Z', '2024-03-01T09:00:00Z', true],
  ])('from %s to %s is the wrong way round: %s', (start, end, isWrong) => {
    if (isWrong)
      expect(() => {
        checkOrder(start, end);
      }).toThrow(/before it starts/);
    else
      expect(() => {
        checkOrder(start, end);
      }).not.toThrow();
  });
});
