import * as fc from 'fast-check';
import type { LedgerEntry } from '../../core/privacy/ledger-entry.js';
import { budgetAfter, costOf, epsilonLeft, epsilonSpent, isWithin, refuseSpending } from './ledger.rules.js';

const budget = { epsilon: 5, delta: 1e-6 };
const costs = fc.record({
  epsilon: fc.double({ min: 0.01, max: 4, noNaN: true }),
  delta: fc.constantFrom(0, 1e-9, 1e-7),
});

describe('the privacy budget of a source', () => {
  it('is never overspent, whatever is asked for in whatever order', () => {
    fc.assert(
      fc.property(fc.array(costs), (asked) => {
        let spent = 0;
        for (const guarantee of asked) {
          const cost = costOf(guarantee);
          const before = spent;
          if (refuseSpending(spent, cost, budget) === null) spent += cost.rho;
          expect(spent).toBeGreaterThanOrEqual(before);
        }
        expect(epsilonSpent(spent, budget)).toBeLessThanOrEqual(budget.epsilon * (1 + 1e-9));
      }),
    );
  });

  it('refuses what is more than is left and says how much that is', () => {
    const spent = costOf({ epsilon: 4.5, delta: 1e-6 }).rho;
    expect(refuseSpending(0, costOf(budget), budget)).toBeNull();
    const refused = refuseSpending(spent, costOf({ epsilon: 3, delta: 1e-6 }), budget);
    expect(refused).toMatchObject({ code: 'BUDGET_EXCEEDED' });
    expect(refused?.message).toContain(epsilonLeft(spent, budget).toPrecision(3));
    expect(epsilonLeft(costOf(budget).rho, budget)).toBe(0);
  });

  it('is shown as what is spent, what is reserved and what both leave', () => {
    const [spent, reserved] = [costOf({ epsilon: 2, delta: 1e-6 }).rho, costOf({ epsilon: 3, delta: 0 }).rho];
    const none = budgetAfter([], budget);
    expect([none.epsilonSpent, none.epsilonReserved]).toEqual([0, 0]);
    expect(none.epsilonLeft).toBeCloseTo(5, 6);
    const after = budgetAfter(
      [
        { state: 'SPENT', rho: spent / 2 },
        { state: 'RESERVED', rho: reserved / 100 },
        { state: 'SPENT', rho: spent / 2 },
      ],
      budget,
    );
    expect(after.epsilonSpent).toBeCloseTo(2, 6);
    expect(after.epsilonReserved).toBeCloseTo(epsilonSpent(reserved / 100, budget), 9);
    expect(after.epsilonLeft).toBeCloseTo(epsilonLeft(spent + reserved / 100, budget), 9);
    expect(after.epsilonLeft).toBeLessThan(epsilonLeft(spent, budget));
  });

  it('is cheaper to spend on several small models than the sum of their epsilons says', () => {
    const rho = 10 * costOf({ epsilon: 0.5, delta: 1e-6 }).rho;
    expect(epsilonSpent(rho, budget)).toBeLessThan(5);
  });

  it('is not taken on trust: what was booked must be within what was reserved', () => {
    const entry = (cost: LedgerEntry['cost']): LedgerEntry => ({
      neighbours: 'add-or-remove-a-subject',
      rowsPerSubject: 1,
      bound: 'declared',
      mechanism: 'discrete-laplace',
      purpose: 'counts',
      queries: 1,
      sensitivity: 1,
      cost,
      delta: 0,
    });
    const halves = [entry({ kind: 'pure', epsilon: 0.5 }), entry({ kind: 'pure', epsilon: 0.5 })];
    expect(isWithin(costOf({ epsilon: 1, delta: 0 }).rho, halves)).toBe(true);
    expect(isWithin(costOf({ epsilon: 0.9, delta: 0 }).rho, halves)).toBe(false);
    expect(isWithin(0.5, [entry({ kind: 'zcdp', rho: 0.51 })])).toBe(false);
  });
});
