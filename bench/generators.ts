import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { gunzipSync } from 'node:zlib';
import { convertCsvToParquet } from '../src/core/files/csv-to-parquet.js';
import { openDuckDb } from '../src/core/files/duckdb.js';
import type { DuckDb } from '../src/core/files/duckdb.js';
import { inspectColumns } from '../src/core/files/inspect-columns.js';
import { openColumns } from '../src/core/files/open-columns.js';
import { Random } from '../src/core/random/random.js';
import { isReleasable } from '../src/core/schema/schema.js';
import type { ColumnSchema, TableSchema } from '../src/core/schema/schema.js';
import { ksComplement } from '../src/core/statistics/ks-complement.js';
import { categoryCounts, presentValues } from '../src/core/statistics/present-values.js';
import { tvComplement } from '../src/core/statistics/tv-complement.js';
import type { ColumnSource } from '../src/core/table/column-source.js';
import { isMissing } from '../src/core/table/missing-bitmap.js';
import { writeCsv } from '../src/exporters/csv/write-csv.js';
import { sequentialCart } from '../src/generators/tabular/sequential-cart/sequential-cart.js';

// node dist/bench/generators.js [parameters as JSON] [folder to keep the CSV files in]

/** Halved by its own two files, or by subject so that nobody is in both halves. */
interface DataSet {
  readonly name: string;
  readonly file: string;
  readonly holdoutFile?: string;
  readonly subject?: string;
  readonly rowsMax?: number;
}

const shared = process.env['PICKETFENCE_SHARED'] ?? '../shared';
const diabetes = { file: 'data/datasets/diabetes130/diabetic_data.csv.gz', subject: 'patient_nbr' };
const vectors = 'data/metric-vectors/breast-cancer';
const dataSets: readonly DataSet[] = [
  { name: 'breast-cancer', file: `${vectors}/real.csv`, holdoutFile: `${vectors}/holdout.csv` },
  { name: 'diabetes-20k', ...diabetes, rowsMax: 20_000 },
  { name: 'diabetes', ...diabetes },
];

/** Rows that are asked for their nearest neighbour, and rows that it is looked for among. */
const distanceLimits = { queries: 1000, references: 20_000 };
const megabyte = 1_000_000;
const random = Random.fromSeed('bench');

async function readText(file: string): Promise<string> {
  const bytes = await readFile(join(shared, file));
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
}

/** Writes train.csv and holdout.csv. The files of the data sets hold no quoted line breaks or commas. */
async function writeHalves(data: DataSet, folder: string): Promise<string[]> {
  const text = await readText(data.file);
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const names = header.trim().split(',');
  const halves: Record<'train' | 'holdout', string[]> = { train: lines, holdout: [] };
  if (data.holdoutFile !== undefined) {
    halves.holdout = (await readText(data.holdoutFile)).trimEnd().split('\n').slice(1);
  } else {
    const at = names.indexOf(data.subject ?? '');
    const isTrain = (line: string): boolean => random.uniformAt(Number(line.split(',')[at])) < 0.5;
    halves.train = lines.filter(isTrain);
    halves.holdout = lines.filter((line) => !isTrain(line));
  }
  for (const name of ['train', 'holdout'] as const) {
    const chosen = shuffled(halves[name], name).slice(0, data.rowsMax);
    await writeFile(join(folder, `${name}.csv`), [header, ...chosen, ''].join('\n'));
  }
  return names;
}

