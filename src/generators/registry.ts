import type { Generator, ProfileGenerator } from './generator.js';
import { independentMarginals } from './tabular/independent-marginals.js';

/** Those that the service can run so far; `generators.ts` has the list of all. */
export const generators: readonly ProfileGenerator[] = [independentMarginals];

export function findGenerator(name: Generator['name']): ProfileGenerator | undefined {
  return generators.find((generator) => generator.name === name);
}
