import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { convertCsvToParquet, convertibleRecordBytesMax } from '../../files/csv-to-parquet.js';
import { readCsvHeader } from '../../files/csv-header.js';
import { CsvValidator } from '../../files/csv-validator.js';
import type { DuckDb } from '../../files/duckdb.js';
import { MalformedCsvError } from '../../files/malformed-csv-error.js';

export interface ImportedText {
  /** Null: the file has a heading and no rows. */
  readonly parquet: string | null;
  readonly columnNames: readonly string[];
  /** Of the file's bytes. */
  readonly sha256: string;
}

const columnsMax = 1000;

/**
 * Checks a CSV file, gzipped or not, and turns it into Parquet of texts. A file with a heading alone is an empty table.
 * @throws {MalformedCsvError} with line and column; what zlib throws when a gzipped file stops early
 */
export async function importText(
  db: DuckDb,
  path: string,
  parquet: string,
  signal?: AbortSignal,
): Promise<ImportedText> {
  const validator = new CsvValidator({ recordBytesMax: convertibleRecordBytesMax, columnsMax });
  const hash = createHash('sha256');
  const isPacked = path.toLowerCase().endsWith('.gz');
  const bytes = createReadStream(path);
  const counted = async function* (chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  };
  const check = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) validator.push(chunk);
  };
  const options = signal === undefined ? {} : { signal };
  if (isPacked) await pipeline(bytes, counted, createGunzip(), check, options);
  else await pipeline(bytes, counted, check, options);
  try {
    const { columnNames } = validator.end();
    await convertCsvToParquet(db, path, parquet, columnNames, options);
    return { parquet, columnNames, sha256: hash.digest('hex') };
  } catch (error) {
    if (!(error instanceof MalformedCsvError) || error.code !== 'NO_ROWS') throw error;
    return { parquet: null, columnNames: await headingOf(path, isPacked), sha256: hash.digest('hex') };
  }
}

async function headingOf(path: string, isPacked: boolean): Promise<readonly string[]> {
  const bytes = await readFile(path);
  const text = (isPacked ? gunzipSync(bytes) : bytes).toString('utf8');
  return readCsvHeader(text.replace(/[\r\n]+$/, ''));
}
