import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { convertCsvToParquet } from '../src/core/files/csv-to-parquet.js';
import { openDuckDb } from '../src/core/files/duckdb.js';
import type { DuckDb } from '../src/core/files/duckdb.js';
import { inspectColumns } from '../src/core/files/inspect-columns.js';
import { openColumns } from '../src/core/files/open-columns.js';
import { exactNoise } from '../src/core/privacy/noise.js';
import type { Noise } from '../src/core/privacy/noise.js';
import { systemBits } from '../src/core/privacy/random-bits.js';
import { Random } from '../src/core/random/random.js';
import { isReleasable } from '../src/core/schema/schema.js';
import type { ColumnSchema, TableSchema } from '../src/core/schema/schema.js';
import type { ColumnSource } from '../src/core/table/column-source.js';
import { isMissing } from '../src/core/table/missing-bitmap.js';
import type { Column, Table } from '../src/core/table/table.js';
import { aimMethod } from '../src/generators/tabular/differentially-private/aim.js';
import { mstMethod } from '../src/generators/tabular/differentially-private/mst.js';
import { privateBayesianNetworkMethod } from '../src/generators/tabular/differentially-private/private-bayesian-network.js';
import { privateMarginalsMethod } from '../src/generators/tabular/differentially-private/private-marginals.js';
import { learnNetwork } from '../src/generators/tabular/differentially-private/private-network.js';
import type { PrivateMethod } from '../src/generators/tabular/differentially-private/private-network.js';
import { sampleNetwork } from '../src/generators/tabular/network/sample-network.js';
import { binned, qualityOf } from './quality/table-quality.js';
import type { Binned } from './quality/table-quality.js';

// node dist/bench/dp.js [method] [columns] [part of the noise's title] [parameters as JSON]; all without arguments.

const shared = process.env['PICKETFENCE_SHARED'] ?? '../shared';
const diabetes = 'data/datasets/diabetes130/diabetic_data.csv.gz';
const random = Random.fromSeed('bench');
const methods: readonly PrivateMethod[] = [
  privateMarginalsMethod,
  privateBayesianNetworkMethod,
  mstMethod,
  aimMethod,
];

/** What the method itself does to the data, for comparison. Nothing outside of this file can ask for it. */
const withoutNoise: Noise = {
  gaussian: () => 0,
  laplace: () => 0,
  below: () => 0,
  choose: (scores) => scores.reduce((best, score, at) => (score > (scores[best] ?? score) ? at : best), 0),
};

interface Case {
  readonly title: string;
  readonly noise: Noise;
  readonly parameters: Readonly<Record<string, unknown>>;
}

const exact = exactNoise(systemBits());
const cases: readonly Case[] = [
  { title: 'no noise', noise: withoutNoise, parameters: { epsilon: 100, rowsPerSubject: 1 } },
  { title: 'epsilon 3', noise: exact, parameters: { epsilon: 3, rowsPerSubject: 1 } },
  { title: 'epsilon 1', noise: exact, parameters: { epsilon: 1, rowsPerSubject: 1 } },
  {
    title: 'epsilon 1, a row of each patient',
    noise: exact,
    parameters: { epsilon: 1, rowsPerSubject: 1, subject: 'patient_nbr' },
  },
];

interface DataSet {
  readonly schema: TableSchema;
  readonly rows: ColumnSource;
}

/**
 * The diabetes table without its identifiers. Bounds and categories are those of the file: they stand for what its
 * publishers say of it, and a custodian would have to declare them.
 */
async function openDiabetes(db: DuckDb, folder: string): Promise<DataSet> {
  const text = gunzipSync(await readFile(join(shared, diabetes))).toString('utf8');
  const names = text.slice(0, text.indexOf('\n')).trim().split(',');
  await writeFile(join(folder, 'diabetes.csv'), text);
  const parquet = join(folder, 'diabetes.parquet');
  await convertCsvToParquet(db, join(folder, 'diabetes.csv'), parquet, names);
  const proposed = (await inspectColumns(db, parquet)).filter(
    (column) => isReleasable(column) && column.name !== 'patient_nbr',
  );
  const subject: ColumnSchema = { name: 'patient_nbr', type: 'identifier', missingMarkers: [] };
  const rows = await openColumns(db, parquet, { columns: [...proposed, subject] });
  const columns: ColumnSchema[] = [];
  for (const column of proposed) columns.push(declared(column, await rows.column(column.name)));
  return { schema: { columns }, rows };
}

