import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { findTables } from '../../core/omop/source/find-tables.js';
import type { OmopFiles } from '../../core/omop/source/find-tables.js';
import { listOmopFolder } from '../../core/omop/source/list-folder.js';
import { loadTables } from '../../core/omop/source/load-tables.js';
import type { OmopSource } from '../../core/omop/source/load-tables.js';
import { copySchema, schemaIn } from './copy-schema.js';
import { loadCdm } from './omop-content.js';

export interface OpenOmop {
  readonly db: DuckDb;
  readonly files: OmopFiles;
  readonly source: OmopSource;
  /** Absolute. */
  readonly folder: string;
  /** Absolute; for files that are needed as long as the source is open. */
  readonly scratch: string;
}

/**
 * Opens a folder of OMOP tables, or `postgres:SCHEMA`, for the time of `work`; what it needs besides lies in a folder that is removed in any case.
 * @throws {OmopSourceError} when a file is no complete table {StartRefused} when the database does not give its tables
 */
export async function withOmopFolder<T>(
  path: string,
  signal: AbortSignal,
  work: (open: OpenOmop) => Promise<T>,
  /** Absolute; other folders that may be read. */
  also: readonly string[] = [],
): Promise<T> {
  const cdm = await loadCdm();
  const scratch = await realpath(await mkdtemp(join(tmpdir(), 'picketfence-omop-')));
  try {
    const schema = schemaIn(path);
    const folder = schema === null ? await realpath(resolve(path)) : join(scratch, 'schema');
    if (schema !== null) await copySchema(schema, folder, { connection: {}, cdm, signal });
    const files = findTables(await listOmopFolder(folder), cdm);
    const db = await openDuckDb({
      allowedDirectories: [folder, scratch, ...also],
      tempDirectory: join(scratch, 'spill'),
    });
    try {
      const source = await loadTables(db, files, { cdm, folder, scratch, signal });
      return await work({ db, files, source, folder, scratch });
    } finally {
      db.close();
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Whether the names of the files in a folder are those of OMOP tables, persons among them; or a schema of a database is named. */
export async function isOmopFolder(path: string): Promise<boolean> {
  if (schemaIn(path) !== null) return true;
  const names = await listOmopFolder(await realpath(resolve(path)));
  return names.some((name) => /^(public\/)?person\.(csv|csv\.gz|parquet)$/i.test(name));
}
