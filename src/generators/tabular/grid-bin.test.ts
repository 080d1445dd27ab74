import { gridBin, valueInBin } from './grid-bin.js';

describe('the grid of a bin', () => {
  it.each([
    [{ lower: 0, upper: 10, decimals: 0 }, 0, 10],
    [{ lower: 3, upper: 4, decimals: 0 }, 3, 1],
    [{ lower: 0.29, upper: 0.3, decimals: 2 }, 29, 1],
    [{ lower: 0.5, upper: 2.5, decimals: 0 }, 1, 2],
    [{ lower: 0.2, upper: 0.8, decimals: 0 }, 1, 0],
    [{ lower: -1, upper: -0.5, decimals: 1 }, -10, 5],
    [{ lower: 5, upper: 5, decimals: 0 }, 5, 0],
  ])('of %j starts at %d and has %d values', (bounds, first, points) => {
    expect(gridBin(bounds)).toMatchObject({ first, points });
  });

  it('gives the very numbers that their decimal text stands for, and stays inside', () => {
    const bin = gridBin({ lower: 0.1, upper: 0.7, decimals: 2 });
    expect(valueInBin(bin, Number.MIN_VALUE)).toBe(0.1);
    expect(valueInBin(bin, 19.5 / 60)).toBe(0.29);
    expect(valueInBin(bin, 1)).toBe(0.69);
    expect(Object.is(valueInBin({ first: -1, points: 2, scale: 1 }, 0.9), 0)).toBe(true);
  });
});
