import type { Profile } from '../core/profile/profile.js';
import type { Generator } from './generator.js';
import { independentMarginals } from './tabular/independent-marginals.js';

/** Every generator there is; a mechanism names one of them. */
export const generators: readonly Generator<Profile>[] = [independentMarginals];

export function findGenerator(name: string): Generator<Profile> | undefined {
  return generators.find((generator) => generator.name === name);
}
