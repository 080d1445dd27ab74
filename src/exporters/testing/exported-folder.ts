import { mkdtempSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DuckDBValue } from '@duckdb/node-api';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { ExportCounts, Exporter } from '../exporter.js';

/** A folder of a test with an engine that reads it. */
export class ExportedFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'picketfence-exported-'));
  #db: DuckDb | undefined;
  #written = 0;

  async db(): Promise<DuckDb> {
    this.#db ??= await openDuckDb({ allowedDirectories: [this.path], tempDirectory: this.path });
    return this.#db;
  }

  /** Writes every file of an export; gives the path and the bytes of the data file, which is the first. */
  async write(
    exporter: Exporter,
    blocks: AsyncIterable<Table>,
    columns: readonly ColumnFormat[],
  ): Promise<{ readonly path: string; readonly bytes: Buffer; readonly counts: ExportCounts }> {
    // The engine remembers files by their paths, so no two files have one.
    const baseName = `table-synthetic-${(this.#written += 1)}`;
    const options = { title: 'A title', baseName, columns, scratch: this.path };
    const exported = exporter.open(blocks, options);
    const all: Buffer[] = [];
    for (const { name, bytes } of exported.files) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of bytes) chunks.push(chunk);
      all.push(Buffer.concat(chunks));
      await writeFile(join(this.path, name), all.at(-1) ?? '');
    }
    const path = join(this.path, exported.files[0]?.name ?? '');
    return { path, bytes: all[0] ?? Buffer.alloc(0), counts: exported.counts() };
  }

  /** The cells as `exporter` reads them back, row by row. */
  async read(exporter: Exporter, path: string, columns: readonly ColumnFormat[]): Promise<DuckDBValue[][]> {
    const db = await this.db();
    const rows = await db.query(exporter.cellsSql(path, columns));
    return rows.map((row) => columns.map(({ name }) => row[name] ?? null));
  }

  async remove(): Promise<void> {
    this.#db?.close();
    await rm(this.path, { recursive: true, force: true });
  }
}
