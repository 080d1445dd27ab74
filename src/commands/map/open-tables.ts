import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { openColumns } from '../../core/files/open-columns.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { importCsv } from '../evaluate/import-csv.js';
import { StartRefused } from '../start-refused.js';

interface TableFile {
  readonly table: string;
  readonly path: string;
}

/**
 * Opens the CSV files of a folder, each a table under its name, or one file, for the time of `work`.
 * @param only what the table of one file is called; undefined: as the file
 * @throws {StartRefused} when there is no file, or one is no well-formed CSV
 */
export async function withTables<T>(
  input: string,
  only: string | undefined,
  signal: AbortSignal,
  work: (tables: ReadonlyMap<string, ColumnSource>) => Promise<T>,
): Promise<T> {
  const files = await tableFiles(input, only);
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'picketfence-map-')));
  try {
    const db = await openDuckDb({
      allowedDirectories: [...new Set(files.map(({ path }) => dirname(path))), scratch],
      tempDirectory: join(scratch, 'spill'),
    });
    try {
      const tables = new Map<string, ColumnSource>();
      for (const [index, { table, path }] of files.entries()) {
        signal.throwIfAborted();
        tables.set(table, await openTable(db, path, join(scratch, `${index}.parquet`)));
      }
      return await work(tables);
    } finally {
      db.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Every column as categories, which is how repeated texts take least memory; nothing is taken for missing here. */
async function openTable(db: DuckDb, path: string, parquet: string): Promise<ColumnSource> {
  const csv = await importCsv(db, path, parquet);
  const columns = csv.columnNames.map((name) => ({ name, type: 'category', missingMarkers: [] }) as const);
  return openColumns(db, csv.path, { columns });
}

async function tableFiles(input: string, only: string | undefined): Promise<TableFile[]> {
  const path = await realpath(resolve(input)).catch(() => {
    throw new StartRefused(`${input} cannot be read.`);
  });
  if (!(await stat(path)).isDirectory()) return [{ table: only ?? basename(path, '.csv'), path }];
  const names = (await readdir(path)).filter((name) => name.endsWith('.csv')).sort();
  if (names.length === 0) throw new StartRefused(`There is no CSV file in ${input}.`);
  return names.map((name) => ({ table: basename(name, '.csv'), path: join(path, name) }));
}
