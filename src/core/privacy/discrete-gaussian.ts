import { bernoulliExp } from './bernoulli-exp.js';
import type { Fraction } from './bernoulli-exp.js';
import { discreteLaplace } from './discrete-laplace.js';
import { squareRoot } from './square-root.js';
import type { RandomBits } from './random-bits.js';

/**
 * A whole number x with probability proportional to exp(-x^2 / (2 variance)), exactly: discrete Laplace draws, some of
 * them rejected. Canonne, Kamath, Steinke (NeurIPS 2020), algorithm 3. Added to whole numbers that a subject moves by
 * at most s in L2, it gives (s^2 / (2 variance))-zCDP (theorem 4), the same as the continuous Gaussian.
 * @param variance above 0 and below 2^78
 */
export function discreteGaussian(bits: RandomBits, variance: Fraction): number {
  const { numerator, denominator } = variance;
  if (numerator <= 0n || denominator <= 0n) throw new RangeError('The variance is not above 0.');
  const scale = squareRoot(numerator / denominator) + 1n;
  const laplace = { numerator: Number(scale), denominator: 1 };
  const rejectBy = 2n * numerator * denominator * scale * scale;
  for (;;) {
    const drawn = discreteLaplace(bits, laplace);
    const distance = BigInt(Math.abs(drawn)) * denominator * scale - numerator;
    if (bernoulliExp(bits, { numerator: distance * distance, denominator: rejectBy })) return drawn;
  }
}
