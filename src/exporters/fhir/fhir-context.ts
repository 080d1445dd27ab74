import type { Meta } from 'fhir/r4.js';
import type { Directory } from '../../core/events/directory.js';
import type { ReleaseFacts } from '../clinical-writer.js';
import type { FhirProfiles } from './fhir-options.js';
import { ReleaseIds } from './ids/release-ids.js';
import { ConceptCache } from './json/concept-cache.js';
import { toAscii } from './json/quote.js';
import { metaOf } from './meta.js';

export type SharedType = 'Organization' | 'Location' | 'Practitioner';

const listOf = {
  Organization: 'organisations',
  Location: 'locations',
  Practitioner: 'practitioners',
} as const satisfies Record<SharedType, keyof Directory>;

/** How a resource begins, before and after its id. */
export interface Head {
  readonly open: string;
  readonly rest: string;
}

/** What all resources of one release have in common, and what they refer to in its directory. */
export class FhirContext {
  readonly ids: ReleaseIds;
  readonly codes = new ConceptCache();
  /** The URI of the release. */
  readonly release: string;
  readonly #heads = new Map<string, Map<string | undefined, Head>>();
  readonly #referred: Readonly<Record<SharedType, Map<string, string>>> = {
    Organization: new Map(),
    Location: new Map(),
    Practitioner: new Map(),
  };

  constructor(
    readonly facts: ReleaseFacts,
    readonly profiles: FhirProfiles,
  ) {
    this.ids = new ReleaseIds(facts.salt);
    this.release = `urn:uuid:${this.ids.release}`;
  }

  get isUkCore(): boolean {
    return this.profiles === 'uk-core';
  }

  /** @param profile the id of a UK Core profile that the resource meets; left out in base R4 whatever is given */
  meta(profile?: string): Meta {
    return metaOf(this.facts, this.release, this.isUkCore ? profile : undefined);
  }

  /** The same as text, made once a type and profile. */
  head(type: string, profile?: string): Head {
    let ofType = this.#heads.get(type);
    if (ofType === undefined) this.#heads.set(type, (ofType = new Map<string | undefined, Head>()));
    let head = ofType.get(profile);
    if (head === undefined) {
      const meta = toAscii(JSON.stringify(this.meta(profile)));
      head = { open: `{"resourceType":"${type}","id":"`, rest: `","meta":${meta}` };
      ofType.set(profile, head);
    }
    return head;
  }

  /** A literal reference to what the directory must have at the end. */
  shared(type: SharedType, key: string): string {
    const referred = this.#referred[type];
    let reference = referred.get(key);
    if (reference === undefined) referred.set(key, (reference = `${type}/${this.ids.shared(type, key)}`));
    return reference;
  }

  /** @throws {Error} when a record has referred to something that the directory has not */
  checkDirectory(directory: Directory): void {
    for (const type of ['Organization', 'Location', 'Practitioner'] as const) {
      const known = new Set(directory[listOf[type]].map(({ key }) => key));
      for (const key of this.#referred[type].keys())
        if (!known.has(key))
          throw new Error(
            `A record refers to "${key}", which is not among the ${listOf[type]} of the directory.`,
          );
      if (known.size < directory[listOf[type]].length)
        throw new Error(`Two of the ${listOf[type]} of the directory have the same key.`);
    }
  }
}
