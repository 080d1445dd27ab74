import { binOf, quantileCuts } from './quantile-cuts.js';

describe('quantile cuts', () => {
  it.each([
    [[1, 2, 3, 4], 2, [2.5]],
    [[1, 2, 3, 4], 4, [1.5, 2.5, 3.5]],
    [[0, 0, 0, 0, 0, 0, 5, 9], 4, [2.5]],
    [[7, 7, 7], 8, []],
    [[], 8, []],
    [[1, 2], 256, [1.5]],
    [[0, Number.MIN_VALUE], 2, [Number.MIN_VALUE]],
  ])('of %j in %d bins are %j', (sorted, bins, cuts) => {
    expect([...quantileCuts(Float64Array.from(sorted), bins)]).toEqual(cuts);
  });

  it.each([
    [-Infinity, 0],
    [1.4, 0],
    [1.5, 1],
    [2, 1],
    [99, 2],
  ])('put %d into bin %d', (value, bin) => {
    expect(binOf(Float64Array.of(1.5, 3), value)).toBe(bin);
  });
});
