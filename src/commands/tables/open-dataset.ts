import { createHash } from 'node:crypto';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { inspectColumns } from '../../core/files/inspect-columns.js';
import { openColumns } from '../../core/files/open-columns.js';
import { isReleasable } from '../../core/schema/schema.js';
import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Dataset, DatasetTable } from '../../generators/relational/dataset.js';
import { metadataMarkers } from '../evaluate/column-reading.js';
import { importCsv } from '../evaluate/import-csv.js';
import type { ImportedCsv } from '../evaluate/import-csv.js';
import type { SdvColumn, SdvMetadata } from '../evaluate/sdv-metadata.js';
import { StartRefused } from '../start-refused.js';

export interface OpenDataset {
  readonly dataset: Pick<Dataset, 'tables' | 'relations'>;
  /** Identifiers that are no key, and text: table.column. */
  readonly leftOut: readonly string[];
  /** SHA-256 over the files. */
  readonly hash: string;
}

/**
 * Opens one CSV file for each table that the metadata describe, for the time of `work`.
 * @throws {StartRefused} when a file or a column is not there
 */
export async function withDataset<T>(
  folder: string,
  metadata: SdvMetadata,
  signal: AbortSignal,
  work: (open: OpenDataset) => Promise<T>,
): Promise<T> {
  const directory = await realpath(resolve(folder));
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'picketfence-dataset-')));
  try {
    const db = await openDuckDb({
      allowedDirectories: [directory, scratch],
      tempDirectory: join(scratch, 'spill'),
    });
    try {
      return await work(await openTables(db, { directory, scratch }, metadata, signal));
    } finally {
      db.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function openTables(
  db: DuckDb,
  { directory, scratch }: { directory: string; scratch: string },
  metadata: SdvMetadata,
  signal: AbortSignal,
): Promise<OpenDataset> {
  const keys = relationColumns(metadata);
  const tables: DatasetTable[] = [];
  const leftOut: string[] = [];
  const hash = createHash('sha256');
  for (const [index, name] of [...metadata.tables.keys()].entries()) {
    signal.throwIfAborted();
    const file = join(directory, `${name}.csv`);
    if (!existsSync(file)) throw new StartRefused(`There is no table "${name}": ${file} is not there.`);
    const csv = await importCsv(db, file, join(scratch, `${index}.parquet`));
    hash.update(`${name}\0${csv.sha256}\0`);
    const opened = await openTable(db, csv, { name, metadata, keys: keys.get(name) ?? new Set() });
    tables.push(opened.table);
    leftOut.push(...opened.leftOut.map((column) => `${name}.${column}`));
  }
  const relations = metadata.relationships.map(({ parent, parentKey, child, foreignKey }) => ({
    parent,
    parentKey: [parentKey],
    child,
    foreignKey: [foreignKey],
  }));
  return { dataset: { tables, relations }, leftOut, hash: hash.digest('hex') };
}

interface TableToOpen {
  readonly name: string;
  readonly metadata: SdvMetadata;
  readonly keys: ReadonlySet<string>;
}

async function openTable(
  db: DuckDb,
  csv: ImportedCsv,
  { name, metadata, keys: related }: TableToOpen,
): Promise<{ table: DatasetTable; leftOut: string[] }> {
  const described = metadata.tables.get(name);
  if (!described) throw new StartRefused(`The metadata describe no table "${name}".`);
  const { primaryKey = [], sequenceKey, sequenceIndex } = described.keys;
  const keys = new Set([...related, ...primaryKey, ...(sequenceKey === undefined ? [] : [sequenceKey])]);
  const proposals = new Map((await inspectColumns(db, csv.path)).map((column) => [column.name, column]));
  const columns: ColumnSchema[] = [];
  const leftOut: string[] = [];
  for (const [column, sdv] of described.columns) {
    if (!csv.columnNames.includes(column))
      throw new StartRefused(`Table "${name}" has no column "${column}", which the metadata describe.`);
    const type = keys.has(column) ? 'identifier' : typeOf(sdv, proposals.get(column)?.type);
    const dateFormat = type === 'date' ? proposals.get(column)?.dateFormat : undefined;
    const written = dateFormat === undefined ? {} : { dateFormat };
    const schema = { name: column, type, missingMarkers: metadataMarkers, ...written };
    if (keys.has(column) || isReleasable(schema)) columns.push(schema);
    else leftOut.push(column);
  }
  const table: DatasetTable = {
    name,
    schema: { columns },
    rows: await openColumns(db, csv.path, { columns }),
    primaryKey,
    ...(sequenceKey === undefined ? {} : { sequenceKey }),
    ...(sequenceIndex === undefined ? {} : { sequenceIndex }),
  };
  return { table, leftOut };
}

/** The finer type that inspection proposes, where it is of the kind that the metadata say. */
function typeOf(
  { sdtype, datetimeFormat }: SdvColumn,
  proposed?: ColumnSchema['type'],
): ColumnSchema['type'] {
  switch (sdtype) {
    case 'numerical':
      return proposed === 'integer' ? 'integer' : 'number';
    case 'categorical':
    case 'boolean':
      return 'category';
    case 'datetime':
      if (proposed === 'date' || proposed === 'datetime') return proposed;
      return datetimeFormat === '%Y-%m-%d' ? 'date' : 'datetime';
    default:
      return 'identifier';
  }
}

function relationColumns({ relationships }: SdvMetadata): ReadonlyMap<string, Set<string>> {
  const columns = new Map<string, Set<string>>();
  const add = (table: string, column: string): void => {
    columns.set(table, (columns.get(table) ?? new Set()).add(column));
  };
  for (const { parent, parentKey, child, foreignKey } of relationships) {
    add(parent, parentKey);
    add(child, foreignKey);
  }
  return columns;
}
