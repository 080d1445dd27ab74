/** Minimal resources that are valid; tests break one thing in them. */
export type Json = Record<string, unknown>;

export const aPatient = (): Json => ({
  resourceType: 'Patient',
  id: 'p1',
  identifier: [{ system: 'https://fhir.nhs.uk/Id/nhs-number', value: '9990000018' }],
  active: true,
  name: [{ family: 'Example', given: ['Ann'] }],
  gender: 'female',
  birthDate: '1980-02-29',
});

export const anEncounter = (): Json => ({
  resourceType: 'Encounter',
  id: 'e1',
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: 'Patient/p1' },
  period: { start: '2020-03-01T09:00:00Z', end: '2020-03-01T10:00:00Z' },
});

export const anObservation = (): Json => ({
  resourceType: 'Observation',
  id: 'o1',
  status: 'final',
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'laboratory' }],
    },
  ],
  code: { coding: [{ system: 'http://loinc.org', code: '718-7' }] },
  subject: { reference: 'Patient/p1' },
  encounter: { reference: 'Encounter/e1' },
  effectiveDateTime: '2020-03-01T09:30:00Z',
  valueQuantity: { value: 13.5, unit: 'g/dL', system: 'http://unitsofmeasure.org', code: 'g/dL' },
});

export const aCondition = (): Json => ({
  resourceType: 'Condition',
  id: 'c1',
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-clinical', code: 'active' }],
  },
  verificationStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/condition-ver-status', code: 'confirmed' }],
  },
  code: { coding: [{ system: 'http://snomed.info/sct', code: '38341003' }] },
  subject: { reference: 'Patient/p1' },
  onsetDateTime: '2020-03-01',
});

/** The resource with `value` at a path such as `name.0.family`; undefined takes the element away. */
export function changed(resource: Json, path: string, value: unknown): Json {
  const steps = path.split('.');
  const last = steps.pop() ?? '';
  let at: Json = resource;
  for (const step of steps) at = at[step] as Json;
  if (value === undefined) Reflect.deleteProperty(at, last);
  else at[last] = value;
  return resource;
}
