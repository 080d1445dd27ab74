import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { convertCsvToParquet } from '../src/core/files/csv-to-parquet.js';
import { openDuckDb } from '../src/core/files/duckdb.js';
import { openColumns } from '../src/core/files/open-columns.js';
import { Random } from '../src/core/random/random.js';
import type { ColumnSchema, TableSchema } from '../src/core/schema/schema.js';
import type { ColumnSource } from '../src/core/table/column-source.js';
import { isMissing } from '../src/core/table/missing-bitmap.js';
import { writeCsv } from '../src/exporters/csv/write-csv.js';
import type { RowsGenerator } from '../src/generators/generator.js';
import { findGenerator } from '../src/generators/generators.js';
import { recommendMethod } from '../src/generators/recommend-method.js';
import { closeness } from './measures/distance.js';
import { dataSets, halve, pathIn } from './measures/halves.js';
import type { Bench, DataSet, Halves } from './measures/halves.js';
import { logisticAuc } from './measures/logistic.js';
import { mean } from './measures/matrix.js';
import type { Matrix } from './measures/matrix.js';
import { quality } from './measures/quality.js';

// node dist/bench/generators.js [data set] ['generator {parameters}' [seeds]]

const [wanted = '', chosen, seeds] = process.argv.slice(2);
const seedsOf = (data: DataSet): number => Number(seeds ?? data.seeds ?? 1);

const megabyte = 1_000_000;
const random = Random.fromSeed('bench');

