import fc from 'fast-check';
import { effectiveControl, refuseControl } from './stricter-control.rules.js';

const policy = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };

describe('a profile that is asked for', () => {
  it('is never made under a laxer rule than the policy, whatever is asked', () => {
    const anything = fc.oneof(fc.integer({ min: -100, max: 1000 }), fc.double());
    const or = (sensible: fc.Arbitrary<number>): fc.Arbitrary<number> =>
      fc.oneof({ arbitrary: sensible, weight: 9 }, { arbitrary: anything, weight: 1 });
    const asked = fc.record(
      {
        cellCountMin: or(fc.integer({ min: 8, max: 60 })),
        countRounding: or(fc.integer({ min: 4, max: 30 })),
        tailShare: or(fc.double({ min: 0.009, max: 0.25, noNaN: true })),
        binsMax: or(fc.integer({ min: 1, max: 52 })),
        categoriesMax: or(fc.integer({ min: 1, max: 104 })),
      },
      { requiredKeys: [] },
    );
    let taken = 0;
    fc.assert(
      fc.property(asked, (given) => {
        const refused = refuseControl(given, policy);
        if (refused === null) taken += 1;
        const isLaxer =
          (given.cellCountMin ?? 10) < 10 ||
          (given.countRounding ?? 5) < 5 ||
          (given.tailShare ?? 0.01) < 0.01 ||
          (given.binsMax ?? 50) > 50 ||
          (given.categoriesMax ?? 100) > 100;
        if (isLaxer) expect(refused).not.toBeNull();
        if (refused !== null) return;
        const control = effectiveControl(policy, given);
        expect(control).toEqual({ ...policy, ...given });
        expect(control.cellCountMin).toBeGreaterThanOrEqual(10);
        expect(control.countRounding).toBeGreaterThanOrEqual(5);
        expect(control.tailShare).toBeGreaterThanOrEqual(0.01);
        expect(control.binsMax).toBeLessThanOrEqual(50);
        expect(control.categoriesMax).toBeLessThanOrEqual(100);
      }),
      { numRuns: 1000 },
    );
    expect(taken).toBeGreaterThan(50);
  });

  it('keeps the floor of a policy that was raised after it was asked for', () => {
    expect(effectiveControl({ ...policy, cellCountMin: 30 }, { cellCountMin: 20 }).cellCountMin).toBe(30);
  });

  it.each([
    { ...policy },
    { tailShare: 0.25, cellCountMin: 1_000_000, countRounding: 1_000_000, binsMax: 1, categoriesMax: 1 },
    { tailShare: 0.015 },
  ])('is taken with %j', (asked) => {
    expect(refuseControl(asked, policy)).toBeNull();
  });

  it.each([
    [{ cellCountMin: 1_000_001 }, 'cellCountMin'],
    [{ binsMax: 0 }, 'binsMax'],
    [{ cellCountMin: 9 }, 'cellCountMin'],
    [{ countRounding: 1 }, 'countRounding'],
    [{ tailShare: 0 }, 'tailShare'],
    [{ tailShare: NaN }, 'tailShare'],
    [{ tailShare: 0.9 }, 'tailShare'],
    [{ binsMax: 51 }, 'binsMax'],
    [{ binsMax: 2.5 }, 'binsMax'],
    [{ categoriesMax: 0 }, 'categoriesMax'],
  ])('is refused with %j, naming the rule', (asked, rule) => {
    expect(refuseControl(asked, policy)).toMatchObject({ code: 'BAD_PARAMETERS', place: rule });
    expect(refuseControl({ cellCountMin: 20, binsMax: 10 }, policy)).toBeNull();
  });
});
