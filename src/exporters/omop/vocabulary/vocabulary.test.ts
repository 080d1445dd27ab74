import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Coded } from '../../../core/events/coded.js';
import type { PatientRecord } from '../../../core/events/patient-record.js';
import { aDirectory } from '../../../core/events/testing/a-record.js';
import { openDuckDb } from '../../../core/files/duckdb.js';
import { aFolder, anOmopFolder, aVocabulary, theCdm } from '../testing/omop-folder.js';
import type { Mapping } from './concept.js';

const folders: string[] = [];
afterAll(async () => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))));

async function folderOf(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await aFolder();
  folders.push(folder);
  for (const [name, lines] of Object.entries(files))
    await writeFile(join(folder, name), lines.replaceAll(' | ', '\t'));
  return folder;
}

const conceptHeader =
  'concept_id | concept_name | domain_id | vocabulary_id | concept_class_id | standard_concept | concept_code | valid_start_date | valid_end_date | invalid_reason';
const relationHeader =
  'concept_id_1 | concept_id_2 | relationship_id | valid_start_date | valid_end_date | invalid_reason';
/** A download with one code that is two things, one that is no more valid, and a drug with its ingredient. */
const athena = {
  'CONCEPT.csv': `${conceptHeader}
1000 | Fever "and" cough | Condition | SNOMED | Clinical Finding |  | 11 | 20020131 | 20991231 | \n1001 | Fever | Condition | SNOMED | Clinical Finding | S | 12 | 20020131 | 20991231 | \n1002 | Cough | Condition | SNOMED | Clinical Finding | S | 13 | 20020131 | 20991231 | \n1003 | Old cough | Condition | SNOMED | Clinical Finding |  | 14 | 20020131 | 20100131 | U\n1004 | Tablet | Drug | RxNorm Extension | Clinical Drug | S | OMOP1 | 20020131 | 20991231 | \n1005 | Substance | Drug | RxNorm | Ingredient | S | 77 | 20020131 | 20991231 | \n1006 | UK tablet | Drug | dm+d | VMP |  | 999 | 20020131 | 20991231 | \n`,
  'CONCEPT_RELATIONSHIP.csv': `${relationHeader}
1000 | 1001 | Maps to | 20020131 | 20991231 | \n1000 | 1002 | Maps to | 20020131 | 20991231 | \n1003 | 1001 | Maps to | 20020131 | 20100131 | D\n1006 | 1004 | Maps to | 20020131 | 20991231 | \n1001 | 1002 | Is a | 20020131 | 20991231 | \n`,
  'CONCEPT_ANCESTOR.csv': `ancestor_concept_id | descendant_concept_id | min_levels_of_separation | max_levels_of_separation
1005 | 1004 | 1 | 2\n1005 | 1005 | 0 | 0\n`,
  'VOCABULARY.csv': `vocabulary_id | vocabulary_name | vocabulary_reference | vocabulary_version | vocabulary_concept_id
None | OMOP | OMOP | v5.0 30-AUG-25 | 44819096\ndm+d | Dictionary | NHS |  | 232\n`,
  'CONCEPT_CLASS.csv': `concept_class_id | concept_class_name | concept_class_concept_id\nVMP | Virtual product | 233\n`,
};
const named = `232 | dm+d | Metadata | Vocabulary | Vocabulary |  | OMOP generated | 19700101 | 20991231 | \n233 | VMP | Metadata | Concept Class | Concept Class |  | OMOP generated | 19700101 | 20991231 | \n`;
athena['CONCEPT.csv'] += named;

const snomed = (code: string): Coded => ({ system: 'http://snomed.info/sct', code });
const dmd: Coded = { system: 'https://dmd.nhs.uk', code: '999' };

async function resolved(codes: readonly Coded[], folder?: string): Promise<(Mapping | undefined)[]> {
  const vocabulary = await aVocabulary(await theCdm(), folder);
  try {
    await vocabulary.resolve(codes);
    return codes.map((code) => vocabulary.find(code));
  } finally {
    vocabulary.close();
  }
}

