import { Random } from '../../core/random/random.js';
import { EvenDraws } from './even-draws.js';

const draws = (count: number, leaf: number): number[] => {
  const even = new EvenDraws(Random.fromSeed('even'));
  return Array.from({ length: count }, () => even.next(0, leaf));
};

describe('even draws', () => {
  it('give every sixteenth of (0, 1) one of each sixteen rows of a leaf', () => {
    const drawn = draws(48, 3);
    for (const start of [0, 16, 32]) {
      const strata = drawn.slice(start, start + 16).map((uniform) => Math.floor(16 * uniform));
      expect(strata.sort((a, b) => a - b)).toEqual(Array.from({ length: 16 }, (_, place) => place));
    }
  });

  it('follow from the rows before alone, and differ from leaf to leaf and from sixteen to sixteen', () => {
    expect(draws(20, 1)).toEqual(draws(48, 1).slice(0, 20));
    expect(draws(16, 1)).not.toEqual(draws(16, 2));
    const order = (uniforms: number[]): number[] => uniforms.map((uniform) => Math.floor(16 * uniform));
    expect(order(draws(32, 1).slice(0, 16))).not.toEqual(order(draws(32, 1).slice(16)));
  });
});