function shuffled(lines: readonly string[], name: string): string[] {
  const order = random.fork(name);
  const keyed = lines.map((line, index) => ({ line, key: order.uniformAt(index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ line }) => line);
}

/** Numbers, and categories as numbers that mean the same in every table; NaN where missing. */
type Matrix = Float64Array[];

async function matrixOf(
  source: ColumnSource,
  schema: TableSchema,
  codes: Map<string, number>,
): Promise<Matrix> {
  const matrix: Matrix = [];
  for (const { name } of schema.columns) {
    const column = await source.column(name);
    const values = new Float64Array(source.rowCount).fill(NaN);
    for (let row = 0; row < source.rowCount; row += 1) {
      if (column.kind === 'text' || isMissing(column.missing, row)) continue;
      if (column.kind !== 'category') values[row] = column.values[row] ?? NaN;
      else {
        const category = column.dictionary[column.codes[row] ?? 0] ?? '';
        if (!codes.has(category)) codes.set(category, codes.size);
        values[row] = codes.get(category) ?? NaN;
      }
    }
    matrix.push(values);
  }
  return matrix;
}

async function meanShape(real: ColumnSource, synthetic: ColumnSource, schema: TableSchema): Promise<number> {
  const scores: number[] = [];
  for (const { name } of schema.columns) {
    const [left, right] = [await real.column(name), await synthetic.column(name)];
    if (left.kind === 'text' || right.kind === 'text') continue;
    if (left.kind === 'category' && right.kind === 'category')
      scores.push(tvComplement(categoryCounts(left), categoryCounts(right)));
    else if (left.kind !== 'category' && right.kind !== 'category')
      scores.push(ksComplement(presentValues(left), presentValues(right)));
  }
  return mean(scores.filter((score) => !Number.isNaN(score)));
}

/** Mean absolute difference of Pearson's r over all pairs of numeric columns. */
function correlationError(real: Matrix, synthetic: Matrix, numeric: readonly number[]): number {
  const errors: number[] = [];
  for (const [index, left] of numeric.entries())
    for (const right of numeric.slice(index + 1)) {
      const error = Math.abs(pearson(real, left, right) - pearson(synthetic, left, right));
      if (!Number.isNaN(error)) errors.push(error);
    }
  return mean(errors);
}

function pearson(matrix: Matrix, left: number, right: number): number {
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  const [xs = new Float64Array(), ys = new Float64Array()] = [matrix[left], matrix[right]];
  const [x0, y0] = [xs.find((x) => !Number.isNaN(x)) ?? 0, ys.find((y) => !Number.isNaN(y)) ?? 0];
  for (let row = 0; row < xs.length; row += 1) {
    const [x, y] = [(xs[row] ?? NaN) - x0, (ys[row] ?? NaN) - y0];
    if (Number.isNaN(x + y)) continue;
    [n, sx, sy, sxx, syy, sxy] = [n + 1, sx + x, sy + y, sxx + x * x, syy + y * y, sxy + x * y];
  }
  return (n * sxy - sx * sy) / Math.sqrt((n * sxx - sx * sx) * (n * syy - sy * sy));
}

function copyShare(rows: Matrix, among: Matrix): number {
  const keyOf = (matrix: Matrix, row: number): string => matrix.map((values) => values[row]).join();
  const known = new Set(Array.from(among[0] ?? [], (_, row) => keyOf(among, row)));
  return mean(Array.from(rows[0] ?? [], (_, row) => (known.has(keyOf(rows, row)) ? 1 : 0)));
}

/** SDMetrics' distance: share of the range, or 0 and 1 for categories and missing cells; summed over the columns. */
function nearestDistances(
  queries: Matrix,
  references: Matrix,
  numeric: readonly number[],
  rows: number,
): number[] {
  const width = references.length;
  const ranges = Float64Array.from(references, (values, at) => (numeric.includes(at) ? rangeOf(values) : 0));
  const cells = new Float64Array(rows * width);
  for (let at = 0; at < cells.length; at += 1)
    cells[at] = references[at % width]?.[Math.floor(at / width)] ?? NaN;
  const count = Math.min(distanceLimits.queries, queries[0]?.length ?? 0);
  return Array.from({ length: count }, (_, query) =>
    nearest(
      Float64Array.from(queries, (values) => values[query] ?? NaN),
      cells,
      ranges,
    ),
  );
}

function nearest(query: Float64Array, cells: Float64Array, ranges: Float64Array): number {
  let best = Infinity;
  for (let start = 0; start < cells.length; start += query.length) {
    let sum = 0;
    for (let column = 0; column < query.length && sum < best; column += 1) {
      const a = query[column] ?? 0;
      const b = cells[start + column] ?? 0;
      if (a === b || (a !== a && b !== b)) continue;
      const range = ranges[column] ?? 0;
      const share = Math.abs(a - b) / range;
      sum += share < 1 ? share : 1; // No range and a missing cell give no share below 1.
    }
    if (sum < best) best = sum;
  }
  return best;
}

function rangeOf(values: Float64Array): number {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort();
  return (sorted.at(-1) ?? 0) - (sorted[0] ?? 0);
}

/** Share of synthetic rows that are nearer to the training rows than to as many others; ties count half. */
function closerShare(synthetic: Matrix, train: Matrix, holdout: Matrix, numeric: readonly number[]): number {
  const rows = Math.min(distanceLimits.references, ...[train, holdout].map(([first]) => first?.length ?? 0));
  const near = nearestDistances(synthetic, train, numeric, rows);
  const far = nearestDistances(synthetic, holdout, numeric, rows);
  return mean(near.map((distance, row) => 0.5 + Math.sign((far[row] ?? 0) - distance) / 2));
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

interface Made {
  readonly schema: TableSchema;
  readonly tables: Record<'train' | 'holdout' | 'synthetic', ColumnSource>;
  /** Seconds to fit, seconds to sample, megabytes of the model, megabytes of memory at most so far. */
  readonly costs: readonly number[];
}

async function make(data: DataSet, { db, folder, parameters }: Bench): Promise<Made> {
  const names = await writeHalves(data, folder);
  const path = (name: string, ending: string): string => join(folder, `${name}.${ending}`);
  const convert = (name: string, columns: readonly string[]): Promise<number> =>
    convertCsvToParquet(db, path(name, 'csv'), path(name, 'parquet'), columns);
  for (const name of ['train', 'holdout']) await convert(name, names);
  const proposed = await inspectColumns(db, path('train', 'parquet'));
  const schema = { columns: proposed.filter(isReleasable) };
  const train = await openColumns(db, path('train', 'parquet'), schema);
  const start = performance.now();
  const model = await sequentialCart.fit({ schema, rows: train }, { parameters, random: random.fork('fit') });
  const fitted = performance.now();
  const formats = sequentialCart.formats(model);
  const columns = formats.map(({ name }) => name);
  const options = { columns, rows: train.rowCount, random: random.fork('rows') };
  const bytes = Readable.from(writeCsv(sequentialCart.sample(model, options), formats));
  await pipeline(bytes, createWriteStream(path('synthetic', 'csv')));
  const sampled = performance.now();
  const peakMemory = (process.resourceUsage().maxRSS * 1024) / megabyte;
  await convert('synthetic', columns);
  const written = { columns: schema.columns.map((column) => ({ ...column, missingMarkers: [''] })) };
  const synthetic = await openColumns(db, path('synthetic', 'parquet'), written);
  const holdout = await openColumns(db, path('holdout', 'parquet'), schema);
  const size = sequentialCart.save(model).length / megabyte;
  const costs = [(fitted - start) / 1000, (sampled - fitted) / 1000, size, peakMemory];
  return { schema, tables: { train, holdout, synthetic }, costs };
}

interface Bench {
  readonly db: DuckDb;
  readonly folder: string;
  readonly parameters: Record<string, unknown>;
}

async function run(data: DataSet, bench: Bench): Promise<string> {
  const { schema, tables, costs } = await make(data, bench);
  const codes = new Map<string, number>();
  const real = await matrixOf(tables.train, schema, codes);
  const made = await matrixOf(tables.synthetic, schema, codes);
  const other = await matrixOf(tables.holdout, schema, codes);
  const isNumeric = ({ type }: ColumnSchema): boolean => type !== 'category' && type !== 'boolean';
  const numeric = schema.columns.flatMap((column, at) => (isNumeric(column) ? [at] : []));
  const [fit = 0, sample = 0, size = 0, peak = 0] = costs;
  return [
    data.name.padEnd(14),
    `${tables.train.rowCount} x ${schema.columns.length}`.padStart(11),
    ...[fit, sample].map((seconds) => seconds.toFixed(2).padStart(8)),
    size.toFixed(1).padStart(8),
    (await meanShape(tables.train, tables.synthetic, schema)).toFixed(4).padStart(8),
    correlationError(real, made, numeric).toFixed(4).padStart(8),
    ...[made, other].map((rows) => `${(100 * copyShare(rows, real)).toFixed(3)} %`.padStart(9)),
    closerShare(made, real, other, numeric).toFixed(3).padStart(6),
    `${peak.toFixed(0)} MB`.padStart(8),
  ].join(' ');
}

const [parametersText = '{}', kept] = process.argv.slice(2);
const folder = kept ?? (await mkdtemp(join(tmpdir(), 'picketfence-bench-')));
const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
try {
  const parameters = JSON.parse(parametersText) as Record<string, unknown>;
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`,
  );
  console.log(
    'data set       rows x cols    fit s sample s model MB    shape  r error    copies   holdout    DCR   memory',
  );
  for (const data of dataSets) console.log(await run(data, { db, folder, parameters }));
} finally {
  db.close();
  if (kept === undefined) await rm(folder, { recursive: true });
}
