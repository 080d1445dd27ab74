import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { convertCsvToParquet, convertibleRecordBytesMax } from '../../core/files/csv-to-parquet.js';
import { CsvValidator } from '../../core/files/csv-validator.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { MalformedCsvError } from '../../core/files/malformed-csv-error.js';
import { StartRefused } from '../start-refused.js';
import type { ParquetTable } from './read-table.js';

/** A CSV file that was checked and converted. */
export interface ImportedCsv extends ParquetTable {
  readonly sha256: string;
}

const columnsMax = 10_000;

/** @throws {StartRefused} when the file cannot be read or is no well-formed CSV; the message names line and column */
export async function importCsv(db: DuckDb, csvPath: string, parquetPath: string): Promise<ImportedCsv> {
  const validator = new CsvValidator({ recordBytesMax: convertibleRecordBytesMax, columnsMax });
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(csvPath)) {
      hash.update(chunk as Buffer);
      validator.push(chunk as Buffer);
    }
    const { columnNames } = validator.end();
    const rowCount = await convertCsvToParquet(db, csvPath, parquetPath, columnNames);
    return { path: parquetPath, rowCount, columnNames, sha256: hash.digest('hex') };
  } catch (error) {
    if (error instanceof MalformedCsvError || isFileError(error))
      throw new StartRefused(`${csvPath} cannot be read: ${error.message}`);
    throw error;
  }
}

function isFileError(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
