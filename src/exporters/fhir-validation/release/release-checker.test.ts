import { readDefinitions } from '../definitions/read-definitions.js';
import { FhirValidator } from '../fhir-validator.js';
import {
  aCondition,
  aPatient,
  anEncounter,
  anObservation,
  changed,
  type Json,
} from '../testing/resources.js';
import { IdTable } from './id-table.js';
import { knownSystems } from './known-systems.js';
import { refuseNhsNumber } from './nhs-number.js';
import { ReleaseChecker } from './release-checker.js';

const definitions = await readDefinitions('content/fhir');
const validator = new FhirValidator(definitions);
const systems = knownSystems(definitions, []);

const htest = [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActReason', code: 'HTEST' }];
const marked = (resource: Json): Json => ({ ...resource, meta: { security: htest, tag: htest } });

/** Rule, severity, path and line of all that is found in these resources as a release. */
function found(resources: readonly Json[]): readonly (readonly [string, string, string, number])[] {
  const checker = new ReleaseChecker(validator, systems);
  const file = 'x.ndjson';
  const early = resources.flatMap((resource, index) =>
    checker.add(resource, { file, line: index + 1 }).map((finding) => ({ ...finding, line: index + 1 })),
  );
  return [...early, ...checker.finish()].map(({ rule, severity, path, line }) => [
    rule,
    severity,
    path,
    line,
  ]);
}

const release = (): Json[] => [aPatient(), anEncounter(), anObservation(), aCondition()].map(marked);

/** The release with one of its resources changed: 0 patient, 1 encounter, 2 observation, 3 condition. */
function but(index: number, path: string, value: unknown): Json[] {
  return release().map((resource, at) => (at === index ? changed(resource, path, value) : resource));
}

describe('a release', () => {
  it('that is whole has no findings, in any order of its resources', () => {
    expect(found(release())).toEqual([]);
    expect(found(release().reverse())).toEqual([]);
  });

  it.each<[string, Json[], readonly (readonly [string, string, string, number])[]]>([
    [
      'refers to what is not there',
      but(3, 'subject.reference', 'Patient/p2'),
      [['unresolved-reference', 'error', 'Condition.subject', 4]],
    ],
    ['has two of one id', [...release(), marked(aCondition())], [['duplicate-id', 'error', 'Condition', 5]]],
    ['has a resource without an id', but(3, 'id', undefined), [['duplicate-id', 'error', 'Condition', 4]]],
    [
      'has an event before the birth',
      but(3, 'onsetDateTime', '1979-12'),
      [['outside-life', 'error', 'Condition.onsetDateTime', 4]],
    ],
    [
      'has an event after the death',
      but(0, 'deceasedDateTime', '2020-03-01T09:15:00Z'),
      [
        ['outside-life', 'warning', 'Encounter.period.end', 2],
        ['outside-life', 'error', 'Observation.effectiveDateTime', 3],
      ],
    ],
    [
      'has an event before its encounter',
      but(2, 'effectiveDateTime', '2020-03-01T08:59:59Z'),
      [['outside-encounter', 'error', 'Observation.effectiveDateTime', 3]],
    ],
    [
      'has an event after its encounter',
      but(2, 'effectiveDateTime', '2020-03-02'),
      [['outside-encounter', 'error', 'Observation.effectiveDateTime', 3]],
    ],
    [
      'has an event in the encounter of somebody else',
      [marked({ ...aPatient(), id: 'p2' }), ...but(2, 'subject.reference', 'Patient/p2')],
      [['outside-encounter', 'error', 'Observation', 4]],
    ],
    [
      'names a code system that is not known',
      but(2, 'code.coding.0.system', 'http://example.org/codes'),
      [['unknown-code-system', 'error', 'Observation.code.coding[0]', 3]],
    ],
    [
      'has an NHS number that may be somebody’s',
      but(0, 'identifier.0.value', '9434765919'),
      [['nhs-number', 'error', 'Patient.identifier[0]', 1]],
    ],
    [
      'has a resource that is not marked',
      but(3, 'meta', { tag: htest }),
      [['not-marked', 'error', 'Condition.meta.security', 4]],
    ],
    [
      'has a resource of a type that is not checked',
      [...release(), marked({ resourceType: 'Slot', id: 's1' })],
      [['not-covered', 'error', 'Slot', 5]],
    ],
  ])('%s', (_, resources, expected) => {
    expect(found(resources)).toEqual(expected);
  });

  it('allows an event as long as precision leaves room', () => {
    expect(found(but(2, 'effectiveDateTime', '2020-03'))).toEqual([]);
    expect(found(but(0, 'birthDate', '2020'))).toEqual([]);
  });

  it('says an end after the encounter as a warning', () => {
    const procedure = marked({
      ...{ resourceType: 'Procedure', id: 'x1', status: 'completed', subject: { reference: 'Patient/p1' } },
      encounter: { reference: 'Encounter/e1' },
      performedPeriod: { start: '2020-03-01T09:30:00Z', end: '2020-03-01T11:00:00Z' },
    });
    expect(found([...release(), procedure])).toEqual([
      ['outside-encounter', 'warning', 'Procedure.performedPeriod.end', 5],
    ]);
  });

  it('may come as bundles, with references to the URNs of entries', () => {
    const urn = (n: number): string => `urn:uuid:00000000-0000-4000-8000-00000000000${n}`;
    const resources = [anObservation(), anEncounter(), aPatient()].map(marked);
    const refer = (index: number, path: string, to: number): unknown =>
      changed(resources[index]!, path, urn(to));
    refer(0, 'subject.reference', 2);
    refer(0, 'encounter.reference', 1);
    refer(1, 'subject.reference', 2);
    const entry = resources.map((resource, index) => ({
      ...{ fullUrl: urn(index), resource },
      request: { method: 'POST', url: String(resource['resourceType']) },
    }));
    const bundle = (): Json =>
      structuredClone(marked({ resourceType: 'Bundle', type: 'transaction', entry }));
    expect(found([bundle()])).toEqual([]);
    expect(found([changed(bundle(), 'entry.0.resource.effectiveDateTime', '1970-01-01')])).toEqual([
      ['outside-life', 'error', 'Bundle.entry[0].resource.effectiveDateTime', 1],
      ['outside-encounter', 'error', 'Bundle.entry[0].resource.effectiveDateTime', 1],
    ]);
    expect(found([changed(bundle(), 'entry.2.fullUrl', urn(9))])).toMatchObject([
      ['unresolved-reference', 'error', 'Bundle.entry[0].resource.subject', 1],
    ]);
  });
});

describe('NHS numbers', () => {
  it.each([
    ['9990000018', undefined],
    ['9990123454', undefined],
    ['9990000019', 'has a wrong check digit (modulus 11)'],
    ['9434765919', 'is not in the range 999 that is never issued'],
    ['999000001', 'is not ten digits'],
    ['999 000 0018', 'is not ten digits'],
    [9990000018, 'is not ten digits'],
  ])('%s: %s', (value, why) => {
    expect(refuseNhsNumber(value)).toBe(why);
  });
});

describe('the table of ids', () => {
  it('tells 100,000 names apart and keeps their numbers', () => {
    const table = new IdTable();
    const names = Array.from({ length: 100_000 }, (_, index) => `Observation/o${index.toString(36)}`);
    expect(names.filter((name, index) => table.add(name, index) >= 0)).toEqual([]);
    expect(names.findIndex((name, index) => table.get(name) !== index)).toBe(-1);
    expect(table.size).toBe(names.length);
    expect(table.get('Observation/another')).toBe(-1);
    expect(table.add(names[7]!, 1)).toBe(7);
  });
});
