import type { Generator } from './generator.js';
import { adversarialForest } from './tabular/adversarial-forest/adversarial-forest.js';
import { bayesianNetwork } from './tabular/bayesian-network/bayesian-network.js';
import { gaussianCopula } from './tabular/gaussian-copula/gaussian-copula.js';
import { independentMarginals } from './tabular/independent-marginals.js';
import { aim } from './tabular/differentially-private/aim.js';
import { mst } from './tabular/differentially-private/mst.js';
import { privateBayesianNetwork } from './tabular/differentially-private/private-bayesian-network.js';
import { privateMarginals } from './tabular/differentially-private/private-marginals.js';
import { randomMode } from './tabular/random/random-mode.js';
import { sequentialCart } from './tabular/sequential-cart/sequential-cart.js';

/** Every generator there is; a mechanism names one of them, and `sees` tells what it may be given. */
export const generators: readonly Generator[] = [
  randomMode,
  independentMarginals,
  gaussianCopula,
  sequentialCart,
  bayesianNetwork,
  adversarialForest,
  privateMarginals,
  privateBayesianNetwork,
  mst,
  aim,
];

export function findGenerator(name: string): Generator | undefined {
  return generators.find((generator) => generator.name === name);
}
