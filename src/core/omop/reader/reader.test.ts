import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { PatientRecord } from '../../events/patient-record.js';
import { openDuckDb } from '../../files/duckdb.js';
import type { DuckDb } from '../../files/duckdb.js';
import { textLiteral } from '../../files/sql-literal.js';
import { readCdm } from '../cdm.js';
import type { Cdm } from '../cdm.js';
import { bigId as big, smallExtract as files } from '../testing/small-extract.js';
import { findTables } from '../source/find-tables.js';
import { listOmopFolder } from '../source/list-folder.js';
import { loadTables } from '../source/load-tables.js';
import type { OmopSource } from '../source/load-tables.js';
import { readExtractSummary } from '../source/source-summary.js';
import { findDanglingKeys } from './dangling-keys.js';
import { readRecords } from './read-records.js';

describe('a source of OMOP tables', () => {
  let root: string;
  let db: DuckDb;
  let cdm: Cdm;
  let round = 0;

  beforeAll(async () => {
    const text = (level: string): Promise<string> =>
      readFile(`content/omop/cdm/OMOP_CDMv5.4_${level}_Level.csv`, 'utf8');
    cdm = readCdm({ tables: await text('Table'), fields: await text('Field') });
    root = await mkdtemp(join(tmpdir(), 'picketfence-reader-'));
    db = await openDuckDb({ allowedDirectories: [root], tempDirectory: join(root, 'spill') });
  });
  afterAll(async () => {
    db.close();
    await rm(root, { recursive: true });
  });

  async function folderOf(contents: Readonly<Record<string, string | Buffer>>): Promise<string> {
    round += 1;
    const folder = join(root, `source-${round}`);
    await mkdir(folder);
    for (const [name, text] of Object.entries(contents)) await writeFile(join(folder, name), text);
    return folder;
  }

  async function load(folder: string): Promise<OmopSource> {
    const scratch = join(root, `scratch-${round}`);
    await mkdir(scratch);
    return loadTables(db, findTables(await listOmopFolder(folder), cdm), { cdm, folder, scratch });
  }

  async function recordsOf(source: OmopSource): Promise<PatientRecord[]> {
    const records: PatientRecord[] = [];
    for await (const record of readRecords(db, source).records) records.push(record);
    return records;
  }

  it('becomes records of its persons: codes of the vocabulary, keys that say nothing, times as precise as they are', async () => {
    const [second, first] = await recordsOf(await load(await folderOf(files)));
    expect(first?.person).toEqual({
      key: 'p2',
      sex: 'male',
      birth: { ms: Date.UTC(1960, 2, 4), precision: 'day' },
      identifiers: [],
      ethnicity: {
        system: 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland',
        code: 'A',
        display: 'White British',
      },
      death: {
        at: { ms: Date.UTC(2021, 5, 1, 8, 30), precision: 'second' },
        cause: { system: 'http://snomed.info/sct', code: '22298006', display: 'Myocardial infarction' },
      },
    });
    expect(second?.person).toMatchObject({ key: 'p1', sex: 'female', birth: { precision: 'month' } });
    expect(first?.encounters).toEqual([
      {
        key: 'v2',
        class: 'inpatient',
        start: { ms: Date.UTC(2020, 1, 1, 10, 15), precision: 'second' },
        end: { ms: Date.UTC(2020, 1, 5), precision: 'day' },
        codes: [{ system: 'urn:omop:concept', code: '9201' }],
        stays: [],
      },
    ]);
    const [measurement, condition] = first?.events ?? [];
    expect(measurement).toMatchObject({
      kind: 'observation',
      encounter: 'v2',
      category: 'laboratory',
      codes: [{ system: 'http://loinc.org', code: '4548-4' }],
      value: { kind: 'quantity', quantity: { value: 6.5, unit: '%', isUcum: true, comparator: '<' } },
    });
    expect(condition).toMatchObject({
      kind: 'condition',
      codes: [
        { system: 'http://snomed.info/sct', code: '22298006' },
        { system: 'http://hl7.org/fhir/sid/icd-10', code: 'I21' },
      ],
    });
    expect(JSON.stringify([first, second])).not.toContain(big);
  });

  it('keeps what nobody mapped, and leaves out what names nobody or the visit of somebody else', async () => {
    const source = await load(await folderOf(files));
    const reading = readRecords(db, source);
    expect(() => reading.rowsRead()).toThrow('not read to their end');
    const read: PatientRecord[] = [];
    for await (const record of reading.records) read.push(record);
    const [second] = read;
    expect(second?.events.map(({ codes, encounter }) => [codes, encounter])).toEqual([
      [[{ system: 'urn:omop:concept', code: '2000000007' }], undefined],
      [[{ system: 'urn:omop:source-value', code: 'local, code' }], 'v1'],
      [[expect.objectContaining({ code: '4548-4' })], undefined],
    ]);
    expect(second?.events[2]).toMatchObject({
      start: { precision: 'day' },
      value: { quantity: { value: 7, unit: 'points', isUcum: false } },
    });
    expect(reading.rowsRead()).toContainEqual({ table: 'condition_occurrence', rows: 4, carried: 3 });
    expect(await findDanglingKeys(db, source)).toEqual([
      { table: 'condition_occurrence', field: 'person_id', parent: 'person', rows: 1 },
      { table: 'condition_occurrence', field: 'visit_occurrence_id', parent: 'visit_occurrence', rows: 1 },
    ]);
  });

  it('gives the same records as Parquet in the layout of OMOP-ES, whose links to people are never opened', async () => {
    const fromCsv = await recordsOf(await load(await folderOf(files)));
    const folder = await folderOf({ 'extract_summary.json': '{"gitsha":"abc","settings":{"site":"X"}}' });
    for (const name of ['public', 'private']) await mkdir(join(folder, name));
    for (const table of [
      'person',
      'death',
      'visit_occurrence',
      'condition_occurrence',
      'measurement',
      'concept',
    ])
      await db.query(
        `COPY (SELECT * FROM ${table}) TO ${textLiteral(join(folder, 'public', `${table.toUpperCase()}.parquet`))} (FORMAT parquet)`,
      );
    await db.query(
      `COPY (SELECT 1 AS measurement_id FROM range(7)) TO ${textLiteral(join(folder, 'public/MEASUREMENT_BAD.parquet'))} (FORMAT parquet)`,
    );
    // A link to itself: whoever opens it, or asks what it is, gets an error, root too.
    for (const link of ['private/PERSON_LINKS.parquet', 'public/PERSON_LINKS.parquet', 'VISIT_LINKS.parquet'])
      await symlink(join(folder, link), join(folder, link));
    await symlink(join(folder, 'private/PERSON.parquet'), join(folder, 'private/PERSON.parquet'));
    const found = findTables(await listOmopFolder(folder), cdm);
    expect(found).toMatchObject({
      layout: 'omop-es',
      links: ['VISIT_LINKS.parquet', 'public/PERSON_LINKS.parquet'],
      others: [],
    });
    const source = await load(folder);
    expect([...source.rejectedRows]).toEqual([['measurement', 7]]);
    expect(source.tables.get('person')?.misfits).toEqual([]);
    expect(await recordsOf(source)).toEqual(fromCsv);
    await expect(readFile(join(folder, 'public/PERSON_LINKS.parquet'))).rejects.toThrow('ELOOP');
    const summary = await readFile(join(folder, found.summary ?? ''), 'utf8');
    expect(readExtractSummary(summary)).toEqual({ gitSha: 'abc', madeAt: null, settings: { site: 'X' } });
  });

  it('may be gzipped, have headings alone, and spell its columns in capitals', async () => {
    const { 'person.csv': person = '', ...rest } = files;
    const source = await load(
      await folderOf({
        ...rest,
        'PERSON.csv.gz': gzipSync(person.replace(/^.*/, (line) => line.toUpperCase())),
        'NOTE.csv': 'note_id,person_id\n',
      }),
    );
    expect(source.tables.get('note')?.rows).toBe(0);
    expect(await recordsOf(source)).toHaveLength(2);
  });

  const broken: [string, Record<string, string | Buffer | undefined>, RegExp][] = [
    [
      'a folder without tables',
      Object.fromEntries(Object.keys(files).map((name) => [name, undefined])),
      /no table of the OMOP model/,
    ],
    ['no persons', { 'person.csv': undefined }, /table person: there is no such table/],
    ['a table twice', { 'person.csv.gz': gzipSync('person_id\n1\n') }, /table person: there are two files/],
    [
      'a word for a number',
      { 'measurement.csv': files['measurement.csv']?.replace(',7,', ',seven,') },
      /table measurement, row 2, field value_as_number: the cell is not of type float/,
    ],
    [
      'a fraction for a key',
      { 'measurement.csv': files['measurement.csv']?.replace('\n2,', '\n2.5,') },
      /table measurement, row 2, field measurement_id/,
    ],
    [
      'a number beyond 64 bits',
      { 'person.csv': files['person.csv']?.replace('-5', '9223372036854775808') },
      /row 2, field person_id: the cell is not of type integer/,
    ],
    [
      'no such day',
      { 'DEATH.csv': files['DEATH.csv']?.replaceAll('2021-06-01', '2021-06-31') },
      /table death, row 1, field death_date/,
    ],
    [
      'a column that is missing',
      { 'DEATH.csv': `person_id\n${big}\n` },
      /table death, field death_date: there is no such column/,
    ],
    [
      'bytes that are no UTF-8',
      { 'DEATH.csv': Buffer.from('person_id,death_date\n1,\xe9\n', 'latin1') },
      /table death: Line 2, column 2: the bytes of this cell are not UTF-8/,
    ],
    [
      'a ragged row',
      { 'DEATH.csv': 'person_id,death_date\n1\n' },
      /table death: Line 2, column 2: the row has 1 cell/,
    ],
    [
      'half a gzipped file',
      { 'DEATH.csv': undefined, 'DEATH.csv.gz': gzipSync(files['measurement.csv'] ?? '').subarray(0, 90) },
      /table death: unexpected end of file/,
    ],
    [
      'half a Parquet file',
      { 'DEATH.csv': undefined, 'DEATH.parquet': Buffer.from('PAR1 and then the disk was full') },
      /table death: .*(magic bytes|Parquet)/i,
    ],
    [
      'a person twice',
      { 'person.csv': files['person.csv']?.replace('-5', big) },
      /table person, field person_id: 1 rows repeat/,
    ],
    [
      'nobody knows when somebody was born',
      { 'person.csv': files['person.csv']?.replace('1960,3,4', ',3,4') },
      /table person, field year_of_birth/,
    ],
  ];

  it.each(broken)('is refused with the place and without a cell: %s', async (_, changes, message) => {
    const contents = Object.entries({ ...files, ...changes }).filter(([, text]) => text !== undefined);
    const folder = await folderOf(Object.fromEntries(contents) as Record<string, string>);
    const reading = (async () => recordsOf(await load(folder)))();
    await expect(reading).rejects.toThrow(message);
    await expect(reading).rejects.not.toThrow(/seven|06-31/);
  });

  it.each(['[1]', '{', '{"settings":3}'])('has a summary that is refused when it is none: %s', (text) => {
    expect(() => readExtractSummary(text)).toThrow('extract_summary.json');
  });
});
