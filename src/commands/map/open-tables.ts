import { mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { openColumns } from '../../core/files/open-columns.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { importCsv } from '../evaluate/import-csv.js';
import type { ImportedCsv } from '../evaluate/import-csv.js';
import { StartRefused } from '../start-refused.js';

interface TableFile {
  readonly table: string;
  readonly path: string;
}

export interface OpenTables {
  readonly tables: ReadonlyMap<string, ColumnSource>;
  /** SHA-256 of each file, by the names of the tables. */
  readonly hashes: Readonly<Record<string, string>>;
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
  work: (open: OpenTables) => Promise<T>,
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
      const hashes: Record<string, string> = {};
      for (const [index, { table, path }] of files.entries()) {
        signal.throwIfAborted();
        const csv = await importCsv(db, path, join(scratch, `${index}.parquet`));
        tables.set(table, await openCategories(db, csv));
        hashes[table] = csv.sha256;
      }
      return await work({ tables, hashes });
    } finally {
      db.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Every column as categories, which is how repeated texts take least memory; nothing is taken for missing here. */
async function openCategories(db: DuckDb, csv: ImportedCsv): Promise<ColumnSource> {
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
