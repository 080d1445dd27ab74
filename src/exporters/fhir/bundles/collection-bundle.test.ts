import { aDirectory, aRecord } from '../../../core/events/testing/a-record.js';
import { readDefinitions } from '../../fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../../fhir-validation/fhir-validator.js';
import { fhirDefaults } from '../fhir-options.js';
import { referencesIn, type AnyResource } from '../testing/read-release.js';
import { someFacts } from '../testing/some-facts.js';
import { collectionBundle } from './collection-bundle.js';

interface Collection {
  readonly type: string;
  readonly entry: readonly {
    readonly fullUrl: string;
    readonly resource: AnyResource;
    readonly request?: unknown;
  }[];
}

const nobodyKnows = { key: 'elsewhere', name: 'Elsewhere', kind: 'other' as const, identifiers: [] };

describe('one person to read', () => {
  const directory = { ...aDirectory, organisations: [...aDirectory.organisations, nobodyKnows] };
  const json = collectionBundle({ record: aRecord(), directory, facts: someFacts }, fhirDefaults);
  const bundle = JSON.parse(json) as Collection;
  const has = (type: string): number =>
    bundle.entry.filter(({ resource }) => resource.resourceType === type).length;

  it('is a collection with all that the record refers to and no more', () => {
    expect(bundle.type).toBe('collection');
    const ids = bundle.entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`);
    const references = bundle.entry.flatMap(({ resource }) => referencesIn(resource));
    expect(references.filter((reference) => !ids.includes(reference))).toEqual([]);
    expect([has('Organization'), has('Location'), has('Practitioner'), has('Observation')]).toEqual([
      2, 2, 1, 6,
    ]);
    expect(bundle.entry.filter(({ request }) => request !== undefined)).toEqual([]);
  });

  it('is valid', async () => {
    const validator = new FhirValidator(await readDefinitions('content/fhir'));
    const findings = validator.validateLine(json).filter(({ rule }) => rule !== 'not-covered');
    expect(findings).toEqual([]);
  });
});
