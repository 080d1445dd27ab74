import { bernoulliExp } from './bernoulli-exp.js';
import { discreteGaussian } from './discrete-gaussian.js';
import { discreteLaplace } from './discrete-laplace.js';
import { exactNoise } from './noise.js';
import { systemBits, uniformBelow, uniformBelowBig } from './random-bits.js';
import type { RandomBits } from './random-bits.js';
import { squareRoot } from './square-root.js';
import { replayedBits } from './testing/replayed-bits.js';

/** Hands out these words, then fails. */
function bitsOf(words: readonly number[]): RandomBits {
  const rest = [...words];
  return {
    uint32: () => {
      const word = rest.shift();
      if (word === undefined) throw new Error('no bits left');
      return word;
    },
  };
}

/**
 * Pearson's chi-square of draws against a law over whole numbers, cells of fewer than 20 expected draws pooled by the
 * side of zero. Laurent and Massart: P(chi2_k > k + 2 sqrt(14 k) + 28) <= exp(-14) = 8e-7.
 */
function expectLaw(draws: readonly number[], probability: (value: number) => number): void {
  const cells = new Map<string, { found: number; expected: number }>();
  const cellOf = (value: number): string =>
    probability(value) * draws.length >= 20 ? String(value) : value < 0 ? 'low' : 'high';
  const add = (value: number, found: number, expected: number): void => {
    const cell = cells.get(cellOf(value)) ?? { found: 0, expected: 0 };
    cells.set(cellOf(value), { found: cell.found + found, expected: cell.expected + expected });
  };
  for (let value = -4000; value <= 4000; value += 1) add(value, 0, probability(value) * draws.length);
  for (const value of draws) add(value, 1, 0);
  let chiSquare = 0;
  for (const { found, expected } of cells.values()) chiSquare += (found - expected) ** 2 / expected;
  const freedom = cells.size - 1;
  expect(freedom).toBeGreaterThan(2);
  expect(chiSquare).toBeLessThan(freedom + 2 * Math.sqrt(14 * freedom) + 28);
}

const draw = (count: number, one: () => number): number[] => Array.from({ length: count }, one);

describe('a uniform whole number', () => {
  it('takes the highest bits and draws again what is too large', () => {
    const words = [0, 1, 2, 3, 4, 5, 6, 7].map((top) => top * 2 ** 29);
    const bits = bitsOf(words);
    expect(draw(5, () => uniformBelow(bits, 5))).toEqual([0, 1, 2, 3, 4]);
    expect(() => uniformBelow(bits, 5)).toThrow('no bits left'); // 5, 6 and 7 were thrown away.
    expect(uniformBelow(bitsOf([]), 1)).toBe(0);
    expect(uniformBelow(bitsOf([2 ** 32 - 1, 2 ** 32 - 1]), 2 ** 53)).toBe(2 ** 53 - 1);
  });

  it('is the same number in both arithmetics', () => {
    for (const limit of [1, 2, 3, 1000, 2 ** 32 - 1, 2 ** 32, 2 ** 32 + 1, 3 * 2 ** 40, 2 ** 53]) {
      const [small, big] = [replayedBits('both'), replayedBits('both')];
      for (let count = 0; count < 50; count += 1)
        expect(uniformBelowBig(big, BigInt(limit))).toBe(BigInt(uniformBelow(small, limit)));
    }
  });

  it('refuses a limit that is none', () => {
    for (const limit of [0, -1, 1.5, NaN, 2 ** 54])
      expect(() => uniformBelow(bitsOf([]), limit)).toThrow(RangeError);
    expect(() => uniformBelowBig(bitsOf([]), 0n)).toThrow(RangeError);
  });
});

describe('the bits of the operating system', () => {
  it('are uniform, and not the same twice', () => {
    // 200,000 words, 32 bits each: the share of ones of a bit has standard deviation 0.00112; 6 of them: 2e-9 a bit.
    const bits = systemBits();
    const words = draw(200_000, () => bits.uint32());
    for (let bit = 0; bit < 32; bit += 1) {
      const ones = words.filter((word) => (word >>> bit) & 1).length / words.length;
      expect(Math.abs(ones - 0.5)).toBeLessThan(0.0067);
    }
    const other = systemBits();
    expect(draw(8, () => other.uint32())).not.toEqual(words.slice(0, 8)); // 2^-256 by chance.
  });
});

