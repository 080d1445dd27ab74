import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { convertCsvToParquet, convertibleRecordBytesMax } from '../../core/files/csv-to-parquet.js';
import { CsvValidator } from '../../core/files/csv-validator.js';
import type { CsvSummary } from '../../core/files/csv-validator.js';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';

export interface OpenTable {
  readonly db: DuckDb;
  /** The cells as text. */
  readonly parquet: string;
  readonly summary: CsvSummary;
  /** SHA-256 of the file. */
  readonly hash: string;
}

const columnsMax = 1000;

/**
 * Opens a CSV file for the time of `work`; what it needs besides lies in a folder that is removed in any case.
 * @throws {MalformedCsvError} with line and column
 */
export async function withTable<T>(
  file: string,
  signal: AbortSignal,
  work: (table: OpenTable) => Promise<T>,
): Promise<T> {
  const path = resolve(file);
  const { summary, hash } = await checkForm(path, signal);
  const folder = await mkdtemp(join(tmpdir(), 'picketfence-table-'));
  try {
    const db = await openDuckDb({
      allowedDirectories: [dirname(path), folder],
      tempDirectory: join(folder, 'spill'),
    });
    try {
      const parquet = join(folder, 'table.parquet');
      await convertCsvToParquet(db, path, parquet, summary.columnNames, { signal });
      return await work({ db, parquet, summary, hash });
    } finally {
      db.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function checkForm(path: string, signal: AbortSignal): Promise<{ summary: CsvSummary; hash: string }> {
  const validator = new CsvValidator({ recordBytesMax: convertibleRecordBytesMax, columnsMax });
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal })) {
    validator.push(chunk as Buffer);
    hash.update(chunk as Buffer);
  }
  return { summary: validator.end(), hash: hash.digest('hex') };
}
