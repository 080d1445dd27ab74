import { rename, rm } from 'node:fs/promises';
import type { DuckDb } from './duckdb.js';
import { pathLiteral, textListLiteral, textLiteral } from './sql-literal.js';

/** The longest record the reader takes, in bytes; give CsvValidator a limit no larger. */
export const convertibleRecordBytesMax = 4_000_000;

export interface ConversionOptions {
  readonly signal?: AbortSignal;
}

/**
 * Writes a CSV file that CsvValidator accepted as Parquet (zstd): every column text, exactly what the cells say, rows
 * in file order. No type is guessed and no text means null: an empty cell is the empty text, never NULL.
 * The file appears under its name only when it is complete.
 * @returns the number of rows written
 */
export async function convertCsvToParquet(
  db: DuckDb,
  csvPath: string,
  parquetPath: string,
  columnNames: readonly string[],
  options: ConversionOptions = {},
): Promise<number> {
  const partial = `${parquetPath}.partial`;
  try {
    const rows = await copyEitherWay(db, { csvPath, partial, columnNames }, options.signal);
    await rename(partial, parquetPath);
    return rows;
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
}

interface Conversion {
  readonly csvPath: string;
  readonly partial: string;
  readonly columnNames: readonly string[];
}

/** The parallel reader refuses files whose quoted line breaks it cannot tell from rows; one thread reads every file. */
async function copyEitherWay(db: DuckDb, conversion: Conversion, signal?: AbortSignal): Promise<number> {
  try {
    return await copy(db, conversion, true, signal);
  } catch {
    signal?.throwIfAborted();
    return copy(db, conversion, false, signal);
  }
}

async function copy(
  db: DuckDb,
  conversion: Conversion,
  parallel: boolean,
  signal?: AbortSignal,
): Promise<number> {
  const { csvPath, partial, columnNames } = conversion;
  const columns = columnNames.map((name) => `${textLiteral(name)}: 'VARCHAR'`).join(', ');
  // strict_mode off: the validator has been stricter already, and DuckDB's refuses LF and CRLF in one file.
  const reader = `read_csv(${pathLiteral(csvPath)}, columns = {${columns}}, header = true, auto_detect = false,
    delim = ',', quote = '"', escape = '"', comment = '', force_not_null = ${textListLiteral(columnNames)},
    max_line_size = ${convertibleRecordBytesMax}, strict_mode = false, parallel = ${parallel})`;
  const target = `${textLiteral(partial)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440)`;
  const { Count: rows } = await db.queryOne(`COPY (SELECT * FROM ${reader}) TO ${target}`, {}, signal);
  return Number(rows);
}
