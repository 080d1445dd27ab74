import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Encounter } from '../../../core/events/encounter.js';
import { encounterClasses } from '../../../core/events/encounter.js';
import type { PatientEvent } from '../../../core/events/patient-event.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import type { Person } from '../../../core/events/person.js';
import { aDirectory, aRecord } from '../../../core/events/testing/a-record.js';
import { aFolder, anOmopFolder, aVocabulary, someFacts, theCdm } from '../testing/omop-folder.js';
import type { OmopFolder } from '../testing/omop-folder.js';
import { variedRecords } from '../testing/varied-records.js';
import type { MappingCoverage } from './coverage.js';
import { openOmopWriter } from './omop-writer.js';

type Rows = Readonly<Record<string, string>>[];
const folders: OmopFolder[] = [];
afterAll(async () => Promise.all(folders.map((folder) => folder.remove())));

async function written(...args: Parameters<typeof anOmopFolder>): Promise<OmopFolder> {
  const folder = await anOmopFolder(...args);
  folders.push(folder);
  return folder;
}

const rowsOf = async (table: string, ...records: PatientRecord[]): Promise<Rows> =>
  (await written(records)).rows(table);

const snomed = (code: string): { system: string; code: string } => ({
  system: 'http://snomed.info/sct',
  code,
});
const at = (ms: number): { ms: number; precision: 'second' } => ({ ms, precision: 'second' });
const day = (text: string): { ms: number; precision: 'day' } => ({ ms: Date.parse(text), precision: 'day' });
const person: Person = { key: 'p', sex: 'male', birth: day('1980-02-03'), identifiers: [] };
const start = at(Date.parse('2024-05-01T09:00:00Z'));
const live = (events: readonly PatientEvent[], more: Partial<PatientRecord> = {}): PatientRecord => ({
  ...{ person, encounters: [], events, ...more },
});

describe('the example record in OMOP', () => {
  let folder: OmopFolder;
  beforeAll(async () => {
    folder = await written([aRecord(1), aRecord(2)]);
  });

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
    const all = await Promise.all(['PERSON.csv', 'LOCATION.csv'].map(folder.text));
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

describe('the OMOP writer', () => {
  it('keeps every class of visit, and ends those that last with what is known', async () => {
    const visit = (visitClass: Encounter['class']): Encounter => ({
      ...{ key: visitClass, class: visitClass, start, codes: [], stays: [] },
    });
    const rows = await rowsOf('visit_occurrence', live([], { encounters: encounterClasses.map(visit) }));
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
      start,
      codes: [snomed(code)],
    });
    const folder = await written([
      live([condition('59621000'), condition('160903007'), condition('104091002')]),
    ]);
    expect(await folder.rows('condition_occurrence')).toHaveLength(1);
    expect((await folder.rows('observation'))[0]).toMatchObject({ observation_concept_id: '4053118' });
    expect((await folder.rows('measurement'))[0]).toMatchObject({ measurement_source_value: '104091002' });
  });

  it('keeps a finding that says no from becoming a condition', async () => {
    const folder = await written([
      live([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start,
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
        start,
        codes: [{ system: 'http://loinc.org', code: '2339-0' }],
      },
      ...{ category: 'laboratory', components: [] },
      value: {
        kind: 'quantity',
        quantity: { value: 1, isUcum: true, ...(unit === undefined ? {} : { unit }) },
      },
    });
    const rows = await rowsOf('measurement', live([value(undefined), value('furlongs')]));
    expect(rows.map((row) => [row['unit_concept_id'], row['unit_source_value']])).toEqual([
      ['', ''],
      ['0', 'furlongs'],
    ]);
  });

  it('ends open orders: long-term ones with the record, others with their supply', async () => {
    const order = (isChronic: boolean, refills: number): PatientEvent => ({
      ...{ kind: 'medication-order', key: `${isChronic}`, start, codes: [snomed('1')], isChronic },
      dosage: { asNeeded: false, refills },
    });
    const rows = await rowsOf('drug_exposure', live([order(true, 0), order(false, 1)]));
    expect(
      rows.map((row) => [row['drug_exposure_end_date'], row['verbatim_end_date'], row['days_supply']]),
    ).toEqual([
      ['2026-01-31', '', ''],
      ['2024-06-29', '', '60'],
    ]);
  });

  it('gives a person of whom nothing is known a period of one day, and only the known parts of a birthday', async () => {
    const folder = await written([
      live([], { person: { ...person, birth: { ...person.birth, precision: 'month' } } }),
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
      live([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start,
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

describe('a record that cannot be written', () => {
  const broken: [string, PatientRecord, RegExp][] = [
    [
      'refers to an encounter that is not there',
      live([{ kind: 'condition', key: 'c', start, codes: [snomed('59621000')], encounter: 'x' }]),
      /"condition_occurrence", row 2, field "visit_occurrence_id": the record has no encounter "x"/,
    ],
    [
      'has a day that no calendar has',
      live([{ kind: 'condition', key: 'c', start: at(NaN), codes: [snomed('59621000')] }]),
      /"condition_occurrence", row 2, field "condition_start_date": NaN is not a date/,
    ],
    [
      'has a number that is none',
      live([
        {
          ...{
            kind: 'observation',
            key: 'o',
            start,
            codes: [snomed('1')],
            category: 'laboratory',
            components: [],
          },
          value: { kind: 'quantity', quantity: { value: Infinity, isUcum: true } },
        },
      ]),
      /"measurement", row 1, field "value_as_number": Infinity is not a finite number/,
    ],
    [
      'has an event without a code',
      live([{ kind: 'procedure', key: 'q', start, codes: [] }]),
      /"procedure_occurrence", row 1, field "procedure_concept_id": comes from an event without a code/,
    ],
  ];

  const good = live([{ kind: 'condition', key: 'c', start, codes: [snomed('59621000')] }]);

  it.each(broken)(
    'because it %s is refused by table, row and field, and nothing stays',
    async (_, bad, message) => {
      const folder = await aFolder();
      await expect(anOmopFolder([good, bad], { folder })).rejects.toThrow(message);
      expect(await readdir(folder)).toEqual([]);
      await rm(folder, { recursive: true });
    },
  );

  it('because the directory lacks its practice is refused at the end, and nothing stays', async () => {
    const folder = await aFolder();
    const directory = { ...aDirectory, organisations: [] };
    await expect(anOmopFolder([aRecord()], { folder, directory })).rejects.toThrow(
      /"care_site", row 1, field "care_site_id": the directory has no organisation practice/,
    );
    expect(await readdir(folder)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  it('does not touch what was in the folder before, when it is given up', async () => {
    const [folder, cdm] = [await aFolder(), await theCdm()];
    await writeFile(join(folder, 'mine.txt'), 'mine');
    const vocabulary = await aVocabulary(cdm);
    const options = { cdm, vocabulary, facts: someFacts, folder, parquet: false };
    const writer = await openOmopWriter(options);
    await writer.write(aRecord());
    await expect(openOmopWriter(options)).rejects.toThrow('EEXIST');
    await writer.abort();
    expect(await readdir(folder)).toEqual(['mine.txt']);
    await expect(writer.write(aRecord())).rejects.toThrow('aborted');
    vocabulary.close();
    await rm(folder, { recursive: true });
  });
});
