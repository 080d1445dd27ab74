import { aCategoricalProfile, aNumericProfile } from '../testing/an-evaluation.js';
import { missingKey } from './cell-key.js';
import { chanceOfCell } from './chance-of-cell.js';

describe('the chance of a cell', () => {
  it('is the share of its bin, spread over the values that can be written in it', () => {
    const edges = [0.1, 0.3, 1];
    const chance = chanceOfCell(aNumericProfile({ name: 'dose', decimals: 1, edges, counts: [40, 60] }));
    // 0.1 and 0.2 share 40 %; 0.3 to 0.9 share 60 %; keys are tenths.
    expect([0, 1, 2].map(chance)).toEqual([0, 0.2, 0.2]);
    expect(chance(3)).toBeCloseTo(0.6 / 7, 15);
    expect(chance(9)).toBeCloseTo(0.6 / 7, 15);
    expect([10, -1, missingKey].map(chance)).toEqual([0, 0, 0]);
  });

  it('adds up to one over all cells, the missing and the pooled ones included', () => {
    const categories = [
      { value: 'A', count: 50 },
      { value: 'B', count: 30 },
    ];
    const ward = aCategoricalProfile({ name: 'ward', categories, pooledCount: 20, missingCount: 25 });
    const chance = chanceOfCell(ward);
    expect([missingKey, 0, 1, 2, 3].map((key) => Number(chance(key).toFixed(12)))).toEqual([
      0.2, 0.4, 0.24, 0.16, 0,
    ]);
  });

  it('is zero for a missing cell when the count of missing ones is suppressed', () => {
    expect(chanceOfCell(aNumericProfile({ name: 'dose', missingCount: null }))(missingKey)).toBe(0);
  });
});
