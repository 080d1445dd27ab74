import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import { groupDescriptorName } from '../../exporters/csvw/csvw-metadata.js';
import type { Exporter } from '../../exporters/exporter.js';
import type { DatasetShape } from '../../generators/relational/dataset.js';
import { describeFolder } from './describe-folder.js';
import { labelledName } from './labelled-target.js';

export interface FolderOfTables {
  readonly exporter: Exporter;
  /** How the columns of each table are written. */
  readonly formats: ReadonlyMap<string, readonly ColumnFormat[]>;
  /** What their keys are. */
  readonly shape: DatasetShape;
}

/**
 * A file a table, and for CSV the description of all of them with their keys; the folder appears under its name only when
 * everything is complete. Gives the rows of each file.
 */
export async function writeFolder(
  path: string,
  blocks: AsyncIterable<ReadonlyMap<string, Table>>,
  { exporter, formats, shape }: FolderOfTables,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const partial = resolve(`${path}.partial`);
  const scratch = join(partial, 'scratch');
  await mkdir(partial);
  await mkdir(scratch);
  const failure = new AbortController();
  const stop = AbortSignal.any([signal, failure.signal]);
  const fileOf = (table: string): string => `${labelledName(table)}.${exporter.name}`;
  try {
    const inlets = new Map(
      [...formats.keys()].map((name) => [name, new PassThrough({ objectMode: true, highWaterMark: 2 })]),
    );
    const writing = [...formats].map(async ([name, columns]) => {
      const tables = (inlets.get(name) ?? Readable.from([])) as AsyncIterable<Table>;
      const options = { title: name, baseName: labelledName(name), columns, scratch };
      const data = exporter.open(tables, options).files.find(({ role }) => role === 'data');
      const file = createWriteStream(join(partial, fileOf(name)), { flags: 'wx' });
      await pipeline(Readable.from(data?.bytes ?? []), file, { signal: stop });
    });
    const [rows] = await Promise.all([deal(blocks, inlets, stop), ...writing]).catch((error: unknown) => {
      failure.abort(error);
      throw error;
    });
    await rm(scratch, { recursive: true });
    if (exporter.name === 'csv')
      await writeFile(join(partial, groupDescriptorName), describeFolder(formats, shape, fileOf));
    await rename(partial, path);
    return new Map([...rows].map(([name, count]) => [fileOf(name), count]));
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
