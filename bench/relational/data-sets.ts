import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { TimeWindow } from '../../src/generators/relational/dataset.js';

/** A folder of CSV files, what SDV would say of it, and between what its times lie. */
export interface RelationalDataSet {
  readonly name: string;
  readonly files: Readonly<Record<string, string>>;
  readonly subjects?: string;
  /** The table of subjects, or of sequences, and its key. */
  readonly metadata: (headers: ReadonlyMap<string, readonly string[]>) => object;
  readonly windows: readonly TimeWindow[];
  /** Times as many subjects as the source has: chance weighs less. */
  readonly made: number;
}

const nafldColumns = {
  nafld1: {
    ...{ id: 'id', age: 'numerical', male: 'categorical', weight: 'numerical', height: 'numerical' },
    ...{ bmi: 'numerical', futime: 'numerical', status: 'categorical' },
  },
  nafld2: { id: 'id', days: 'numerical', test: 'categorical', value: 'numerical' },
  nafld3: { id: 'id', days: 'numerical', event: 'categorical' },
};

const typed = (columns: Readonly<Record<string, string>>): object =>
  Object.fromEntries(Object.entries(columns).map(([name, sdtype]) => [name, { sdtype }]));

const nafldWindow = (table: string): TimeWindow => ({
  ...{ table, column: 'days' },
  notBefore: { table: 'nafld1', column: 'age', reads: 'age' },
  notAfter: { table: 'nafld1', column: 'futime', reads: 'value' },
});

const nafld: RelationalDataSet = {
  name: 'nafld',
  files: { nafld1: 'nafld/nafld1.csv', nafld2: 'nafld/nafld2.csv.gz', nafld3: 'nafld/nafld3.csv' },
  metadata: () => ({
    tables: {
      nafld1: { columns: typed(nafldColumns.nafld1), primary_key: 'id' },
      nafld2: { columns: typed(nafldColumns.nafld2), sequence_key: 'id', sequence_index: 'days' },
      nafld3: { columns: typed(nafldColumns.nafld3), sequence_key: 'id', sequence_index: 'days' },
    },
    relationships: ['nafld2', 'nafld3'].map((child) => relationship('nafld1', child, 'id')),
  }),
  windows: [nafldWindow('nafld2'), nafldWindow('nafld3')],
  made: 1,
};

function relationship(parent: string, child: string, key: string): object {
  return {
    ...{ parent_table_name: parent, parent_primary_key: key },
    ...{ child_table_name: child, child_foreign_key: key },
  };
}

const pbcseq: RelationalDataSet = {
  name: 'pbcseq',
  files: { pbcseq: 'pbc/pbcseq.csv' },
  metadata: (headers) => {
    const categories = ['status', 'trt', 'sex', 'ascites', 'hepato', 'spiders', 'edema', 'stage'];
    const columns = (headers.get('pbcseq') ?? []).map((name) => [
      name,
      name === 'id' ? 'id' : categories.includes(name) ? 'categorical' : 'numerical',
    ]);
    const table = typed(Object.fromEntries(columns) as Record<string, string>);
    return {
      tables: { pbcseq: { columns: table, sequence_key: 'id', sequence_index: 'day' } },
      relationships: [],
    };
  },
  windows: [
    {
      ...{ table: 'pbcseq', column: 'day' },
      notBefore: { table: 'pbcseq', column: 'age', reads: 'age' },
      notAfter: { table: 'pbcseq', column: 'futime', reads: 'value' },
    },
  ],
  made: 10,
};

