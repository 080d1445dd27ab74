import type { Directory } from '../../../core/events/directory.js';
import { placeOfServiceConcepts, stayConcepts } from '../vocabulary/fixed-concepts.js';
import type { Address } from '../../../core/events/person.js';
import type { RowTemplate } from '../rows/row-template.js';
import type { TableFile } from '../rows/table-file.js';
import type { LocationRows } from './location-rows.js';
import type { OmopTables } from './omop-tables.js';
import type { UsedConcepts } from './used-concepts.js';

interface Site {
  readonly name: string;
  readonly key: string;
  readonly concept: number | null;
  readonly address: Address | undefined;
}

/** Ids of care sites and providers: given when a record first refers to them, written when the directory is known. */
export class DirectoryIds {
  readonly #tables: OmopTables;
  readonly #sites = new Map<string, number>();
  readonly #providers = new Map<string, number>();

  constructor(tables: OmopTables) {
    this.#tables = tables;
  }

  /** Of an organisation's key. */
  organisation(key: string | undefined): number | null {
    return key === undefined ? null : idOf(this.#sites, `organisation ${key}`);
  }

  /** Of the key of a ward or another place. */
  place(key: string | undefined): number | null {
    return key === undefined ? null : idOf(this.#sites, `location ${key}`);
  }

  practitioner(key: string | undefined): number | null {
    return key === undefined ? null : idOf(this.#providers, key);
  }

  /** Writes care_site and provider in the order of their ids. @throws {OmopRowError} for a key that the directory lacks */
  write(directory: Directory, concepts: UsedConcepts, locations: LocationRows): void {
    const sites = sitesOf(directory);
    for (const name of sites.keys()) idOf(this.#sites, name);
    const siteTemplate = careSiteTemplate(this.#tables);
    const careSites: TableFile = this.#tables.file('care_site');
    for (const [name, id] of this.#sites) {
      const site = sites.get(name);
      if (site === undefined) careSites.refuse('care_site_id', `the directory has no ${name}`);
      if (site.concept !== null) concepts.mark(site.concept);
      careSites.add(siteTemplate, [id, site.name, site.concept, locations.write(site.address), site.key]);
    }
    this.#writeProviders(directory);
  }

  #writeProviders({ practitioners }: Directory): void {
    const byKey = new Map(practitioners.map((practitioner) => [practitioner.key, practitioner]));
    for (const key of byKey.keys()) idOf(this.#providers, key);
    const providers: TableFile = this.#tables.file('provider');
    const template = this.#tables.template('provider', {
      constants: {},
      slots: ['provider_id', 'provider_name', 'care_site_id', 'provider_source_value'],
    });
    const sitesWritten = this.#sites.size;
    for (const [key, id] of this.#providers) {
      const practitioner = byKey.get(key);
      if (practitioner === undefined)
        providers.refuse('provider_id', `the directory has no practitioner ${key}`);
      const site = this.organisation(practitioner.organisation);
      if (this.#sites.size > sitesWritten)
        providers.refuse('care_site_id', `the directory has no organisation ${practitioner.organisation}`);
      providers.add(template, [id, practitioner.name, site, key]);
    }
  }
}

function idOf(ids: Map<string, number>, key: string): number {
  const known = ids.get(key);
  if (known !== undefined) return known;
  ids.set(key, ids.size + 1);
  return ids.size;
}

function sitesOf({ organisations, locations }: Directory): Map<string, Site> {
  const addresses = new Map(organisations.map(({ key, address }) => [key, address]));
  const sites = new Map<string, Site>();
  for (const { key, name, kind, address } of organisations)
    sites.set(`organisation ${key}`, { key, name, concept: placeOfServiceConcepts[kind], address });
  for (const { key, name, kind, organisation } of locations) {
    const concept = kind === 'site' ? null : stayConcepts[kind];
    sites.set(`location ${key}`, { key, name, concept, address: addresses.get(organisation) });
  }
  return sites;
}

function careSiteTemplate(tables: OmopTables): RowTemplate {
  return tables.template('care_site', {
    constants: {},
    slots: [
      ...['care_site_id', 'care_site_name', 'place_of_service_concept_id', 'location_id'],
      'care_site_source_value',
    ],
  });
}
