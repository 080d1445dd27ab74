import type { Definitions } from '../definitions/read-definitions.js';

/** `uk-core`: of each type the profile UKCore-TYPE, where there is one. */
export type ProfileChoice = 'uk-core' | readonly string[];

const ukCore = 'https://fhir.hl7.org.uk/StructureDefinition/UKCore-';

/** The URLs of profiles by the resource type they are of. @throws {Error} naming a profile that is not known */
export function choiceOfProfiles(
  choice: ProfileChoice,
  { structures }: Definitions,
): ReadonlyMap<string, readonly string[]> {
  const urls =
    choice === 'uk-core'
      ? [...structures.values()].filter(({ url, type }) => url === ukCore + type).map(({ url }) => url)
      : choice;
  const byType = new Map<string, string[]>();
  for (const url of urls) {
    const structure = structures.get(url);
    if (structure?.kind !== 'resource') throw new Error(`There is no profile ${url} of a resource here.`);
    byType.set(structure.type, [...(byType.get(structure.type) ?? []), url]);
  }
  return byType;
}
