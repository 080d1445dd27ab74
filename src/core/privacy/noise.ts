import { bernoulliExp } from './bernoulli-exp.js';
import type { Fraction } from './bernoulli-exp.js';
import { discreteGaussian } from './discrete-gaussian.js';
import { discreteLaplace } from './discrete-laplace.js';
import type { Scale } from './discrete-laplace.js';
import { uniformBelow } from './random-bits.js';
import type { RandomBits } from './random-bits.js';

/** What the mechanisms of differential privacy draw. */
export interface Noise {
  gaussian(variance: Fraction): number;
  laplace(scale: Scale): number;
  /** An index with probability proportional to exp(-(highest - scores[index]) * weight). Scores are not empty. */
  choose(scores: readonly bigint[], weight: Fraction): number;
  /** A whole number in [0, limit), each as likely. */
  below(limit: number): number;
}

/** Every law exact, from these bits. */
export function exactNoise(bits: RandomBits): Noise {
  return {
    gaussian: (variance) => discreteGaussian(bits, variance),
    laplace: (scale) => discreteLaplace(bits, scale),
    choose: (scores, weight) => chooseExactly(bits, scores, weight),
    below: (limit) => uniformBelow(bits, limit),
  };
}

/**
 * Any index with equal probability, kept with probability exp(-its distance from the best), else drawn again: that is
 * the law asked for, and no power is rounded. How often it draws depends on the scores, so time shows something of
 * them: for jobs whose time nobody outside can take.
 */
function chooseExactly(bits: RandomBits, scores: readonly bigint[], weight: Fraction): number {
  const highest = scores.reduce((best, score) => (score > best ? score : best), scores[0] ?? 0n);
  for (;;) {
    const index = uniformBelow(bits, scores.length);
    const numerator = (highest - (scores[index] ?? highest)) * weight.numerator;
    if (bernoulliExp(bits, { numerator, denominator: weight.denominator })) return index;
  }
}
