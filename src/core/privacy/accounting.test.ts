import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeWithShared } from '../../../test/support/shared-data.js';
import { composedGuarantee } from './ledger-entry.js';
import type { LedgerEntry, SubjectBound } from './ledger-entry.js';
import { exactNoise } from './noise.js';
import { BudgetExceededError, PrivacyAccount } from './privacy-account.js';
import { amountRoundedUp, unitsPerOne, unitsRoundedDown } from './privacy-units.js';
import { replayedBits } from './testing/replayed-bits.js';
import { classicDeltaOf, deltaOf, epsilonOf, rhoOf } from './zcdp.js';

interface Conversions {
  readonly cdpRho: readonly { eps: number; delta: number; rho: number }[];
  readonly cdpEps: readonly { rho: number; delta: number; eps: number }[];
  readonly cdpDelta: readonly { rho: number; eps: number; delta: number; deltaStandard: number }[];
}

describeWithShared('the conversions of zCDP', 'metric-vectors/dp-accounting-expected.json', (file) => {
  const { cdpRho, cdpEps, cdpDelta } = JSON.parse(readFileSync(file, 'utf8')) as Conversions;

  /** To 1e-6 as the vectors ask, and to 1e-9 of the value itself, as some of them are 1e-100. */
  const expectSame = (found: number, expected: number): void => {
    expect(Math.abs(found - expected)).toBeLessThan(1e-6);
    expect(Math.abs(found / expected - 1)).toBeLessThan(1e-9);
  };

  it('are those of private-pgm, all 50 of them', () => {
    for (const { eps, delta, rho } of cdpRho) expectSame(rhoOf({ epsilon: eps, delta }), rho);
    for (const { rho, delta, eps } of cdpEps) expectSame(epsilonOf({ rho, delta }), eps);
    for (const { rho, eps, delta, deltaStandard } of cdpDelta) {
      expectSame(deltaOf({ rho, epsilon: eps }), delta);
      expectSame(classicDeltaOf({ rho, epsilon: eps }), deltaStandard);
    }
    expect(cdpRho.length + cdpEps.length + 2 * cdpDelta.length).toBe(50);
  });
});

describe('the conversions of zCDP', () => {
  const epsilons = fc.double({ min: 0.01, max: 20, noNaN: true });
  const exponents = fc.integer({ min: 3, max: 12 });

  it('undo each other, and are tighter than the classic one', () => {
    fc.assert(
      fc.property(epsilons, exponents, (epsilon, exponent) => {
        const delta = 10 ** -exponent;
        const rho = rhoOf({ epsilon, delta });
        expect(deltaOf({ rho, epsilon })).toBeLessThanOrEqual(delta);
        expect(Math.abs(epsilonOf({ rho, delta }) / epsilon - 1)).toBeLessThan(1e-6);
        expect(deltaOf({ rho, epsilon })).toBeLessThanOrEqual(classicDeltaOf({ rho, epsilon }));
      }),
      { numRuns: 30 },
    );
  });

  it('know the borders', () => {
    expect(epsilonOf({ rho: 0, delta: 0 })).toBe(0);
    expect(epsilonOf({ rho: 1, delta: 0 })).toBe(Infinity);
    expect(rhoOf({ epsilon: 1, delta: 0 })).toBe(0);
    expect(deltaOf({ rho: 0, epsilon: 0 })).toBe(0);
    for (const wrong of [-1, NaN, Infinity]) {
      expect(() => deltaOf({ rho: wrong, epsilon: 1 })).toThrow(RangeError);
      expect(() => rhoOf({ epsilon: wrong, delta: 0.1 })).toThrow(RangeError);
      expect(() => epsilonOf({ rho: 1, delta: wrong })).toThrow(RangeError);
    }
  });
});

describe('amounts of privacy', () => {
  it('are rounded against us on both ways', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 100, noNaN: true }),
        fc.bigInt({ min: 0n, max: 2n ** 90n }),
        (amount, units) => {
          expect(amountRoundedUp(unitsRoundedDown(amount))).toBeLessThanOrEqual(amount);
          expect(unitsRoundedDown(amountRoundedUp(units))).toBeGreaterThanOrEqual(units);
        },
      ),
    );
  });
});

const subjects: SubjectBound = {
  neighbours: 'add-or-remove-a-subject',
  rowsPerSubject: 3,
  bound: 'enforced',
};

function anAccount(kind: 'zcdp' | 'pure', budget: number): PrivacyAccount {
  const noise = exactNoise(replayedBits('account'));
  return new PrivacyAccount({ kind, budget: unitsRoundedDown(budget), subjects, noise });
}

