import { readDefinitions } from './definitions/read-definitions.js';
import { FhirValidator } from './fhir-validator.js';
import { aPatient, anEncounter, changed, type Json } from './testing/resources.js';

const validator = new FhirValidator(await readDefinitions('content/fhir'));
const found = (resource: Json): string[] =>
  validator
    .validate(resource)
    .map(({ severity, rule, path, key }) => [severity, rule, path, key ?? ''].join(' ').trim());

describe('contained resources', () => {
  const organisation = { resourceType: 'Organization', id: 'org', name: 'A practice' };
  const holder = (contained: Json, reference = '#org'): Json => ({
    ...aPatient(),
    contained: [contained],
    managingOrganization: { reference },
  });

  it.each<[string, Json, string[]]>([
    ['referred to', holder(organisation), []],
    [
      'not referred to',
      holder(organisation, 'Organization/1'),
      ['error contained Patient.contained[0] dom-3'],
    ],
    [
      'without an id',
      holder({ ...organisation, id: undefined }),
      ['error contained Patient.contained[0]', 'error contained Patient.managingOrganization ref-1'],
    ],
    [
      'of a type that may not stand there',
      holder({ resourceType: 'Device', id: 'org' }),
      ['error reference-target Patient.managingOrganization'],
    ],
    ['broken', holder({ ...organisation, active: 'yes' }), ['error type Patient.contained[0].active']],
    [
      'with a version',
      holder({ ...organisation, meta: { versionId: '1' } }),
      ['error contained Patient.contained[0] dom-4'],
    ],
    [
      'with resources',
      holder({ ...organisation, contained: [{ ...organisation, id: 'x' }] }),
      ['error contained Patient.contained[0] dom-2'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(found(resource)).toEqual(expected);
  });
});

describe('resources that hold others together', () => {
  it('a transaction names what to do with each entry and no entry twice', () => {
    const entry = (id: string, more: Json = {}): Json => ({
      ...{ fullUrl: `http://x.org/Patient/${id}`, resource: { ...aPatient(), id } },
      ...{ request: { method: 'PUT', url: `Patient/${id}` }, ...more },
    });
    const bundle = (...entries: readonly Json[]): Json => ({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: entries,
    });
    expect(found(bundle(entry('a'), entry('b')))).toEqual([]);
    expect(found(bundle(entry('a'), entry('a')))).toEqual(['error invariant Bundle bdl-7']);
    expect(found(bundle(entry('a', { request: undefined })))).toEqual(['error invariant Bundle bdl-3']);
    expect(found(bundle(entry('a', { resource: anEncounter() })))).toEqual([]);
    expect(found(bundle(changed(entry('a'), 'resource.gender', 'F')))).toEqual([
      'error binding Bundle.entry[0].resource.gender',
    ]);
  });

  it('a group has members only when it is of real people', () => {
    const group = {
      resourceType: 'Group',
      type: 'person',
      actual: true,
      member: [{ entity: { reference: 'Patient/p1' } }],
    };
    expect(found(group)).toEqual([]);
    expect(found({ ...group, actual: false })).toEqual(['error invariant Group grp-1']);
  });

  it('a provenance says what of, when and who', () => {
    const agent = [{ who: { reference: 'Device/d1' }, onBehalfOf: { reference: 'Organization/o1' } }];
    const provenance = {
      resourceType: 'Provenance',
      target: [{ reference: 'Group/g1' }],
      recorded: '2026-01-01T00:00:00Z',
      agent,
    };
    expect(found(provenance)).toEqual([]);
    expect(found({ ...provenance, recorded: '2026-01-01' })).toEqual(['error format Provenance.recorded']);
    expect(found({ ...provenance, agent: undefined })).toEqual(['error cardinality Provenance']);
  });
});
