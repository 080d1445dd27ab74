import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { convertCsvToParquet } from '../../src/core/files/csv-to-parquet.js';
import type { DuckDb } from '../../src/core/files/duckdb.js';
import { inspectColumns } from '../../src/core/files/inspect-columns.js';
import { openColumns } from '../../src/core/files/open-columns.js';
import { Random } from '../../src/core/random/random.js';
import { isReleasable } from '../../src/core/schema/schema.js';
import type { TableSchema } from '../../src/core/schema/schema.js';
import type { ColumnSource } from '../../src/core/table/column-source.js';

/** Halved by its own two files, or by subject so that nobody is in both halves; or made here. */
export interface DataSet {
  readonly name: string;
  readonly file: string;
  readonly made?: true;
  /** The column that a regression is to predict. */
  readonly target?: string;
  readonly seeds?: number;
  readonly holdoutFile?: string;
  readonly subject?: string;
  readonly rowsMax?: number;
}

const shared = process.env['PICKETFENCE_SHARED'] ?? '../shared';
const diabetes = { file: 'data/datasets/diabetes130/diabetic_data.csv.gz', subject: 'patient_nbr' };
const vectors = 'data/metric-vectors/breast-cancer';
export const dataSets: readonly DataSet[] = [
  {
    ...{ name: 'breast-cancer', file: `${vectors}/real.csv`, holdoutFile: `${vectors}/holdout.csv` },
    ...{ target: 'diagnosis', seeds: 10 },
  },
  { name: 'diabetes-20k', ...diabetes, rowsMax: 20_000 },
  { name: 'diabetes', ...diabetes },
  { name: 'made-100k', file: '', made: true },
];

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

const madeSize = { rows: 100_000, columns: 30 } as const;

/** A table for the clock alone: numbers of three kinds and categories, all led by one hidden number. */
async function writeMade(folder: string): Promise<string[]> {
  const names = Array.from({ length: madeSize.columns }, (_, column) => `c${column}`);
  for (const name of ['train', 'holdout'] as const) {
    const stream = random.fork(`made ${name}`);
    const lines = Array.from({ length: name === 'train' ? madeSize.rows : 1000 }, (_, row) => {
      const lead = stream.uniformAt(row);
      return names
        .map((_, column) => madeCell(column, (lead + stream.uniformAt(row, column + 1)) / 2))
        .join(',');
    });
    await writeFile(join(folder, `${name}.csv`), [names.join(','), ...lines, ''].join('\n'));
  }
  return names;
}

function madeCell(column: number, at: number): string {
  if (column % 3 === 0) return (-Math.log(at) * 100).toFixed(3);
  return column % 3 === 1 ? String(Math.floor(90 * at)) : `k${Math.floor(12 * at * at)}`;
}

function shuffled(lines: readonly string[], name: string): string[] {
  const order = random.fork(name);
  const keyed = lines.map((line, index) => ({ line, key: order.uniformAt(index) }));
  return keyed.sort((a, b) => a.key - b.key).map(({ line }) => line);
}

export interface Halves {
  readonly schema: TableSchema;
  readonly train: ColumnSource;
  readonly holdout: ColumnSource;
}

export interface Bench {
  readonly db: DuckDb;
  readonly folder: string;
}

export const pathIn = (folder: string, name: string, ending: string): string =>
  join(folder, `${name}.${ending}`);

export async function halve(data: DataSet, { db, folder }: Bench): Promise<Halves> {
  const names = data.made ? await writeMade(folder) : await writeHalves(data, folder);
  for (const name of ['train', 'holdout'])
    await convertCsvToParquet(db, pathIn(folder, name, 'csv'), pathIn(folder, name, 'parquet'), names);
  const proposed = await inspectColumns(db, pathIn(folder, 'train', 'parquet'));
  const schema = { columns: proposed.filter(isReleasable) };
  const open = (name: string): Promise<ColumnSource> =>
    openColumns(db, pathIn(folder, name, 'parquet'), schema);
  return { schema, train: await open('train'), holdout: await open('holdout') };
}