describe('a privacy account', () => {
  it('gives Gaussian noise of variance k s^2 / (2 rho) and books what it cost', () => {
    const account = anAccount('zcdp', 0.5);
    const tables = [new Int32Array(2000).fill(7), new Int32Array(2000).fill(9)];
    const { tables: noisy, sigma } = account.gaussianTables('two tables', tables, unitsRoundedDown(0.25));
    expect(sigma ** 2).toBeCloseTo((2 * 9) / (2 * 0.25), 2);
    const errors = noisy.flatMap((table, at) => [...table].map((count) => count - (tables[at]?.[0] ?? 0)));
    // 4000 squares of one variance: their mean is within 6 sqrt(2 / 4000) = 0.134 of it but for 2e-9.
    const spread = errors.reduce((sum, error) => sum + error ** 2, 0) / errors.length;
    expect(Math.abs(spread / sigma ** 2 - 1)).toBeLessThan(0.134);
    expect(account.entries).toEqual([
      {
        ...subjects,
        mechanism: 'discrete-gaussian',
        purpose: 'two tables',
        queries: 2,
        sensitivity: 3,
        cost: { kind: 'zcdp', rho: expect.closeTo(0.25, 4) as number },
        delta: 0,
      },
    ]);
  });

  it('gives Laplace noise of scale k s / epsilon', () => {
    const account = anAccount('pure', 1);
    const { tables, sigma } = account.laplaceTables('a table', [new Int32Array(4000)], unitsRoundedDown(0.5));
    expect(sigma / Math.SQRT2).toBeCloseTo(3 / 0.5, 4);
    const [table = new Float64Array()] = tables;
    const size = table.reduce((sum, error) => sum + Math.abs(error), 0) / table.length;
    // |x| has mean and standard deviation near 6: 6 / sqrt(4000) = 0.095, six of them.
    expect(Math.abs(size - 6)).toBeLessThan(0.6);
    expect(account.entries[0]?.cost).toEqual({ kind: 'pure', epsilon: expect.closeTo(0.5, 6) as number });
  });

  it('chooses by the exponential mechanism with the weight that the cost allows', () => {
    const account = anAccount('zcdp', 100_000);
    const cost = unitsRoundedDown(2); // epsilon 4; a row moves a score by 1, a subject by 3: weight 4 / 6 a point.
    let best = 0;
    for (let turn = 0; turn < 20_000; turn += 1)
      best += account.choose('the higher', [10, 8.5], { sensitivity: 1, cost });
    // Hoeffding, 20,000 draws: 2 exp(-2 20000 0.02^2) = 2e-7.
    expect(Math.abs(best / 20_000 - 1 / (1 + Math.exp(1)))).toBeLessThan(0.02);
    expect(account.entries[0]?.cost).toEqual({ kind: 'zcdp', rho: expect.closeTo(2, 9) as number });
  });

  it('never spends more than it has, whatever is asked', () => {
    const asks = fc.array(
      fc.tuple(fc.constantFrom('count', 'choose'), fc.double({ min: 1e-6, max: 0.4, noNaN: true })),
      {
        maxLength: 8,
      },
    );
    fc.assert(
      fc.property(asks, (asked) => {
        const account = anAccount('zcdp', 0.5);
        for (const [what, amount] of asked) {
          const rho = unitsRoundedDown(amount);
          const ask = (): unknown =>
            what === 'count'
              ? account.gaussianTables('counts', [new Int32Array(1)], rho)
              : account.choose('a choice', [1, 2], { sensitivity: 1, cost: rho });
          if (rho > account.left) expect(ask).toThrow(BudgetExceededError);
          else ask();
        }
        expect(account.left).toBeGreaterThanOrEqual(0n);
        const booked = account.entries.reduce(
          (sum, { cost }) => sum + (cost.kind === 'zcdp' ? cost.rho : NaN),
          0,
        );
        const spent = Number(unitsPerOne / 2n - account.left) / 2 ** 80;
        expect(booked).toBeGreaterThanOrEqual(spent * (1 - 1e-12));
      }),
      { numRuns: 50 },
    );
  });

  it('refuses noise of no cost, and the noise of the other kind', () => {
    const table = [new Int32Array(1)];
    expect(() => anAccount('zcdp', 1).gaussianTables('counts', table, 0n)).toThrow(BudgetExceededError);
    expect(() => anAccount('pure', 1).laplaceTables('counts', table, 0n)).toThrow(BudgetExceededError);
    expect(() => anAccount('pure', 1).gaussianTables('counts', table, 1n)).toThrow(RangeError);
    expect(() => anAccount('zcdp', 1).laplaceTables('counts', table, 1n)).toThrow(RangeError);
  });
});

describe('entries of the ledger together', () => {
  const entry = (cost: LedgerEntry['cost'], more: Partial<LedgerEntry> = {}): LedgerEntry => ({
    ...subjects,
    mechanism: 'discrete-gaussian',
    purpose: 'counts',
    queries: 1,
    sensitivity: 3,
    cost,
    delta: 0,
    ...more,
  });
  const zcdp = (rho: number): LedgerEntry => entry({ kind: 'zcdp', rho });
  const pure = (epsilon: number): LedgerEntry => entry({ kind: 'pure', epsilon });

  it('add up their rho', () => {
    const delta = 1e-9;
    const { epsilon } = composedGuarantee([zcdp(0.02), zcdp(0.03)], delta);
    expect(epsilon).toBeCloseTo(epsilonOf({ rho: 0.05, delta }), 12);
    expect(composedGuarantee([], delta)).toEqual({ epsilon: 0, delta: 0 });
  });

  it('add up their epsilon where all are pure and that says more', () => {
    expect(composedGuarantee([pure(0.5), pure(0.25)], 0)).toEqual({ epsilon: 0.75, delta: 0 });
    const many = Array.from({ length: 1000 }, () => pure(0.01));
    expect(composedGuarantee(many, 1e-6).epsilon).toBeLessThan(3);
    expect(composedGuarantee([pure(1), zcdp(0.5)], 1e-6).epsilon).toBeCloseTo(
      epsilonOf({ rho: 1, delta: 1e-6 }),
      12,
    );
  });

  it('leave room for the delta of their own, and refuse where there is none', () => {
    const bought = entry({ kind: 'zcdp', rho: 0.1 }, { delta: 1e-7 });
    expect(composedGuarantee([bought], 1e-6).epsilon).toBeCloseTo(epsilonOf({ rho: 0.1, delta: 9e-7 }), 9);
    expect(() => composedGuarantee([bought], 1e-7)).toThrow(RangeError);
    expect(() => composedGuarantee([zcdp(1)], 0)).toThrow(RangeError);
  });

  it('have no common guarantee when they bound subjects differently', () => {
    const other = { ...zcdp(1), rowsPerSubject: 1 };
    expect(() => composedGuarantee([zcdp(1), other], 1e-6)).toThrow('different bounds');
  });
});
