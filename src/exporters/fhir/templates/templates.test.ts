import fc from 'fast-check';
import { aRecord } from '../../../core/events/testing/a-record.js';
import { arbitraryRecord } from '../../../core/events/testing/arbitrary-record.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { FhirContext } from '../fhir-context.js';
import type { FhirProfiles } from '../fhir-options.js';
import { RecordScope } from '../record-scope.js';
import { renderRecord } from '../render-record.js';
import { someFacts } from '../testing/some-facts.js';
import * as reference from '../testing/reference.js';

/** What the reference says of an event; undefined for those that have no template. */
function expected(event: PatientEvent, scope: RecordScope): object | undefined {
  switch (event.kind) {
    case 'observation':
      return reference.observation(event, scope);
    case 'condition':
      return reference.condition(event, scope);
    case 'procedure':
      return reference.procedure(event, scope);
    case 'medication-order':
      return reference.medicationRequest(event, scope);
    case 'medication-administration':
      return reference.administration(event, scope);
    case 'immunisation':
      return reference.immunization(event, scope);
    case 'report':
      return reference.diagnosticReport(event, scope);
    case 'allergy':
    case 'care-plan':
    case 'device':
    case 'imaging-study':
    case 'note':
    case 'supply':
      return undefined;
  }
}

const templated = new Set([
  ...['Observation', 'Condition', 'Procedure', 'MedicationRequest', 'MedicationAdministration'],
  ...['Immunization', 'DiagnosticReport', 'Encounter'],
]);

/** Written by template, and said by the reference, both in the order of ids. */
function both(record: PatientRecord, profiles: FhirProfiles): { written: unknown[]; said: unknown[] } {
  const scope = new RecordScope(new FhirContext(someFacts, profiles), record);
  const written: { id: string }[] = [];
  const cause = scope.id('Observation/cause-of-death', '');
  renderRecord(record, new FhirContext(someFacts, profiles), (type, json) => {
    expect(json).toMatch(/^[ -~]+$/);
    const resource = JSON.parse(json) as { id: string };
    if (templated.has(type) && resource.id !== cause) written.push(resource);
  });
  const said = [
    ...record.encounters.map((encounter) => reference.encounter(encounter, scope)),
    ...record.events.flatMap((event) => expected(event, scope) ?? []),
  ] as { id: string }[];
  const byId = (left: { id: string }, right: { id: string }): number => (left.id < right.id ? -1 : 1);
  return { written: written.sort(byId), said: said.sort(byId) };
}

describe('templates', () => {
  it.each(['uk-core', 'base'] as const)(
    'write the record of all kinds as the reference has it: %s',
    (profiles) => {
      const { written, said } = both(aRecord(), profiles);
      expect(written).toEqual(said);
      expect(written).toHaveLength(14);
    },
  );

  it('write what the reference says, whatever the record', () => {
    fc.assert(
      fc.property(
        arbitraryRecord(),
        fc.constantFrom('uk-core' as const, 'base' as const),
        (record, profiles) => {
          const { written, said } = both(record, profiles);
          expect(written).toEqual(said);
        },
      ),
      { numRuns: 200 },
    );
  });
});
