import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertCsvToParquet } from '../../src/core/files/csv-to-parquet.js';
import { openDuckDb } from '../../src/core/files/duckdb.js';
import type { DuckDb } from '../../src/core/files/duckdb.js';

/** A folder of its own with an engine that may use it, to turn lists of cells into Parquet files; close it after use. */
export class TextTables {
  private constructor(
    readonly folder: string,
    readonly db: DuckDb,
  ) {}

  static async open(): Promise<TextTables> {
    const folder = await mkdtemp(join(tmpdir(), 'picketfence-tables-'));
    const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
    return new TextTables(folder, db);
  }

  /** Writes columns of cells (without commas, quotes and line breaks) and gives the path of the Parquet file. */
  async write(columns: Record<string, readonly string[]>, name = 'table'): Promise<string> {
    const names = Object.keys(columns);
    const rowCount = Math.max(...Object.values(columns).map((cells) => cells.length));
    const rows = Array.from({ length: rowCount }, (_, row) =>
      names.map((column) => columns[column]?.[row] ?? '').join(','),
    );
    const [csv, parquet] = [join(this.folder, `${name}.csv`), join(this.folder, `${name}.parquet`)];
    await writeFile(csv, `${names.join(',')}\n${rows.join('\n')}\n`);
    await convertCsvToParquet(this.db, csv, parquet, names);
    return parquet;
  }

  async close(): Promise<void> {
    this.db.close();
    await rm(this.folder, { recursive: true });
  }
}
