import { codeSystems } from '../../../core/events/code-systems.js';
import { systems as writtenSystems } from '../../fhir/systems.js';
import type { Definitions } from '../definitions/read-definitions.js';

/** Systems that coded data uses and that neither value sets nor the names of {@link codeSystems} have. */
const others = [
  'http://www.whocc.no/atc',
  'http://hl7.org/fhir/sid/ndc',
  'urn:iso:std:iso:3166',
  'urn:iso:std:iso:4217',
  'urn:ietf:bcp:47',
  'urn:ietf:bcp:13',
  'urn:ietf:rfc:3986',
];

/** Every code system that resources of a release may name; `own` are those that a release defines beyond those of the writer. */
export function knownSystems(definitions: Definitions, own: readonly string[]): ReadonlySet<string> {
  const named = Object.values(codeSystems).map(({ uri }) => uri);
  const { tier, release } = writtenSystems;
  return new Set([...definitions.codeSystems.keys(), ...named, ...others, tier, release, ...own]);
}
