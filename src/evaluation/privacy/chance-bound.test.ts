import { chanceBound } from './chance-bound.js';

/** The definition, by adding up every term from 0. */
function boundByDefinition(trials: number, probability: number): number {
  let term = (1 - probability) ** trials;
  let below = term;
  for (let k = 0; k < trials; k++) {
    if (below >= 0.999) return k;
    term *= ((trials - k) / (k + 1)) * (probability / (1 - probability));
    below += term;
  }
  return trials;
}

describe('the bound of matches by chance', () => {
  it.each([
    [1, 0.5],
    [10, 0.001],
    [31, 0.2],
    [33, 0.2],
    [200, 0.01],
    [500, 0.5],
    [200, 0.95],
    [1000, 0.3],
  ])('is the upper 99.9 %% quantile for %d trials of probability %d', (trials, probability) => {
    expect(chanceBound({ trials, probability })).toBe(boundByDefinition(trials, probability));
  });

  it('is near the Poisson quantile when matches are rare', () => {
    // Poisson(2): P(X > 8) = 2.4e-4, P(X > 7) = 1.1e-3.
    expect(chanceBound({ trials: 1_000_000, probability: 2e-6 })).toBe(8);
  });

  it('allows no match where none can happen, and every row where each must match', () => {
    expect(chanceBound({ trials: 1000, probability: 0 })).toBe(0);
    expect(chanceBound({ trials: 1000, probability: 1e-30 })).toBe(0);
    expect(chanceBound({ trials: 1000, probability: 1 })).toBe(1000);
    expect(chanceBound({ trials: 0, probability: 0.5 })).toBe(0);
  });

  it('stays below the number of rows where the Poisson bound does not', () => {
    // Poisson(1900) has its 99.9 % quantile near 2036, above the 2000 rows there are.
    expect(chanceBound({ trials: 2000, probability: 0.95 })).toBeLessThan(2000);
  });
});