function declared(schema: ColumnSchema, column: Column): ColumnSchema {
  const provenance = 'declared';
  if (column.kind === 'text') return schema;
  if (column.kind === 'category') return { ...schema, categories: { values: column.dictionary, provenance } };
  const present = Float64Array.from(column.values).filter((_, row) => !isMissing(column.missing, row));
  const sorted = present.sort();
  return { ...schema, bounds: { low: sorted[0] ?? 0, high: sorted.at(-1) ?? 0, provenance } };
}

async function joined(blocks: AsyncIterable<Table>, names: readonly string[]): Promise<Column[]> {
  const parts: Table[] = [];
  for await (const block of blocks) parts.push(block);
  return names.map((name) => joinColumn(parts.map(({ columns }) => columns.get(name))));
}

/** All blocks but the last have a number of rows that 8 divides. */
function joinColumn(parts: readonly (Column | undefined)[]): Column {
  const [first] = parts;
  const bytes = parts.map((part) => part?.missing ?? new Uint8Array());
  const missing = new Uint8Array(bytes.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of bytes) {
    missing.set(part, at);
    at += part.length;
  }
  const lists = parts.flatMap((part): ArrayLike<number>[] =>
    !part || part.kind === 'text' ? [] : [part.kind === 'category' ? part.codes : part.values],
  );
  const values = new Float64Array(lists.reduce((sum, part) => sum + part.length, 0));
  at = 0;
  for (const part of lists) {
    values.set(part, at);
    at += part.length;
  }
  if (first?.kind !== 'category') return { kind: 'number', values, missing };
  return { kind: 'category', codes: Int32Array.from(values), dictionary: first.dictionary, missing };
}

async function run(
  method: PrivateMethod,
  { title, noise, parameters }: Case,
  data: DataSet,
): Promise<string> {
  const options = { parameters: { ...parameters, ...given }, random, noise };
  const begun = { wall: performance.now(), cpu: process.cpuUsage() };
  const model = await learnNetwork(method, data, options);
  const fitted = performance.now();
  const cpu = process.cpuUsage(begun.cpu);
  const asked = { columns: model.names, rows: data.rows.rowCount, random: random.fork('rows') };
  const columns = await joined(sampleNetwork(model, asked, 4096), model.names);
  const sampled = performance.now();
  const memory = (process.resourceUsage().maxRSS * 1024) / 1e6;
  const real: Binned[] = [];
  const made: Binned[] = [];
  for (const [at, schema] of data.schema.columns.entries()) {
    real.push(binned(await data.rows.column(schema.name), schema));
    const column = columns[at];
    if (column) made.push(binned(column, schema));
  }
  const quality = qualityOf(real, made);
  return [
    method.name.padEnd(25),
    title.padEnd(33),
    String(data.schema.columns.length).padStart(4),
    ...[fitted - begun.wall, (cpu.user + cpu.system) / 1000, sampled - fitted].map((ms) =>
      (ms / 1000).toFixed(1).padStart(7),
    ),
    ((quality.shapes + quality.trends) / 2).toFixed(4).padStart(8),
    ((quality.shapes + quality.pairs) / 2).toFixed(4).padStart(8),
    ...[quality.shapes, quality.trends, quality.pairs, quality.triples].map((one) =>
      one.toFixed(4).padStart(8),
    ),
    `${memory.toFixed(0)} MB`.padStart(9),
  ].join(' ');
}

const [wanted = '', columnsText = '48,30', titles = '', parametersText = '{}'] = process.argv.slice(2);
const given = JSON.parse(parametersText) as Record<string, unknown>;
const folder = await mkdtemp(join(tmpdir(), 'picketfence-bench-'));
const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
try {
  const data = await openDiabetes(db, folder);
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`,
  );
  console.log(
    `diabetes, ${data.rows.rowCount} rows; goals: MST at epsilon 1 within 0.005 of Q without noise,`,
  );
  console.log('MST on 30 columns fitted and sampled in 15 s, AIM nearer to triples than MST.');
  console.log(
    'method                    noise                             cols   fit s   CPU s  rows s        Q       Q0   shapes   trends    pairs  triples    memory',
  );
  for (const width of columnsText.split(',').map(Number))
    for (const method of methods.filter(({ name }) => wanted === '' || name === wanted))
      for (const one of cases.filter(({ title }) => title.includes(titles)))
        console.log(
          await run(method, one, { ...data, schema: { columns: data.schema.columns.slice(0, width) } }),
        );
} finally {
  db.close();
  await rm(folder, { recursive: true });
}
