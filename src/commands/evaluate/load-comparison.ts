import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { inspectColumns } from '../../core/files/inspect-columns.js';
import type { Relationship, TableMetadata } from '../../evaluation/fidelity/quality/table-metadata.js';
import type { Table } from '../../core/table/table.js';
import { StartRefused } from '../start-refused.js';
import { readingOfMetadata, readingOfProposal } from './column-reading.js';
import type { ColumnReading } from './column-reading.js';
import { importCsv } from './import-csv.js';
import type { ImportedCsv } from './import-csv.js';
import { readTable } from './read-table.js';
import { singleTableName } from './sdv-metadata.js';
import type { SdvMetadata } from './sdv-metadata.js';

/** CSV files, or folders of them, one file a table. */
export interface ComparisonPaths {
  readonly real: string;
  readonly synthetic: string;
  readonly holdout?: string;
}

/** One file that was read. */
export interface FileRead {
  readonly role: keyof ComparisonPaths;
  readonly table: string;
  readonly sha256: string;
  readonly rowCount: number;
  /** Cells that are not of their column's kind, taken as missing. */
  readonly unreadable: ReadonlyMap<string, number>;
}

export interface LoadedTable {
  readonly name: string;
  readonly real: Table;
  readonly synthetic: Table;
  readonly holdout?: Table;
  readonly metadata: TableMetadata;
}

export interface LoadedComparison {
  readonly tables: readonly LoadedTable[];
  readonly relationships: readonly Relationship[];
  readonly files: readonly FileRead[];
}

/** @throws {StartRefused} when a file is missing or no CSV, or the two sides have different tables */
export async function loadComparison(
  paths: ComparisonPaths,
  metadata: SdvMetadata | null,
): Promise<LoadedComparison> {
  // DuckDB compares real paths; a temporary folder may be a link.
  const work = await realpath(await mkdtemp(join(tmpdir(), 'picketfence-evaluate-')));
  try {
    const files = await findFiles(paths, metadata);
    const folders = new Set(files.map(({ path }) => dirname(path)));
    const db = await openDuckDb({
      allowedDirectories: [work, ...folders],
      tempDirectory: join(work, 'spill'),
    });
    try {
      return await loadTables(db, work, files, metadata);
    } finally {
      db.close();
    }
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

interface FoundFile {
  readonly role: FileRead['role'];
  readonly table: string;
  readonly path: string;
}

async function findFiles(paths: ComparisonPaths, metadata: SdvMetadata | null): Promise<FoundFile[]> {
  const roles = ['real', 'synthetic', 'holdout'] as const;
  const found = await Promise.all(
    roles.flatMap((role) => {
      const path = paths[role];
      return path === undefined ? [] : [filesOf(role, resolve(path), metadata)];
    }),
  );
  const [real = [], ...others] = found;
  const names = real.map(({ table }) => table).join(', ');
  for (const files of others) {
    const otherNames = files.map(({ table }) => table).join(', ');
    if (otherNames !== names)
      throw new StartRefused(
        `The real tables are ${names || 'none'}; the others are ${otherNames || 'none'}.`,
      );
  }
  if (real.length === 0) throw new StartRefused(`There is no CSV file in ${paths.real}.`);
  return found.flat();
}

async function filesOf(
  role: FileRead['role'],
  path: string,
  metadata: SdvMetadata | null,
): Promise<FoundFile[]> {
  let isFolder: boolean;
  try {
    isFolder = (await stat(path)).isDirectory();
  } catch {
    throw new StartRefused(`${path} cannot be read.`);
  }
  const resolved = await realpath(path);
  if (!isFolder) {
    const [only, ...rest] = metadata ? [...metadata.tables.keys()] : [singleTableName];
    if (only === undefined || rest.length > 0)
      throw new StartRefused('The metadata describe several tables: give folders with one CSV file a table.');
    return [{ role, table: only, path: resolved }];
  }
  const names = (await readdir(resolved)).filter((name) => name.endsWith('.csv')).sort();
  return names
    .map((name) => ({ role, table: basename(name, '.csv'), path: join(resolved, name) }))
    .filter(({ table }) => !metadata || metadata.tables.has(table));
}

type ImportedFile = FoundFile & { readonly csv: ImportedCsv };

async function loadTables(
  db: DuckDb,
  work: string,
  found: readonly FoundFile[],
  metadata: SdvMetadata | null,
): Promise<LoadedComparison> {
  const imported: ImportedFile[] = [];
  for (const [index, file] of found.entries())
    imported.push({ ...file, csv: await importCsv(db, file.path, join(work, `${index}.parquet`)) });
  const tables: LoadedTable[] = [];
  const files: FileRead[] = [];
  for (const real of imported.filter(({ role }) => role === 'real')) {
    const readings = await readingsOf(db, real, metadata);
    const read = new Map<FileRead['role'], Table>();
    for (const { role, table, csv } of imported.filter(({ table: name }) => name === real.table)) {
      const result = await readTable(db, csv, readings);
      read.set(role, result.table);
      files.push({ role, table, sha256: csv.sha256, rowCount: csv.rowCount, unreadable: result.unreadable });
    }
    tables.push(loadedTable(real.table, read, metadata));
  }
  return { tables, relationships: metadata?.relationships ?? [], files };
}

function loadedTable(
  name: string,
  read: ReadonlyMap<FileRead['role'], Table>,
  metadata: SdvMetadata | null,
): LoadedTable {
  const [real, synthetic, holdout] = [read.get('real'), read.get('synthetic'), read.get('holdout')];
  if (!real || !synthetic) throw new StartRefused(`Table "${name}" is not on both sides.`);
  const keys = metadata?.tables.get(name)?.keys ?? {};
  return { name, real, synthetic, metadata: keys, ...(holdout ? { holdout } : {}) };
}

async function readingsOf(
  db: DuckDb,
  { table, csv, path }: ImportedFile,
  metadata: SdvMetadata | null,
): Promise<Map<string, ColumnReading>> {
  const described = metadata?.tables.get(table);
  if (!described) {
    const proposals = await inspectColumns(db, csv.path);
    return new Map(proposals.map((proposal) => [proposal.name, readingOfProposal(proposal)]));
  }
  const lacking = [...described.columns.keys()].filter((name) => !csv.columnNames.includes(name));
  if (lacking.length > 0)
    throw new StartRefused(`${path} lacks columns the metadata describe: ${lacking.join(', ')}.`);
  const readings = [...described.columns].map(
    ([name, column]) => [name, readingOfMetadata(name, column)] as const,
  );
  return new Map(readings);
}
