import { canonicalJson } from '../../core/hashing/canonical-json.js';
import { sha256Hex } from '../../core/hashing/sha256-hex.js';
import type { DisclosureControl } from '../../core/profile/profile.js';

/** Everything that decides what a mechanism can give away; a change of any of it is another mechanism. */
export interface MechanismFacts {
  readonly generator: string;
  readonly generatorVersion: string;
  readonly parameters: object;
  /** Of what it is given: the public schema, a signed profile or a fitted model. */
  readonly inputHash: string;
  readonly disclosureControl: DisclosureControl;
  readonly permittedUses: readonly string[];
}

/** UCLH framework 8.3: algorithm, aggregate statistics, disclosure control, rules and permitted uses. */
export function mechanismHash(facts: MechanismFacts): string {
  const { generator, generatorVersion, parameters, inputHash, disclosureControl, permittedUses } = facts;
  return sha256Hex(
    canonicalJson({
      generator,
      generatorVersion,
      parameters,
      inputHash,
      disclosureControl,
      permittedUses: [...permittedUses].sort(),
    }),
  );
}
