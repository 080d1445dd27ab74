import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import { writeCsv } from '../../exporters/csv/write-csv.js';

/** A CSV file a table; the folder appears under its name only when all of them are complete. */
export async function writeFolder(
  path: string,
  blocks: AsyncIterable<ReadonlyMap<string, Table>>,
  formats: ReadonlyMap<string, readonly ColumnFormat[]>,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const partial = `${path}.partial`;
  await mkdir(partial);
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  try {
    const inlets = new Map(
      [...formats.keys()].map((name) => [name, new PassThrough({ objectMode: true, highWaterMark: 2 })]),
    );
    const writing = [...formats].map(([name, columns]) => {
      const tables = (inlets.get(name) ?? Readable.from([])) as AsyncIterable<Table>;
      const file = createWriteStream(join(partial, `${name}.csv`), { flags: 'wx' });
      return pipeline(Readable.from(writeCsv(tables, columns)), file, { signal: stop });
    });
    const [rows] = await Promise.all([deal(blocks, inlets, stop), ...writing]).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    });
    await rename(partial, path);
    return rows;
  } finally {
    await rm(partial, { recursive: true, force: true });
  }
}

/** Hands every table its rows, and no more than its file takes. */
async function deal(
  blocks: AsyncIterable<ReadonlyMap<string, Table>>,
  inlets: ReadonlyMap<string, PassThrough>,
  signal: AbortSignal,
): Promise<Map<string, number>> {
  const rows = new Map([...inlets.keys()].map((name) => [name, 0]));
  for await (const block of blocks) {
    for (const [name, table] of block) {
      signal.throwIfAborted();
      rows.set(name, (rows.get(name) ?? 0) + table.rowCount);
      const inlet = inlets.get(name);
      if (inlet && !inlet.write(table)) await once(inlet, 'drain', { signal });
    }
  }
  for (const inlet of inlets.values()) inlet.end();
  return rows;
}