async function matrixOf(
  source: ColumnSource,
  schema: TableSchema,
  codes: Map<string, number>,
): Promise<Matrix> {
  const matrix: Float64Array[] = [];
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

function copyShare(rows: Matrix, among: Matrix): number {
  const keyOf = (matrix: Matrix, row: number): string => matrix.map((values) => values[row]).join();
  const known = new Set(Array.from(among[0] ?? [], (_, row) => keyOf(among, row)));
  return mean(Array.from(rows[0] ?? [], (_, row) => (known.has(keyOf(rows, row)) ? 1 : 0)));
}

interface Method {
  readonly generator: RowsGenerator;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Whether it is what we recommend for the table. */
  readonly isRecommended: boolean;
}

interface Made {
  readonly synthetic: ColumnSource;
  readonly fitSeconds: number;
  readonly sampleSeconds: number;
  readonly modelMegabytes: number;
}

/** Of this process: those of the clock say more about what else the machine does. */
function processorSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

async function make(
  { schema, train }: Halves,
  { generator, parameters }: Method,
  { db, folder, seed }: Bench & { seed: number },
): Promise<Made> {
  const start = processorSeconds();
  const stream = random.fork(`seed ${seed}`);
  const model = await generator.fit({ schema, rows: train }, { parameters, random: stream.fork('fit') });
  const fitted = processorSeconds();
  const formats = generator.formats(model);
  const columns = formats.map(({ name }) => name);
  const options = { columns, rows: train.rowCount, random: stream.fork('rows') };
  const bytes = Readable.from(writeCsv(generator.sample(model, options), formats));
  await pipeline(bytes, createWriteStream(pathIn(folder, 'synthetic', 'csv')));
  const sampled = processorSeconds();
  const parquet = pathIn(folder, `synthetic-${generator.name}-${seed}`, 'parquet');
  await convertCsvToParquet(db, pathIn(folder, 'synthetic', 'csv'), parquet, columns);
  const written = { columns: schema.columns.map((column) => ({ ...column, missingMarkers: [''] })) };
  return {
    synthetic: await openColumns(db, parquet, written),
    fitSeconds: fitted - start,
    sampleSeconds: sampled - fitted,
    modelMegabytes: generator.save(model).length / megabyte,
  };
}

const isNumber = ({ type }: ColumnSchema): boolean => type !== 'category' && type !== 'boolean';

/** Fit and sample seconds of the processor, megabytes, quality (own and fixed edges), shapes, trends, copies, holdout copies, DCR share, protection, AUC. */
async function figures(
  halves: Halves,
  made: Made,
  { target, seed }: { target: string | undefined; seed: number },
): Promise<number[]> {
  const { schema } = halves;
  const codes = new Map<string, number>();
  const train = await matrixOf(halves.train, schema, codes);
  const synthetic = await matrixOf(made.synthetic, schema, codes);
  const holdout = await matrixOf(halves.holdout, schema, codes);
  const numeric = new Set(schema.columns.flatMap((column, at) => (isNumber(column) ? [at] : [])));
  const score = quality(train, synthetic, numeric);
  const near = closeness(synthetic, { train, holdout, shift: 37 * seed }, numeric);
  const at = schema.columns.findIndex(({ name }) => name === target);
  return [
    ...[made.fitSeconds, made.sampleSeconds, made.modelMegabytes],
    ...[score.quality, score.fixedEdges, score.shapes, score.trends],
    ...[synthetic, holdout].map((rows) => 100 * copyShare(rows, train)),
    ...[near.share, near.protection],
    at < 0 ? NaN : logisticAuc(synthetic, holdout, at),
    at < 0 ? NaN : logisticAuc(train, holdout, at),
  ];
}

const headings = [
  ['fit cpu', 2],
  ['rows cpu', 2],
  ['MB', 1],
  ['Q', 4],
  ['Q fixed', 4],
  ['shapes', 4],
  ['trends', 4],
  ['copy %', 3],
  ['hold %', 3],
  ['DCR', 3],
  ['protect', 3],
  ['TSTR', 4],
  ['TRTR', 4],
] as const;

async function run(data: DataSet, method: Method, halves: Halves, bench: Bench): Promise<string> {
  const runs: number[][] = [];
  for (let seed = 1; seed <= seedsOf(data); seed += 1)
    runs.push(
      await figures(halves, await make(halves, method, { ...bench, seed }), { target: data.target, seed }),
    );
  const cells = headings.map(([, decimals], at) => {
    const value = mean(runs.map((run) => run[at] ?? NaN));
    return (Number.isNaN(value) ? '-' : value.toFixed(decimals)).padStart(8);
  });
  const label = `${method.generator.name}${method.isRecommended ? ' *' : ''}`;
  const parameters = JSON.stringify(method.parameters);
  const peak = ((process.resourceUsage().maxRSS * 1024) / megabyte).toFixed(0);
  return `  ${label.padEnd(20)} ${cells.join('')} ${peak.padStart(6)} MB  ${parameters}`;
}

function rowsGenerator(name: string): RowsGenerator {
  const found = findGenerator(name);
  if (found?.sees !== 'rows') throw new Error(`There is no generator "${name}" that learns from rows.`);
  return found;
}

async function methodsFor(halves: Halves, chosen: string | undefined): Promise<Method[]> {
  if (chosen !== undefined) {
    const [name = '', parameters = '{}'] = chosen.split(/ (.*)/s);
    const given = JSON.parse(parameters) as Record<string, unknown>;
    return [{ generator: rowsGenerator(name), parameters: given, isRecommended: false }];
  }
  const best = await recommendMethod(halves.schema, halves.train);
  const recommended = { ...best, generator: rowsGenerator(best.generator), isRecommended: true };
  const others = ['sequential-cart', 'gaussian-copula']
    .filter((name) => name !== best.generator || Object.keys(best.parameters).length > 0)
    .map((name) => ({ generator: rowsGenerator(name), parameters: {}, isRecommended: false }));
  return [recommended, ...others];
}

const folder = await mkdtemp(join(tmpdir(), 'picketfence-bench-'));
const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
try {
  const machine = `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}`;
  console.log(`${machine}; * what we recommend for the table`);
  console.log(`${' '.repeat(23)}${headings.map(([heading]) => heading.padStart(8)).join('')}`);
  for (const data of dataSets.filter(({ name }) => name.startsWith(wanted))) {
    const halves = await halve(data, { db, folder });
    const size = `${halves.train.rowCount} x ${halves.schema.columns.length}`;
    console.log(`${data.name}, ${size}, mean of ${seedsOf(data)} seeds`);
    for (const method of await methodsFor(halves, chosen))
      console.log(await run(data, method, halves, { db, folder }));
  }
} finally {
  db.close();
  await rm(folder, { recursive: true });
}
