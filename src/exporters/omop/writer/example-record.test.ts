import { aRecord } from '../../../core/events/testing/a-record.js';
import { anOmopFolder, theCdm } from '../testing/omop-folder.js';
import type { OmopFolder } from '../testing/omop-folder.js';
import type { MappingCoverage } from './coverage.js';

describe('the example record in OMOP', () => {
  let folder: OmopFolder;
  beforeAll(async () => {
    folder = await anOmopFolder([aRecord(1), aRecord(2)]);
  });
  afterAll(() => folder.remove());

  it('has all 39 tables, most of them empty, with the header of the model', async () => {
    const cdm = await theCdm();
    const names = folder.written.files.map(({ name }) => name).filter((name) => name.endsWith('.csv'));
    expect(names).toEqual([...cdm.keys()].map((name) => `${name.toUpperCase()}.csv`).sort());
    expect(await folder.text('COST.csv')).toBe(
      `${cdm
        .get('cost')
        ?.fields.map(({ name }) => name)
        .join(',')}\n`,
    );
  });

  it('has persons with dense ids, their origin as a race, and no name, number or key of theirs', async () => {
    expect((await folder.rows('person'))[1]).toMatchObject({
      ...{ person_id: '2', gender_concept_id: '8532', gender_source_value: 'female', year_of_birth: '1951' },
      ...{ month_of_birth: '5', day_of_birth: '17', race_concept_id: '8527', race_source_value: 'A' },
      ...{ ethnicity_concept_id: '0', ethnicity_source_value: '', care_site_id: '1', location_id: '2' },
    });
    const all = await Promise.all(['PERSON.csv', 'LOCATION.csv'].map((name) => folder.text(name)));
    expect(all.join()).not.toMatch(/p1|p2|Nobody|Anna|999000|01632/);
  });

  it('has the true day and hour of death with its cause', async () => {
    expect((await folder.rows('death'))[0]).toMatchObject({
      ...{ death_date: '2025-02-10', death_datetime: '2025-02-10 04:30:00', cause_concept_id: '4329847' },
    });
  });

  it('has a visit with its stays, who saw them where, and where they went', async () => {
    expect((await folder.rows('visit_occurrence'))[1]).toMatchObject({
      ...{ visit_concept_id: '9201', visit_source_value: 'inpatient', provider_id: '1', care_site_id: '2' },
      ...{
        discharged_to_concept_id: '32218',
        discharged_to_source_value: '20',
        admitted_from_concept_id: '',
      },
    });
    expect((await folder.rows('visit_detail')).slice(0, 2)).toMatchObject([
      { visit_detail_concept_id: '9201', preceding_visit_detail_id: '', visit_occurrence_id: '2' },
      { visit_detail_concept_id: '32037', preceding_visit_detail_id: '1', care_site_id: '4' },
    ]);
  });

  it('has a panel as its parts, with units and comparators', async () => {
    expect((await folder.rows('measurement')).slice(0, 3)).toMatchObject([
      {
        measurement_concept_id: '3004249',
        value_as_number: '152',
        unit_concept_id: '8876',
        operator_concept_id: '',
      },
      { measurement_concept_id: '3012888', value_as_number: '91.5', unit_source_value: 'mm[Hg]' },
      { measurement_source_value: '2339-0', value_as_number: '102.25', operator_concept_id: '4171755' },
    ]);
  });

  it('has findings as observations, with 0 and the code of the source for what is not mapped', async () => {
    const observations = await folder.rows('observation');
    expect(observations.slice(0, 4)).toMatchObject([
      {
        observation_concept_id: '0',
        observation_source_value: '91935009',
        observation_source_concept_id: '0',
      },
      { observation_concept_id: '43054909', value_as_concept_id: '0', value_source_value: '266919005' },
      { observation_source_value: '44250-9', value_as_concept_id: '', unit_concept_id: '' },
      { value_as_concept_id: '4188539', value_as_string: 'true' },
    ]);
  });

  it('has orders, administrations and immunisations as exposures of a known end', async () => {
    const drugs = await folder.rows('drug_exposure');
    expect(drugs.slice(0, 3)).toMatchObject([
      {
        drug_type_concept_id: '32838',
        drug_exposure_end_date: '2025-02-03',
        refills: '3',
        days_supply: '340',
      },
      { drug_type_concept_id: '32818', drug_concept_id: '0', drug_source_value: '140', sig: 'dose 1' },
      { drug_concept_id: '1112807', drug_exposure_end_date: '2025-02-03', visit_detail_id: '1' },
    ]);
  });

  it('has devices, notes, eras and one period of observation', async () => {
    expect((await folder.rows('device_exposure')).slice(0, 2)).toMatchObject([
      { unique_device_id: '(01)00000000000000' },
      { device_concept_id: '0', quantity: '2' },
    ]);
    expect((await folder.rows('note'))[0]).toMatchObject({
      ...{ note_text: 'Chest pain since the evening.\nNo one was ever here.', note_source_value: '34117-2' },
    });
    expect((await folder.rows('condition_era'))[0]).toMatchObject({
      ...{ condition_era_start_date: '2024-03-01', condition_era_end_date: '2024-03-02' },
    });
    expect(await folder.rows('drug_era')).toEqual([]);
    expect((await folder.rows('observation_period'))[0]).toMatchObject({
      ...{ observation_period_start_date: '2024-03-01', observation_period_end_date: '2025-02-10' },
    });
  });

  it('says that it is synthetic, of which tier and release', async () => {
    const [source] = await folder.rows('cdm_source');
    expect(source?.['cdm_source_name']).toBe('SYNTHETIC: Example');
    expect(source?.['source_description']).toMatch(
      /^Synthetic data, tier STRUCTURAL, release r1, .*artificially generated/,
    );
    expect(source).toMatchObject({ cdm_version_concept_id: '756265', cdm_release_date: '2026-01-31' });
  });

  it('reports what was mapped, what was not and why, and what has no place', async () => {
    const coverage = JSON.parse(await folder.text('mapping-coverage.json')) as MappingCoverage;
    expect(coverage.events.observation).toEqual({ events: 10, rows: 12 });
    expect(coverage.systems.find(({ vocabulary }) => vocabulary === 'SNOMED')).toMatchObject({
      ...{ codes: 11, codesMapped: 8, uses: 24, usesMapped: 18 },
    });
    expect(coverage.unmapped).toContainEqual({
      ...{ system: 'http://hl7.org/fhir/sid/cvx', code: '140', uses: 2, reason: 'not in the vocabulary' },
      display: 'Influenza, seasonal, injectable, preservative free',
    });
    expect(coverage.leftOut['activities of care plans']).toBe(2);
  });
});
