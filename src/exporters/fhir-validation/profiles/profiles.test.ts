import { readDefinitions } from '../definitions/read-definitions.js';
import { FhirValidator } from '../fhir-validator.js';
import { aPatient, anObservation, changed, type Json } from '../testing/resources.js';

const definitions = await readDefinitions('content/fhir');
const uk = 'https://fhir.hl7.org.uk/StructureDefinition/';
const validator = new FhirValidator(definitions);

const claiming = (resource: Json, profile: string): Json => ({ ...resource, meta: { profile: [profile] } });
const found = (resource: Json, by = validator): string[] =>
  by
    .validate(resource)
    .map(({ severity, rule, path, key }) => [severity, rule, path, key ?? ''].join(' ').trim());

const number = (value: string): Json => ({ system: 'https://fhir.nhs.uk/Id/nhs-number', value });
const category = 'http://terminology.hl7.org/CodeSystem/observation-category';

const aBloodPressure = (): Json => {
  const part = (code: string, text: string, snomed: string, value: number): Json => ({
    code: {
      coding: [
        { system: 'http://snomed.info/sct', code: snomed },
        { system: 'http://loinc.org', code, display: text },
      ],
      text,
    },
    valueQuantity: {
      ...{ value, unit: 'millimeter of mercury' },
      ...{ system: 'http://unitsofmeasure.org', code: 'mm[Hg]' },
    },
  });
  return {
    ...claiming(anObservation(), `${uk}UKCore-Observation-VitalSigns-BloodPressure`),
    category: [{ coding: [{ system: category, code: 'vital-signs' }] }],
    code: {
      coding: [
        { system: 'http://snomed.info/sct', code: '75367002' },
        { system: 'http://loinc.org', code: '85354-9' },
      ],
    },
    valueQuantity: undefined,
    component: [
      part('8480-6', 'Systolic blood pressure', '72313002', 120),
      part('8462-4', 'Diastolic blood pressure', '1091811000000102', 80),
    ],
  };
};

