import { uniformBelow, uniformBelowBig } from './random-bits.js';
import type { RandomBits } from './random-bits.js';

/** numerator / denominator, both whole, the denominator above 0. */
export interface Fraction {
  readonly numerator: bigint;
  readonly denominator: bigint;
}

/** Below this, denominators times any count of steps that can come up are whole numbers a double holds. */
const smallMax = 2n ** 44n;

/**
 * True with probability exp(-exponent), exactly: no logarithm or power is ever rounded.
 * Canonne, Kamath, Steinke, "The discrete Gaussian for differential privacy", NeurIPS 2020, algorithm 1.
 * @param exponent 0 or more
 */
export function bernoulliExp(bits: RandomBits, { numerator, denominator }: Fraction): boolean {
  if (numerator < 0n || denominator <= 0n)
    throw new RangeError('The exponent is not a fraction of 0 or more.');
  let rest = numerator;
  for (; rest > denominator; rest -= denominator) if (!bernoulliExpBelowOne(bits, 1n, 1n)) return false;
  return bernoulliExpBelowOne(bits, rest, denominator);
}

/** True with probability exp(-numerator / denominator) for whole numbers with 0 <= numerator <= denominator < 2^44. */
export function bernoulliExpSmall(bits: RandomBits, numerator: number, denominator: number): boolean {
  let steps = 1;
  while (uniformBelow(bits, denominator * steps) < numerator) steps += 1;
  return steps % 2 === 1;
}

function bernoulliExpBelowOne(bits: RandomBits, numerator: bigint, denominator: bigint): boolean {
  if (denominator < smallMax) return bernoulliExpSmall(bits, Number(numerator), Number(denominator));
  let steps = 1n;
  while (uniformBelowBig(bits, denominator * steps) < numerator) steps += 1n;
  return steps % 2n === 1n;
}
