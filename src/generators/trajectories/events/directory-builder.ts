import type { Directory, Location, Organisation, Practitioner } from '../../../core/events/directory.js';
import type { Provider } from '../demographics/demographics.js';
import { clinicianId, organisationId } from '../output/organisations.js';

const odsSystem = 'https://fhir.nhs.uk/Id/ods-organization-code';
const wardNames = { ward: 'Ward', 'intensive-care': 'Intensive care' } as const;

/** Collects what records refer to. Whoever else collects for the same release, the keys are the same. */
export class DirectoryBuilder {
  readonly #organisations = new Map<string, Organisation>();
  readonly #locations = new Map<string, Location>();
  readonly #practitioners = new Map<string, Practitioner>();

  constructor(readonly country: string) {}

  /** @returns the key */
  organisation(provider: Provider, kind: Organisation['kind']): string {
    const key = organisationId(provider);
    if (this.#organisations.has(key)) return key;
    const { name, code, city, state } = provider;
    this.#organisations.set(key, {
      ...{ key, name, kind },
      identifiers: this.country === 'GB' ? [{ system: odsSystem, value: code }] : [],
      address: { lines: [name], city, region: state, country: this.country },
    });
    return key;
  }

  /** The one invented clinician of an organisation. @returns the key */
  clinician(provider: Provider): string {
    const key = clinicianId(provider);
    if (!this.#practitioners.has(key)) {
      const name = `Synthetic clinician of ${provider.name}`;
      this.#practitioners.set(key, {
        ...{ key, name, identifiers: [], organisation: organisationId(provider) },
      });
    }
    return key;
  }

  /** The one ward, or the one intensive care unit, of an organisation. @returns the key */
  location(provider: Provider, kind: 'ward' | 'intensive-care'): string {
    const organisation = organisationId(provider);
    const key = `${organisation}/${kind}`;
    if (!this.#locations.has(key))
      this.#locations.set(key, {
        ...{ key, name: `${wardNames[kind]} of ${provider.name}`, kind, organisation },
      });
    return key;
  }

  /** Takes over what somebody else collected. */
  add({ organisations, locations, practitioners }: Directory): void {
    for (const one of organisations) this.#organisations.set(one.key, one);
    for (const one of locations) this.#locations.set(one.key, one);
    for (const one of practitioners) this.#practitioners.set(one.key, one);
  }

  directory(): Directory {
    return {
      organisations: inOrder(this.#organisations),
      locations: inOrder(this.#locations),
      practitioners: inOrder(this.#practitioners),
    };
  }
}

function inOrder<Item>(byKey: ReadonlyMap<string, Item>): readonly Item[] {
  return [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
}
