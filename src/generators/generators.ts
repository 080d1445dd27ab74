import type { AnyGenerator, Generator } from './generator.js';
import { adversarialForest } from './tabular/adversarial-forest/adversarial-forest.js';
import { bayesianNetwork } from './tabular/bayesian-network/bayesian-network.js';
import { gaussianCopula } from './tabular/gaussian-copula/gaussian-copula.js';
import { independentMarginals } from './tabular/independent-marginals.js';
import { aim } from './tabular/differentially-private/aim.js';
import { mst } from './tabular/differentially-private/mst.js';
import { autoregressiveNetwork } from './tabular/neural/autoregressive/autoregressive-network.js';
import { privateAutoregressiveNetwork } from './tabular/neural/autoregressive/private-autoregressive-network.js';
import { tvae } from './tabular/neural/tvae/tvae.js';
import { privateBayesianNetwork } from './tabular/differentially-private/private-bayesian-network.js';
import { privateMarginals } from './tabular/differentially-private/private-marginals.js';
import { ctgan } from './tabular/neural/adversarial/ctgan.js';
import { wganGp } from './tabular/neural/adversarial/wgan-gp.js';
import { randomMode } from './tabular/random/random-mode.js';
import { sequentialCart } from './tabular/sequential-cart/sequential-cart.js';
import { clinicalTrajectories } from './trajectories/clinical-trajectories.js';

/** Every generator of tables; `sees` tells what it may be given. */
export const generators: readonly Generator[] = [
  randomMode,
  independentMarginals,
  gaussianCopula,
  sequentialCart,
  bayesianNetwork,
  adversarialForest,
  tvae,
  autoregressiveNetwork,
  ctgan,
  wganGp,
  privateMarginals,
  privateBayesianNetwork,
  mst,
  aim,
  privateAutoregressiveNetwork,
];

export function findGenerator(name: string): Generator | undefined {
  return generators.find((generator) => generator.name === name);
}

/** Every generator there is; a mechanism names one of them. */
export const allGenerators: readonly AnyGenerator[] = [...generators, clinicalTrajectories];

export function findAnyGenerator(name: string): AnyGenerator | undefined {
  return allGenerators.find((generator) => generator.name === name);
}