describe('a Bernoulli draw of exp(-x)', () => {
  it.each([
    [0n, 1n],
    [1n, 3n],
    [1n, 1n],
    [7n, 2n],
    [3n * 2n ** 60n, 2n ** 61n],
    [5n * 2n ** 60n + 1n, 2n ** 61n],
  ])('is as likely as said for x = %d / %d', (numerator, denominator) => {
    const bits = replayedBits('bernoulli');
    const share = draw(60_000, () => (bernoulliExp(bits, { numerator, denominator }) ? 1 : 0));
    const found = share.reduce((sum, one) => sum + one, 0) / share.length;
    // Hoeffding: P(|share - p| > 0.012) <= 2 exp(-2 60000 0.012^2) = 6e-8.
    expect(Math.abs(found - Math.exp(-Number(numerator) / Number(denominator)))).toBeLessThan(0.012);
  });

  it('refuses what is no exponent', () => {
    const bits = bitsOf([]);
    expect(() => bernoulliExp(bits, { numerator: -1n, denominator: 1n })).toThrow(RangeError);
    expect(() => bernoulliExp(bits, { numerator: 1n, denominator: 0n })).toThrow(RangeError);
  });
});

describe('discrete Laplace noise', () => {
  it.each([
    [1, 1],
    [3, 2],
    [1, 2],
    [10, 1],
    [2 ** 34 + 1, 2 ** 30],
  ])('follows its law at scale %d / %d', (numerator, denominator) => {
    const bits = replayedBits('laplace');
    const base = Math.exp(-denominator / numerator);
    expectLaw(
      draw(60_000, () => discreteLaplace(bits, { numerator, denominator })),
      (value) => ((1 - base) / (1 + base)) * base ** Math.abs(value),
    );
  });

  it.each([
    [0, 1],
    [1, 0],
    [1.5, 1],
    [2 ** 41, 1],
  ])('refuses the scale %d / %d', (numerator, denominator) => {
    expect(() => discreteLaplace(bitsOf([]), { numerator, denominator })).toThrow(RangeError);
  });
});

describe('discrete Gaussian noise', () => {
  it.each([
    [1n, 4n],
    [1n, 1n],
    [100n, 1n],
    [30_001n, 1000n],
    [3n * 2n ** 40n, 2n ** 38n],
  ])('follows its law at variance %d / %d', (numerator, denominator) => {
    const bits = replayedBits('gaussian');
    const variance = Number(numerator) / Number(denominator);
    const weight = (value: number): number => Math.exp(-(value ** 2) / (2 * variance));
    let total = 0;
    for (let value = -200; value <= 200; value += 1) total += weight(value);
    expectLaw(
      draw(60_000, () => discreteGaussian(bits, { numerator, denominator })),
      (value) => weight(value) / total,
    );
  });

  it('has the spread asked for where it is wide', () => {
    // The mean of n squares has standard deviation variance * sqrt(2 / n) = 0.01 of it; 6 of them: 2e-9.
    const bits = replayedBits('wide');
    const squares = draw(
      20_000,
      () => discreteGaussian(bits, { numerator: 10n ** 12n, denominator: 7n }) ** 2,
    );
    const found = squares.reduce((sum, one) => sum + one, 0) / squares.length;
    expect(Math.abs(found / (1e12 / 7) - 1)).toBeLessThan(0.06);
  });

  it('refuses a variance that is none', () => {
    expect(() => discreteGaussian(bitsOf([]), { numerator: 0n, denominator: 1n })).toThrow(RangeError);
  });
});

describe('the exact choice', () => {
  it('takes an index with the weight of its score', () => {
    const noise = exactNoise(replayedBits('choice'));
    const scores = [0n, 5n, 7n, 7n];
    const weights = scores.map((score) => Math.exp(-(7 - Number(score)) / 2));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const drawn = draw(60_000, () => noise.choose(scores, { numerator: 1n, denominator: 2n }));
    for (const [index, weight] of weights.entries()) {
      const share = drawn.filter((one) => one === index).length / drawn.length;
      expect(Math.abs(share - weight / total)).toBeLessThan(0.012); // Hoeffding as above.
    }
  });
});

describe('the whole square root', () => {
  it('is the largest whole number that is not above', () => {
    for (const root of [0n, 1n, 2n, 3n, 10n, 2n ** 40n, 10n ** 30n + 7n]) {
      expect(squareRoot(root * root)).toBe(root);
      expect(squareRoot(root * root + 2n * root)).toBe(root);
    }
    expect(() => squareRoot(-1n)).toThrow(RangeError);
  });
});