describe('profiles of UK Core', () => {
  const patient = (): Json => claiming(aPatient(), `${uk}UKCore-Patient`);
  const lab = (): Json => claiming(anObservation(), `${uk}UKCore-Observation-Lab`);

  it('are met by the valid resources', () => {
    expect([patient(), lab(), aBloodPressure()].map((one) => found(one))).toEqual([[], [], []]);
  });

  it.each<[string, Json, string[]]>([
    [
      'NHS number without a value',
      changed(patient(), 'identifier.0.value', undefined),
      ['error cardinality Patient.identifier[0]'],
    ],
    [
      'two NHS numbers',
      changed(patient(), 'identifier', [number('9990000018'), number('9990123454')]),
      ['error slice Patient'],
    ],
    [
      'no category',
      changed(lab(), 'category', undefined),
      ['error cardinality Observation', 'error slice Observation'],
    ],
    [
      'two categories laboratory',
      changed(lab(), 'category.1', (lab()['category'] as Json[])[0]),
      ['error slice Observation'],
    ],
    [
      'another system for the category laboratory',
      changed(lab(), 'category.0.coding.0.system', 'http://example.org'),
      ['error fixed Observation.category[0].coding[0].system'],
    ],
    [
      'a component beside the two of blood pressure',
      changed(aBloodPressure(), 'component.1.code.text', 'Mean'),
      ['error slice Observation', 'error slice Observation.component[1]'],
    ],
    [
      'another unit',
      changed(aBloodPressure(), 'component.0.valueQuantity.code', 'kPa'),
      ['error fixed Observation.component[0].valueQuantity.code'],
    ],
    [
      'no code of LOINC',
      changed(aBloodPressure(), 'code.coding', [{ system: 'http://snomed.info/sct', code: '75367002' }]),
      ['error invariant Observation ukcore-obs-vs-001', 'error slice Observation.code'],
    ],
    ['a profile of another type', claiming(aPatient(), `${uk}UKCore-Encounter`), ['error profile Patient']],
    [
      'a profile that is not known',
      claiming(aPatient(), 'http://example.org/p'),
      ['warning profile Patient'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(found(resource).sort()).toEqual(expected.sort());
  });

  it('hold without being claimed where the caller says so', () => {
    const strict = new FhirValidator(definitions, { profiles: 'uk-core' });
    const twice = changed(aPatient(), 'identifier', [number('9990000018'), number('9990123454')]);
    expect(found(twice)).toEqual([]);
    expect(found(twice, strict)).toEqual(['error slice Patient']);
    expect(() => new FhirValidator(definitions, { profiles: ['http://example.org/p'] })).toThrow(
      'example.org',
    );
  });
});

describe('extensions', () => {
  const ethnic = (code: string): Json => ({
    url: `${uk}Extension-UKCore-EthnicCategory`,
    valueCodeableConcept: {
      coding: [{ system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland', code }],
    },
  });
  const triggered = (...parts: readonly Json[]): Json => ({
    ...anObservation(),
    extension: [
      {
        url: 'http://hl7.org/fhir/5.0/StructureDefinition/extension-Observation.triggeredBy',
        extension: parts,
      },
    ],
  });
  const observation = { url: 'observation', valueReference: { reference: 'Observation/o2' } };
  const type = { url: 'type', valueCode: 'reflex' };

  it.each<[string, Json, string[]]>([
    ['of a known definition', { ...aPatient(), extension: [ethnic('A')] }, []],
    [
      'with a code that its system does not have',
      { ...aPatient(), extension: [ethnic('AA')] },
      ['error binding Patient.extension[0].valueCodeableConcept'],
    ],
    [
      'with a value of another type',
      { ...aPatient(), extension: [{ url: `${uk}Extension-UKCore-EthnicCategory`, valueString: 'A' }] },
      ['error type Patient.extension[0].valueString'],
    ],
    [
      'with neither value nor extensions',
      { ...aPatient(), extension: [{ url: 'http://example.org/x' }] },
      ['error invariant Patient.extension[0] ext-1'],
    ],
    [
      'without a URL',
      { ...aPatient(), extension: [{ valueString: 'x' }] },
      ['error cardinality Patient.extension[0]'],
    ],
    ['with its parts', triggered(observation, type), []],
    [
      'without one of its parts',
      triggered(observation, observation),
      ['error slice Observation.extension[0]', 'error slice Observation.extension[0]'],
    ],
    [
      'with a part that refers to another type',
      triggered({ ...observation, valueReference: { reference: 'Patient/p1' } }, type),
      ['error reference-target Observation.extension[0].extension[0].valueReference'],
    ],
    [
      'beside a primitive value',
      { ...aPatient(), _birthDate: { extension: [{ url: 'http://x.org/y', valueTime: '08:00:00' }] } },
      [],
    ],
    [
      'instead of a primitive value, broken',
      {
        ...aPatient(),
        birthDate: undefined,
        _birthDate: { extension: [{ url: 'http://x.org/y', valueTime: '25:00:00' }] },
      },
      ['error format Patient._birthDate.extension[0].valueTime'],
    ],
    [
      'beside some of a list',
      changed(aPatient(), 'name.0', { given: ['Ann', null], _given: [null, { extension: [ethnic('A')] }] }),
      [],
    ],
    [
      'beside a list of another length',
      changed(aPatient(), 'name.0', { given: ['Ann'], _given: [null, { id: 'x' }] }),
      ['error cardinality Patient.name[0]._given'],
    ],
    [
      'null where nothing stands beside',
      changed(aPatient(), 'name.0.given', [null]),
      ['error null Patient.name[0].given[0]'],
    ],
  ])('%s', (_, resource, expected) => {
    expect(found(resource)).toEqual(expected);
  });
});
