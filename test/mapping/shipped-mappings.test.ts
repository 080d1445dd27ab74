import { readFile } from 'node:fs/promises';
import type { PatientRecord } from '../../src/core/events/patient-record.js';
import { withTables } from '../../src/commands/map/open-tables.js';
import type { MappingCoverage } from '../../src/exporters/mapping/coverage.js';
import { mapTables } from '../../src/exporters/mapping/map-tables.js';
import { readMapping } from '../../src/exporters/mapping/read-mapping.js';
import { breaches } from '../../src/exporters/mapping/testing/record-laws.js';
import { splitCsvRecord } from '../../src/core/files/split-csv-record.js';
import { describeWithShared } from '../support/shared-data.js';

const signal = new AbortController().signal;

interface MappedFile {
  readonly records: readonly PatientRecord[];
  readonly coverage: MappingCoverage;
}

async function mapFile(name: string, csv: string): Promise<MappedFile> {
  const file = `content/mappings/${name}/mapping.yaml`;
  const mapping = readMapping(file, await readFile(file, 'utf8'));
  return withTables(csv, mapping.mapping.tables[0]?.name, signal, async ({ tables }) => {
    const mapped = await mapTables(mapping, tables);
    const records: PatientRecord[] = [];
    for await (const record of mapped.records) records.push(record);
    return { records, coverage: mapped.coverage() };
  });
}

async function rowsOf(csv: string): Promise<ReadonlyMap<string, string>[]> {
  const [head = '', ...lines] = (await readFile(csv, 'utf8')).trimEnd().split('\n');
  const names = splitCsvRecord(head);
  return lines.map((line) => new Map(splitCsvRecord(line).map((cell, place) => [names[place] ?? '', cell])));
}

describeWithShared('diabetes-130', 'datasets/diabetes130/diabetic_data_sample.csv', (csv) => {
  it('becomes stays with diagnoses, results and medicines, each as often as the table has it', async () => {
    const [{ records, coverage }, rows] = [await mapFile('diabetes-130', csv), await rowsOf(csv)];
    expect(breachesOfSome(records)).toEqual([]);
    const count = (test: (row: ReadonlyMap<string, string>) => boolean): number => rows.filter(test).length;
    expect(coverage.persons).toBe(new Set(rows.map((row) => row.get('patient_nbr'))).size);
    // One stay comes after the death of its person; everything of its row goes with it.
    expect(coverage.leftOut).toEqual([{ table: 'diabetic_data', reason: 'after death', count: 1 }]);
    expect(coverage.encounters).toBe(rows.length - 1);
    const rule = (column: string): number | undefined =>
      coverage.eventRules.find((one) => one.column === column)?.count;
    for (const drug of ['metformin', 'glipizide', 'insulin'])
      expect(Math.abs((rule(drug) ?? 0) - count((row) => row.get(drug) !== 'No'))).toBeLessThanOrEqual(1);
    const a1c = records.flatMap(({ events }) => events.filter(({ codes }) => codes[0]?.code === '4548-4'));
    expect(a1c).toHaveLength(count((row) => row.get('A1Cresult') !== 'None'));
    expect(coverage.dead).toBe(count((row) => row.get('discharge_disposition_id') === '11'));
    expect(coverage.tables[0]?.columnsUnmapped).toContain('payer_code');
  });

  it('keeps no number of a patient or a stay', async () => {
    const [{ records }, rows] = [await mapFile('diabetes-130', csv), await rowsOf(csv)];
    const text = JSON.stringify(records.slice(0, 200));
    for (const row of rows.slice(0, 200)) expect(text).not.toContain(row.get('patient_nbr') ?? '-');
  });

  it('takes no number for a code whose leading zeros the table lost, and says so', async () => {
    const { records, coverage } = await mapFile('diabetes-130', csv);
    const icd9 = records
      .flatMap(({ events }) => events.flatMap(({ codes }) => codes))
      .filter(({ system }) => system === 'http://hl7.org/fhir/sid/icd-9-cm');
    expect(icd9.every(({ code }) => /^(\d{3}|V\d\d)(\.\d{1,2})?$|^E\d{3}/.test(code))).toBe(true);
    const first = coverage.valueMaps.find(({ column }) => column === 'diag_1');
    expect(first?.values.find(({ value }) => value === '38')).toMatchObject({ verdict: 'not covered' });
  });
});

