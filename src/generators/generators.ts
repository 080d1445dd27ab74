import type { Generator } from './generator.js';
import { independentMarginals } from './tabular/independent-marginals.js';
import { privateMarginals } from './tabular/differentially-private/private-marginals.js';
import { randomMode } from './tabular/random/random-mode.js';
import { sequentialCart } from './tabular/sequential-cart/sequential-cart.js';

/** Every generator there is; a mechanism names one of them, and `sees` tells what it may be given. */
export const generators: readonly Generator[] = [
  randomMode,
  independentMarginals,
  sequentialCart,
  privateMarginals,
];

export function findGenerator(name: string): Generator | undefined {
  return generators.find((generator) => generator.name === name);
}
