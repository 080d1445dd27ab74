import fc from 'fast-check';
import { elementTree, jsonNames, type ElementNode } from './definitions/element-tree.js';
import { readDefinitions } from './definitions/read-definitions.js';
import { FhirValidator } from './fhir-validator.js';
import { isDate, isDateTime, isInstant, spanOf } from './primitives/date-text.js';
import { aCondition, aPatient, anEncounter, anObservation, changed, type Json } from './testing/resources.js';

const definitions = await readDefinitions('content/fhir');
const validator = new FhirValidator(definitions);
const makers = [aPatient, anEncounter, anObservation, aCondition];
const errorsIn = (resource: unknown): number =>
  validator.validate(resource).filter(({ severity }) => severity === 'error').length;

/** Every path in a resource that leads to a value or a part, such as `name.0.family`. */
function pathsIn(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== 'object' || value === null) return path.length === 0 ? [] : [path.join('.')];
  const below = Object.entries(value).flatMap(([key, inner]) => pathsIn(inner, [...path, key]));
  return path.length === 0 ? below : [path.join('.'), ...below];
}

const aPlace = fc.constantFrom(
  ...makers.flatMap((make) =>
    pathsIn(make())
      .filter((path) => path !== 'resourceType')
      .map((path) => ({ make, path })),
  ),
);

/** A value that cannot stand where the other one stands. */
const another = (value: unknown): fc.Arbitrary<unknown> =>
  fc
    .oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.constant(''), fc.constant([]), fc.constant({}))
    .filter(
      (other) =>
        typeof other !== typeof value ||
        Array.isArray(other) !== Array.isArray(value) ||
        other === '' ||
        isEmpty(other),
    );

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

const valueAt = (resource: Json, path: string): unknown =>
  path.split('.').reduce<unknown>((at, step) => (at as Json)[step], resource);

describe('a valid resource is no longer valid', () => {
  it('with a value of another type anywhere', () => {
    const mutation = aPlace.chain(({ make, path }) =>
      another(valueAt(make(), path)).map((other) => ({ make, path, other })),
    );
    fc.assert(
      fc.property(mutation, ({ make, path, other }) => errorsIn(changed(make(), path, other)) > 0),
      { numRuns: 500 },
    );
  });

  it('with an element that nobody defines, in any object', () => {
    const objects = makers.flatMap((make) =>
      ['', ...pathsIn(make())].flatMap((path) => {
        const value = path === '' ? make() : valueAt(make(), path);
        return typeof value === 'object' && !Array.isArray(value) ? [{ make, path }] : [];
      }),
    );
    for (const { make, path } of objects) {
      const unknown = [path, 'nobodyDefines'].filter((step) => step !== '').join('.');
      expect({ path, errors: errorsIn(changed(make(), unknown, 'x')) }).toEqual({ path, errors: 1 });
    }
  });

  it('without any of the elements that its type requires, whichever of the types it is', () => {
    const left = { types: 0, elements: 0 };
    for (const structure of definitions.structures.values()) {
      if (structure.kind !== 'resource' || structure.derivation !== 'specialization') continue;
      if (['Resource', 'DomainResource'].includes(structure.type)) continue;
      const required = [...elementTree(structure).children.values()].filter(
        ({ definition }) => definition.min > 0,
      );
      const whys = validator.validate({ resourceType: structure.type }).map(({ why }) => why);
      for (const { name } of required) expect(whys).toContain(`has no ${name}, which is required`);
      left.types += 1;
      left.elements += required.length;
    }
    expect(left.types).toBeGreaterThanOrEqual(50);
    expect(left.elements).toBeGreaterThan(80);
  });

  it('with a list where one value belongs, or one where a list does, for every element of every type', () => {
    for (const structure of definitions.structures.values()) {
      if (structure.kind !== 'resource' || structure.derivation !== 'specialization') continue;
      if (['Resource', 'DomainResource'].includes(structure.type)) continue;
      for (const child of elementTree(structure).children.values()) expectListOrNot(structure.type, child);
    }
  });
});

function expectListOrNot(type: string, child: ElementNode): void {
  const isList = child.definition.max !== '1';
  for (const name of jsonNames(child)) {
    const findings = validator.validate({ resourceType: type, [name]: isList ? 'x' : [1] });
    const wrong = findings.filter(({ path }) => path === `${type}.${name}`).map(({ rule }) => rule);
    expect([name, ...wrong]).toContainEqual(expect.stringMatching(/^(cardinality|type|resource-type)$/));
  }
}

describe('dates', () => {
  const day = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });

  it('of the calendar are read as the clock reads them', () => {
    fc.assert(
      fc.property(day, (date) => {
        const text = date.toISOString();
        expect(isInstant(text) && isDateTime(text) && isDate(text.slice(0, 10))).toBe(true);
        expect(spanOf(text).from).toBe(date.getTime());
        expect(spanOf(text.slice(0, 10)).from).toBe(Date.parse(text.slice(0, 10)));
      }),
    );
  });

  it('beyond the end of a month are none', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 1, max: 12 }), (year, month) => {
        const last = new Date(Date.UTC(2000 + (year % 400), month, 0)).getUTCDate();
        const text = (n: number): string =>
          `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(n).padStart(2, '0')}`;
        expect([isDate(text(last)), isDate(text(last + 1)), isDate(text(0))]).toEqual([true, false, false]);
      }),
    );
  });

  it.each([
    ['2020-01-01T10:00Z', '2020-01-01T24:00:00Z', '2020-01-01T10:00:00', '2020-01-01T10:00:00+15:00'],
    ['2020-01-01T10:00:00.Z', '2020-01-01 10:00:00Z', '2020-1-1', '0000', '20', '2020-', '2020-01-01T'],
    ['2020-01-01T10:00:00ZZ', '2020-01-01T10:60:00Z', '2020-13', '2020-00', ' 2020', '2020 '],
  ])('%s and others are none', (...texts) => {
    expect(texts.filter(isDateTime)).toEqual([]);
  });

  it('have a zone that counts', () => {
    expect(spanOf('2020-01-01T10:00:00+01:30').from).toBe(Date.parse('2020-01-01T08:30:00Z'));
    expect(spanOf('2020').to).toBe(Date.UTC(2021, 0));
    expect(spanOf('2020-12').to).toBe(Date.UTC(2021, 0));
  });
});