describeWithShared('pbcseq', 'datasets/pbc/pbcseq.csv', (csv) => {
  it('becomes visits with laboratory results until death, transplantation or the end of the study', async () => {
    const [{ records, coverage }, rows] = [await mapFile('pbcseq', csv), await rowsOf(csv)];
    expect(breachesOfSome(records)).toEqual([]);
    expect(coverage.leftOut).toEqual([]);
    expect(coverage.encounters).toBe(rows.length);
    const persons = (status: string): number =>
      new Set(rows.flatMap((row) => (row.get('status') === status ? [row.get('id')] : []))).size;
    expect(coverage.dead).toBe(persons('2'));
    expect(coverage.events.procedure).toBe(persons('1'));
    const cholesterol = coverage.eventRules.find(({ column }) => column === 'chol');
    expect(cholesterol?.count).toBe(rows.filter((row) => row.get('chol') !== '').length);
    expect(coverage.tables[0]?.columnsUnmapped).toEqual(['trt', 'spiders', 'stage']);
  });
});

describeWithShared('breast cancer', 'datasets/breast-cancer-wisconsin/data.csv', (csv) => {
  it('becomes a biopsy with its measures and, of malignant masses, the diagnosis', async () => {
    const { records, coverage } = await mapFile('breast-cancer-wisconsin', csv);
    expect(breachesOfSome(records)).toEqual([]);
    expect(coverage.events).toEqual({ procedure: 569, condition: 212, observation: 569 * 30 });
    expect(coverage.tables[0]?.columnsUnmapped).toEqual(['id']);
  });
});

describeWithShared('the codes of the shipped mappings', 'omop/vocab/concept_subset.csv', (csv) => {
  it('are those of the vocabulary where it has them: laboratory tests, units, the diagnosis and the biopsy', async () => {
    const known = new Map(
      (await rowsOf(csv)).map((row) => [
        `${row.get('vocabulary_id') ?? ''} ${row.get('concept_code') ?? ''}`,
        row,
      ]),
    );
    const texts = await Promise.all(
      ['diabetes-130', 'pbcseq', 'breast-cancer-wisconsin'].map((name) =>
        readFile(`content/mappings/${name}/mapping.yaml`, 'utf8'),
      ),
    );
    const all = texts.join('\n');
    const loinc = [...all.matchAll(/system: LOINC,?\s+code: ([\d-]+),?\s+display: '?([^'}\n]+?)'? ?[}\n]/g)];
    expect(loinc).toHaveLength(9);
    for (const [, code = '', display] of loinc)
      expect([code, known.get(`LOINC ${code}`)?.get('concept_name')]).toEqual([code, display]);
    const units = [...all.matchAll(/unit: '?([^'\s]+)'?$/gm)].map(([, unit = '']) => unit);
    expect(units.length).toBeGreaterThan(7);
    // The vocabulary writes enzyme units in its own way, [U]; in UCUM they are U.
    for (const unit of units)
      expect([unit, known.has(`UCUM ${unit.replace(/^U\b/, '[U]')}`)]).toEqual([unit, true]);
    for (const code of ['254837009', '122548005']) expect(known.has(`SNOMED ${code}`)).toBe(true);
  });
});

/** Keys are compared with each other, so only of so many persons; everything else is asked of all. */
function breachesOfSome(records: readonly PatientRecord[]): string[] {
  return [...breaches(records.slice(0, 100)), ...records.flatMap((record) => breaches([record]))];
}
