import { bernoulliExpSmall } from './bernoulli-exp.js';
import { uniformBelow } from './random-bits.js';
import type { RandomBits } from './random-bits.js';

/** numerator / denominator, whole numbers from 1 to 2^40. */
export interface Scale {
  readonly numerator: number;
  readonly denominator: number;
}

const partMax = 2 ** 40;

/**
 * A whole number x with probability proportional to exp(-|x| / scale), exactly.
 * Canonne, Kamath, Steinke (NeurIPS 2020), algorithm 2: geometric by parts, a sign, and no second zero.
 * Added to a count to which a subject adds at most s, it gives (s / scale)-differential privacy.
 * @throws {RangeError} when the scale is not such a fraction
 */
export function discreteLaplace(bits: RandomBits, { numerator, denominator }: Scale): number {
  requirePart(numerator);
  requirePart(denominator);
  for (;;) {
    const low = uniformBelow(bits, numerator);
    if (!bernoulliExpSmall(bits, low, numerator)) continue;
    let high = 0;
    while (bernoulliExpSmall(bits, 1, 1)) high += 1;
    const size = Math.floor((low + numerator * high) / denominator);
    const isNegative = uniformBelow(bits, 2) === 1;

    if (isNegative && size === 0) continue;
    return isNegative ? -size : size;
  }
}

function requirePart(part: number): void {
  if (!Number.isSafeInteger(part) || part < 1 || part > partMax)
    throw new RangeError(`A scale is a fraction of whole numbers from 1 to 2^40, not of ${part}.`);
}
