import type { PackageDescription } from '../../exporters/package/finish-package.js';
import type { Mechanism } from '../mechanisms/index.js';
import type { ReleaseRequest } from '../requests/index.js';

/** What a candidate is made for, and by. */
export interface CandidateOrder {
  readonly request: ReleaseRequest;
  readonly mechanism: Mechanism;
}

/** What its package says of where it comes from. */
export function describe(request: ReleaseRequest, mechanism: Mechanism): Omit<PackageDescription, 'columns'> {
  return {
    title: request.title,
    tier: request.tier,
    generator: { name: mechanism.generator, version: mechanism.generatorVersion },
    mechanismHash: mechanism.hash,
    inputHash: mechanism.inputHash,
    policyHash: request.policyHash ?? '',
    seed: request.seed ?? '',
  };
}
