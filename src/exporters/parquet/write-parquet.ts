import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { BIGINT, DATE, DOUBLE, TIMESTAMPTZ, VARCHAR } from '@duckdb/node-api';
import type { DuckDBType } from '@duckdb/node-api';
import { batchRowsMax } from '../../core/files/batch-appender.js';
import type { BatchAppender } from '../../core/files/batch-appender.js';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { nameLiteral, textLiteral } from '../../core/files/sql-literal.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { ExportOptions } from '../exporter.js';
import { disclaimer, label } from '../package/disclaimer.js';
import { storedType } from '../stored-type.js';
import type { StoredType } from '../stored-type.js';
import { vectorFiller } from './fill-vector.js';

const engineTypes: Readonly<Record<StoredType, DuckDBType>> = {
  DOUBLE,
  BIGINT,
  DATE,
  'TIMESTAMP WITH TIME ZONE': TIMESTAMPTZ,
  VARCHAR,
};

/** Of the engine that writes; what does not fit lies in the scratch folder. */
const memoryLimit = '256MB';

/** Rows come in groups of about so many cells, so that what a group needs does not grow with the columns. */
const groupCellsMax = 2_000_000;
const groupRowsMax = 122_880;

/**
 * A table as Parquet, compressed with zstd: rows in order, typed columns, NULL where a cell is missing, texts as they
 * are. The label and the disclaimer are among the file's key-value metadata. Equal blocks give equal bytes: the engine
 * writes with one thread, and how rows are cut into blocks does not show. The generator returns the number of rows.
 * @throws {UnknownColumnError} when a block lacks a column
 * @throws {TypeError} when a column is of another kind than its format says
 * @throws {RangeError} when a cell cannot be written, or two names differ in case alone
 */
export async function* writeParquet(
  blocks: AsyncIterable<Table>,
  options: ExportOptions,
): AsyncGenerator<Uint8Array, number> {
  refuseNamesAlike(options.columns);
  const folder = await mkdtemp(join(options.scratch, 'parquet-'));
  try {
    const path = join(folder, 'table.parquet');
    const rows = await writeFile(blocks, options, { folder, path });
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The engine does not tell upper from lower case in names, and would rename one of two. */
function refuseNamesAlike(columns: readonly ColumnFormat[]): void {
  const lower = columns.map(({ name }) => name.toLowerCase());
  const place = lower.findIndex((name, index) => lower.indexOf(name) !== index);
  if (place >= 0)
    throw new RangeError(`Parquet: "${columns[place]?.name}" and another column differ in case alone.`);
}

interface Place {
  readonly folder: string;
  readonly path: string;
}

async function writeFile(
  blocks: AsyncIterable<Table>,
  options: ExportOptions,
  { folder, path }: Place,
): Promise<number> {
  const db = await openDuckDb({
    ...{ allowedDirectories: [folder], tempDirectory: folder, memoryLimit, threads: 1 },
    storePath: join(folder, 'rows.duckdb'),
  });
  try {
    const rows = await gather(db, blocks, options.columns);
    await db.query(copySql(options, path));
    return rows;
  } finally {
    db.close();
  }
}

/** The engine writes a file in one go, so the rows wait for it in a table on disk. */
async function gather(
  db: DuckDb,
  blocks: AsyncIterable<Table>,
  columns: readonly ColumnFormat[],
): Promise<number> {
  const types = columns.map(storedType);
  await db.query(`CREATE TABLE gathered (${types.map((type, place) => `c${place} ${type}`).join(', ')})`);
  const appender = await db.appendTo(
    'gathered',
    types.map((type) => engineTypes[type]),
  );
  let rows = 0;
  try {
    for await (const block of blocks) {
      appendBlock(appender, block, columns);
      rows += block.rowCount;
    }
  } finally {
    appender.close();
  }
  return rows;
}

function appendBlock(appender: BatchAppender, block: Table, columns: readonly ColumnFormat[]): void {
  const fillers = columns.map((format) => {
    const column = block.columns.get(format.name);
    if (!column) throw new UnknownColumnError(format.name, [...block.columns.keys()]);
    return vectorFiller(column, format);
  });
  for (let start = 0; start < block.rowCount; start += batchRowsMax) {
    const rowCount = Math.min(batchRowsMax, block.rowCount - start);
    appender.append(rowCount, (vector, place) => fillers[place]?.(vector, start, rowCount));
  }
}

function copySql({ columns, title }: ExportOptions, path: string): string {
  const named = columns.map(({ name }, place) => `c${place} AS ${nameLiteral(name)}`).join(', ');
  const facts = Object.entries({ label, disclaimer, title })
    .map(([key, text]) => `${key}: ${textLiteral(text)}`)
    .join(', ');
  return `COPY (SELECT ${named} FROM gathered) TO ${textLiteral(path)} (FORMAT parquet, COMPRESSION zstd,
    ROW_GROUP_SIZE ${groupRows(columns.length)}, KV_METADATA {${facts}})`;
}

/** A whole number of batches. */
function groupRows(columnCount: number): number {
  const batches = Math.floor(groupCellsMax / columnCount / batchRowsMax);
  return Math.min(groupRowsMax, Math.max(1, batches) * batchRowsMax);
}