describe('a vocabulary', () => {
  it('knows several standard concepts of one code, no invalid mapping, and none for what it does not have', async () => {
    const found = await resolved([...['11', '12', '14', '15'].map(snomed), dmd], await folderOf(athena));
    expect(found.map((mapping) => [mapping?.source, mapping?.targets.map(({ id }) => id)])).toEqual([
      ...[
        [1000, [1001, 1002]],
        [1001, [1001]],
        [1003, []],
        [null, []],
        [1006, [1004]],
      ],
    ]);
  });

  it('that is shipped has every place where the modules send people from hospital', async () => {
    const names = await readdir('content/modules', { recursive: true });
    const texts = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map((name) => readFile(join('content/modules', name), 'utf8')),
    );
    const dispositions = texts.flatMap((text) =>
      [...text.matchAll(/"discharge_disposition": \{[^}]*\}/g)].join('\n'),
    );
    const codes = new Set(
      [...dispositions.join('\n').matchAll(/"code": "(\w+)"/g)].map(([, code = '']) => code),
    );
    expect(codes.size).toBeGreaterThan(3);
    const system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-DischargeDestinationEngland';
    const found = await resolved([...codes].map((code) => ({ system, code })));
    for (const mapping of found)
      expect(mapping?.targets).toEqual([expect.objectContaining({ domain: 'Visit' })]);
  });

  it('that is shipped maps local categories by the map of its own, without a source concept', async () => {
    const system = 'https://fhir.hl7.org.uk/CodeSystem/UKCore-EthnicCategoryEngland';
    const [asian, mixed] = await resolved([
      { system, code: 'H' },
      { system, code: 'D' },
    ]);
    expect(asian).toMatchObject({ source: null, targets: [{ id: 8515, domain: 'Race' }] });
    expect(mixed).toMatchObject({ source: null, targets: [] });
  });

  it('is read from Parquet as from text', async () => {
    const text = await folderOf(athena);
    const parquet = await folderOf({});
    const db = await openDuckDb({ allowedDirectories: [text, parquet], tempDirectory: tmpdir() });
    for (const name of Object.keys(athena)) {
      const columns = `header = true, delim = '\t', quote = '', all_varchar = true`;
      const target = join(parquet, name.toLowerCase().replace('.csv', '.parquet'));
      await db.query(
        `COPY (FROM read_csv('${join(text, name)}', ${columns})) TO '${target}' (FORMAT parquet)`,
      );
    }
    db.close();
    const codes = [...['11', '12', '14', '15'].map(snomed), dmd];
    expect(await resolved(codes, parquet)).toEqual(await resolved(codes, text));
  });

  it('gives rows for every concept of a release, drug eras of ingredients, and a row for each thing that a code is', async () => {
    const start = { ms: Date.UTC(2024, 0, 1), precision: 'day' as const };
    const record: PatientRecord = {
      person: { key: 'p', sex: 'female', birth: start, identifiers: [] },
      encounters: [],
      events: [
        { kind: 'condition', key: 'c', start, codes: [snomed('11')] },
        { kind: 'medication-administration', key: 'd', start, codes: [dmd] },
      ],
    };
    const folder = await anOmopFolder([record], { vocabulary: await folderOf(athena) });
    folders.push(folder.folder);
    expect(await folder.rows('condition_occurrence')).toMatchObject([
      { condition_concept_id: '1001', condition_source_concept_id: '1000', condition_source_value: '11' },
      { condition_concept_id: '1002' },
    ]);
    expect(await folder.rows('drug_era')).toMatchObject([
      { drug_concept_id: '1005', drug_exposure_count: '1' },
    ]);
    expect(await folder.rows('concept_ancestor')).toMatchObject([
      { ancestor_concept_id: '1005', descendant_concept_id: '1004' },
      { ancestor_concept_id: '1005', descendant_concept_id: '1005' },
    ]);
    const concepts = new Map((await folder.rows('concept')).map((row) => [row['concept_id'], row]));
    expect(concepts.get('1000')).toMatchObject({
      concept_name: 'Fever "and" cough',
      valid_start_date: '2002-01-31',
    });
    for (const id of ['0', '8532', '32882', '232', '233', '756265']) expect(concepts.has(id)).toBe(true);
    expect((await folder.rows('vocabulary')).map((row) => row['vocabulary_id'])).toContain('dm+d');
    expect((await folder.rows('cdm_source'))[0]).toMatchObject({ vocabulary_version: 'v5.0 30-AUG-25' });
  });

  it.each([
    ['is not there', '/nowhere/at/all', /\/nowhere\/at\/all is not a folder/],
    ['has no concepts', {}, /has no CONCEPT file/],
    [
      'lacks a column',
      { ...athena, 'CONCEPT.csv': 'concept_id | concept_name\n' },
      /CONCEPT.csv has no column "domain_id"/,
    ],
    [
      'has text for a number',
      { ...athena, 'CONCEPT.csv': athena['CONCEPT.csv'].replace('1000 |', 'x |') },
      /cannot be read/,
    ],
    ['has a table twice', { ...athena, 'concept.parquet': '' }, /and which one holds/],
  ])('that %s is refused by name', async (_, files, message) => {
    const folder = typeof files === 'string' ? files : await folderOf(files);
    await expect(aVocabulary(await theCdm(), folder)).rejects.toThrow(message);
  });

  it('that lacks what a concept is named by is refused when the release is finished', async () => {
    const folder = await folderOf({
      ...athena,
      'VOCABULARY.csv': athena['VOCABULARY.csv'].replace('| 232', '| 55'),
    });
    const start = { ms: 0, precision: 'day' as const };
    const record: PatientRecord = {
      person: { key: 'p', sex: 'female', birth: start, identifiers: [] },
      encounters: [],
      events: [{ kind: 'immunisation', key: 'd', start, codes: [dmd] }],
    };
    const written = anOmopFolder([record], { vocabulary: folder, directory: aDirectory });
    await expect(written).rejects.toThrow('has no row for concept 55');
  });
});
