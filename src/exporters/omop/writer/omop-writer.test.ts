import type { Encounter } from '../../../core/events/encounter.js';
import { encounterClasses } from '../../../core/events/encounter.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { anOmopFolder } from '../testing/omop-folder.js';
import type { OmopFolder } from '../testing/omop-folder.js';
import { aLife, snomed, somebody, someTime } from '../testing/small-records.js';
import { variedRecords } from '../testing/varied-records.js';
import type { MappingCoverage } from './coverage.js';

const folders: OmopFolder[] = [];
afterAll(async () => Promise.all(folders.map((folder) => folder.remove())));

async function written(...args: Parameters<typeof anOmopFolder>): Promise<OmopFolder> {
  const folder = await anOmopFolder(...args);
  folders.push(folder);
  return folder;
}

async function rowsOf(
  table: string,
  ...records: PatientRecord[]
): Promise<Readonly<Record<string, string>>[]> {
  return (await written(records)).rows(table);
}

describe('the OMOP writer', () => {
  it('keeps every class of visit, and ends those that last with what is known', async () => {
    const visit = (visitClass: Encounter['class']): Encounter => ({
      ...{ key: visitClass, class: visitClass, start: someTime, codes: [], stays: [] },
    });
    const rows = await rowsOf('visit_occurrence', aLife([], { encounters: encounterClasses.map(visit) }));
    expect(
      rows.map((row) => [row['visit_source_value'], row['visit_concept_id'], row['visit_end_date']]),
    ).toEqual([
      ...[
        ['wellness', '9202', '2024-05-01'],
        ['ambulatory', '9202', '2024-05-01'],
      ],
      ...[
        ['outpatient', '9202', '2024-05-01'],
        ['urgent-care', '8782', '2024-05-01'],
      ],
      ...[
        ['emergency', '9203', '2024-05-01'],
        ['inpatient', '9201', '2026-01-31'],
      ],
      ...[
        ['hospice', '8546', '2026-01-31'],
        ['nursing-facility', '8676', '2026-01-31'],
      ],
      ...[
        ['home', '581476', '2024-05-01'],
        ['virtual', '722455', '2024-05-01'],
      ],
    ]);
  });

  it('lets the domain of the standard concept decide, whatever kind of event it was', async () => {
    const condition = (code: string): PatientEvent => ({
      kind: 'condition',
      key: code,
      start: someTime,
      codes: [snomed(code)],
    });
    const folder = await written([
      aLife([condition('59621000'), condition('160903007'), condition('104091002')]),
    ]);
    expect(await folder.rows('condition_occurrence')).toHaveLength(1);
    expect((await folder.rows('observation'))[0]).toMatchObject({ observation_concept_id: '4053118' });
    expect((await folder.rows('measurement'))[0]).toMatchObject({ measurement_source_value: '104091002' });
  });

  it('keeps a finding that says no from becoming a condition', async () => {
    const folder = await written([
      aLife([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start: someTime,
            codes: [snomed('59621000')],
            category: 'survey',
            components: [],
          },
          value: { kind: 'boolean', boolean: false },
        },
      ]),
    ]);
    expect(await folder.rows('condition_occurrence')).toEqual([]);
    expect((await folder.rows('observation'))[0]).toMatchObject({
      ...{ observation_concept_id: '320128', value_as_concept_id: '4188540' },
    });
  });

  it('writes NULL for no unit and 0 for one that nobody knows', async () => {
    const value = (unit: string | undefined): PatientEvent => ({
      ...{
        kind: 'observation',
        key: `${unit}`,
        start: someTime,
        codes: [{ system: 'http://loinc.org', code: '2339-0' }],
      },
      ...{ category: 'laboratory', components: [] },
      value: {
        kind: 'quantity',
        quantity: { value: 1, isUcum: true, ...(unit === undefined ? {} : { unit }) },
      },
    });
    const rows = await rowsOf('measurement', aLife([value(undefined), value('furlongs')]));
    expect(rows.map((row) => [row['unit_concept_id'], row['unit_source_value']])).toEqual([
      ['', ''],
      ['0', 'furlongs'],
    ]);
  });

  it('ends open orders: long-term ones with the record, others with their supply', async () => {
    const order = (isChronic: boolean, refills: number): PatientEvent => ({
      ...{ kind: 'medication-order', key: `${isChronic}`, start: someTime, codes: [snomed('1')], isChronic },
      dosage: { asNeeded: false, refills },
    });
    const rows = await rowsOf('drug_exposure', aLife([order(true, 0), order(false, 1)]));
    expect(
      rows.map((row) => [row['drug_exposure_end_date'], row['verbatim_end_date'], row['days_supply']]),
    ).toEqual([
      ['2026-01-31', '', ''],
      ['2024-06-29', '', '60'],
    ]);
  });

  it('gives a person of whom nothing is known a period of one day, and only the known parts of a birthday', async () => {
    const folder = await written([
      aLife([], { person: { ...somebody, birth: { ...somebody.birth, precision: 'month' } } }),
    ]);
    expect((await folder.rows('person'))[0]).toMatchObject({
      ...{ year_of_birth: '1980', month_of_birth: '2', day_of_birth: '', birth_datetime: '' },
    });
    expect((await folder.rows('observation_period'))[0]).toMatchObject({
      ...{ observation_period_start_date: '2026-01-31', observation_period_end_date: '2026-01-31' },
    });
  });

  it('cuts what is wider than its field by characters, and says so', async () => {
    const text = `${'🙂'.repeat(55)}, and "more"`;
    const folder = await written([
      aLife([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start: someTime,
            codes: [snomed('1')],
            category: 'survey',
            components: [],
          },
          value: { kind: 'text', text },
        },
      ]),
    ]);
    const [row] = await folder.rows('observation');
    expect(row?.['value_source_value']).toBe('🙂'.repeat(50));
    expect(row?.['value_as_string']).toBe(`${'🙂'.repeat(55)}, and`);
    const coverage = JSON.parse(await folder.text('mapping-coverage.json')) as MappingCoverage;
    expect(coverage.cutTexts).toEqual({
      'observation.value_as_string': 1,
      'observation.value_source_value': 1,
    });
  });

  it('gives the same bytes again, and other names of persons under another salt', async () => {
    const hashes = ({ written: { files } }: OmopFolder): string[] =>
      files.map(({ name, sha256, count }) => `${name} ${sha256} ${count}`);
    const once = await written(variedRecords(15), { parquet: true });
    const again = await written(variedRecords(15), { parquet: true });
    expect(hashes(again)).toEqual(hashes(once));
    const salted = await written(variedRecords(15), { facts: { salt: 'other' } });
    const changed = hashes(salted).filter((line) => !hashes(once).includes(line));
    expect(changed.map((line) => line.split(' ')[0])).toEqual(['PERSON.csv']);
  });
});