const omopTables: Readonly<Record<string, readonly string[]>> = {
  person: [],
  care_site: [],
  death: ['person'],
  observation_period: ['person'],
  visit_occurrence: ['person'],
  visit_detail: ['person', 'visit_occurrence', 'care_site'],
  condition_occurrence: ['person', 'visit_occurrence'],
  procedure_occurrence: ['person', 'visit_occurrence'],
  drug_exposure: ['person', 'visit_occurrence'],
  device_exposure: ['person', 'visit_occurrence'],
  measurement: ['person', 'visit_occurrence'],
  observation: ['person', 'visit_occurrence'],
  specimen: ['person'],
  condition_era: ['person'],
  drug_era: ['person'],
  dose_era: ['person'],
};
const gzipped = new Set([
  ...['visit_detail', 'condition_occurrence', 'procedure_occurrence', 'drug_exposure', 'measurement'],
]);
const omopStarts: Readonly<Record<string, string>> = {
  death: 'death_date',
  observation_period: 'observation_period_start_date',
  visit_occurrence: 'visit_start_date',
  visit_detail: 'visit_detail_start_date',
  condition_occurrence: 'condition_start_date',
  procedure_occurrence: 'procedure_date',
  drug_exposure: 'drug_exposure_start_date',
  device_exposure: 'device_exposure_start_date',
  measurement: 'measurement_date',
  observation: 'observation_date',
  specimen: 'specimen_date',
  condition_era: 'condition_era_start_date',
  drug_era: 'drug_era_start_date',
  dose_era: 'dose_era_start_date',
};

function omopType(name: string): object {
  if (name.endsWith('_date')) return { sdtype: 'datetime', datetime_format: '%Y-%m-%d' };
  if (name.endsWith('_datetime')) return { sdtype: 'datetime', datetime_format: '%Y-%m-%d %H:%M:%S' };
  if (name.endsWith('concept_id')) return { sdtype: 'categorical' };
  if (/_id$|source_value$|_time$|^sig$|^lot_number$|stop_reason$|_name$/.test(name)) return { sdtype: 'id' };
  return {
    sdtype: /value_as_string|place_of_service|modifier|status/.test(name) ? 'categorical' : 'numerical',
  };
}

const omop: RelationalDataSet = {
  name: 'mimic-iv-demo-omop',
  files: Object.fromEntries(
    Object.keys(omopTables).map((table) => [
      table,
      `mimic-iv-demo-omop/${table}.csv${gzipped.has(table) ? '.gz' : ''}`,
    ]),
  ),
  subjects: 'person',
  metadata: (headers) => ({
    tables: Object.fromEntries(
      Object.keys(omopTables).map((table) => [
        table,
        {
          columns: Object.fromEntries((headers.get(table) ?? []).map((name) => [name, omopType(name)])),
          primary_key: table === 'death' ? 'person_id' : `${table}_id`,
        },
      ]),
    ),
    relationships: Object.entries(omopTables).flatMap(([child, parents]) =>
      parents.map((parent) => relationship(parent, child, `${parent}_id`)),
    ),
  }),
  windows: Object.entries(omopStarts).map(([table, column]) => ({
    ...{ table, column, notBefore: { table: 'person', column: 'year_of_birth', reads: 'year' as const } },
    ...(table === 'death'
      ? {}
      : { notAfter: { table: 'death', column: 'death_date', reads: 'value' as const } }),
  })),
  made: 1,
};

export const relationalDataSets: readonly RelationalDataSet[] = [nafld, pbcseq, omop];

const shared = process.env['PICKETFENCE_SHARED'] ?? '../shared';

/** Writes a data set as CSV files with a metadata.json beside them. */
export async function writeDataSet({ files, metadata }: RelationalDataSet, folder: string): Promise<void> {
  const headers = new Map<string, readonly string[]>();
  for (const [table, file] of Object.entries(files)) {
    const bytes = await readFile(join(shared, 'data/datasets', file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    await writeFile(join(folder, `${table}.csv`), text);
    headers.set(
      table,
      text
        .slice(0, text.indexOf('\n'))
        .trim()
        .split(',')
        .map((name) => name.replaceAll('"', '')),
    );
  }
  await writeFile(join(folder, 'metadata.json'), JSON.stringify(metadata(headers)));
}
