import fc from 'fast-check';
import { disclosedCount } from '../../core/profile/disclosed-count.js';
import { disclosedInterval, roundCount, roundedInterval } from './count-interval.js';

const controls = fc.record({
  cellCountMin: fc.integer({ min: 1, max: 25 }),
  countRounding: fc.integer({ min: 1, max: 25 }),
});

describe('what a published count can stand for', () => {
  it('is just what the profile builder publishes as it', () => {
    fc.assert(
      fc.property(controls, fc.nat(120), (control, count) => {
        const value = disclosedCount(count, control);
        const { atLeast, atMost } = disclosedInterval(value, control);
        for (let other = 0; other <= 200; other++) {
          expect(disclosedCount(other, control) === value).toBe(other >= atLeast && other <= atMost);
        }
      }),
    );
  });

  it('is just what rounds to it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 20 }), fc.nat(100), (rounding, count) => {
        const value = roundCount(count, rounding);
        const { atLeast, atMost } = roundedInterval(value, rounding);
        for (let other = 0; other <= 150; other++) {
          expect(roundCount(other, rounding) === value).toBe(other >= atLeast && other <= atMost);
        }
      }),
    );
  });
});
