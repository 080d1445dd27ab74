import { readDefinitions } from './definitions/read-definitions.js';
import { FhirValidator } from './fhir-validator.js';
import { plantedErrors } from './testing/planted-errors.js';
import { aCondition, aPatient, anEncounter, anObservation } from './testing/resources.js';

const validator = new FhirValidator(await readDefinitions('content/fhir'));

describe('planted errors', () => {
  it('are 29', () => {
    expect(plantedErrors).toHaveLength(29);
  });

  it.each(plantedErrors)('$name: error $rule at $path', ({ resource, rule, path, key }) => {
    const errors = validator.validate(resource()).filter(({ severity }) => severity === 'error');
    expect(errors.map((error) => ({ rule: error.rule, path: error.path, key: error.key }))).toEqual([
      { rule, path, key },
    ]);
  });

  it.each([aPatient(), anEncounter(), anObservation(), aCondition()])(
    'the valid $resourceType has none',
    (resource) => {
      expect(validator.validate(resource)).toEqual([]);
      expect(validator.validateLine(JSON.stringify(resource))).toEqual([]);
    },
  );

  it('a broken line is one error', () => {
    expect(validator.validateLine('{"resourceType":')).toMatchObject([{ severity: 'error', rule: 'json' }]);
  });

  it('what is no resource is one error', () => {
    for (const other of [null, 1, 'Patient', [aPatient()], {}, { resourceType: 'Person2' }])
      expect(validator.validate(other)).toMatchObject([{ severity: 'error', rule: 'resource-type' }]);
  });

  it('a type without definition is said to be unchecked', () => {
    expect(validator.validate({ resourceType: 'Slot', anything: 1 })).toMatchObject([
      { severity: 'warning', rule: 'not-covered' },
    ]);
  });
});
