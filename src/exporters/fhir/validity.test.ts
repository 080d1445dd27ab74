import fc from 'fast-check';
import { aDirectory, aRecord } from '../../core/events/testing/a-record.js';
import { arbitraryRecord } from '../../core/events/testing/arbitrary-record.js';
import type { PatientRecord } from '../../core/events/patient-record.js';
import { readDefinitions } from '../fhir-validation/definitions/read-definitions.js';
import { FhirValidator } from '../fhir-validation/fhir-validator.js';
import { FhirContext } from './fhir-context.js';
import type { FhirProfiles } from './fhir-options.js';
import { groupPieces } from './output/group-pieces.js';
import { PatientList } from './output/patient-list.js';
import { give, renderRecord } from './render-record.js';
import { directoryResources } from './resources/directory.js';
import { generatorResource, provenanceResource } from './resources/release.js';
import { someFacts } from './testing/some-facts.js';

const validator = new FhirValidator(await readDefinitions('content/fhir'));

/** Types that the definitions do not have: a supply is no part of what is judged. */
const notCovered = new Set(['SupplyDelivery']);

/** What is wrong with the resources of a record, as one text a finding; warnings of code systems and bindings included. */
function findings(record: PatientRecord, profiles: FhirProfiles): string[] {
  const context = new FhirContext(someFacts, profiles);
  const found: string[] = [];
  const check = (type: string, json: string): void => {
    for (const { severity, rule, key, path, why } of validator.validateLine(json))
      if (!(rule === 'not-covered' && notCovered.has(type)))
        found.push([type, severity, rule, key ?? '', path, why].join(' | '));
  };
  const patients = new PatientList();
  patients.add(renderRecord(record, context, check));
  for (const resource of directoryResources(aDirectory, context)) give(check, resource);
  for (const resource of [generatorResource(context), provenanceResource(context)]) give(check, resource);
  check('Group', [...groupPieces(context, patients)].join(''));
  return found;
}

const isError = (finding: string): boolean => finding.includes(' | error | ');

describe.each(['uk-core', 'base'] as const)('resources with profiles %s', (profiles) => {
  it('are valid for the record of all kinds', () => {
    expect(findings(aRecord(), profiles)).toEqual([]);
  });

  it('are valid whatever the record', () => {
    fc.assert(
      fc.property(arbitraryRecord(), (record) => {
        expect(findings(record, profiles).filter(isError)).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
