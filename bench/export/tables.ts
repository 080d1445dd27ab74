import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openDuckDb } from '../../src/core/files/duckdb.js';
import { Random } from '../../src/core/random/random.js';
import type { ColumnFormat } from '../../src/core/table/column-format.js';
import type { Column, Table } from '../../src/core/table/table.js';
import { compareCells } from '../../src/exporters/package/compare-cells.js';
import type { StoredTable } from '../../src/exporters/package/compare-cells.js';
import { exporters } from '../../src/exporters/registry.js';

// node dist/bench/export/tables.js: rows a second of every table format, and of comparing them.

const columnCount = 30;
const blockRows = 4096;
const sizes = [100_000, 1_000_000];
const kinds = ['number', 'integer', 'category', 'date', 'datetime'] as const;
const words = Array.from({ length: 50 }, (_, place) => `category ${place}`);

const columns: readonly ColumnFormat[] = Array.from({ length: columnCount }, (_, place) => {
  const type = kinds[place % kinds.length] ?? 'number';
  const name = `${type} ${place}`;
  if (type === 'number') return { name, type, decimals: 2 };
  return type === 'integer' ? { name, type, decimals: 0 } : { name, type };
});

/** One cell in 50 is missing. */
function columnOf({ name, type }: ColumnFormat, rowCount: number, random: Random): Column {
  const draw = random.fork(name);
  const missing = new Uint8Array((rowCount + 7) >> 3);
  for (let row = 0; row < rowCount; row += 50) missing[row >> 3] = 1 << (row & 7);
  const values = Float64Array.from({ length: rowCount }, () => draw.uniform() * 10_000);
  if (type === 'category')
    return {
      kind: 'category',
      codes: Int32Array.from(values, (value) => value % words.length),
      dictionary: words,
      missing,
    };
  if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
  if (type === 'datetime')
    return { kind: 'datetime', values: values.map((value) => Math.round(value * 1e8)), missing };
  return { kind: 'number', values: type === 'integer' ? values.map(Math.round) : values, missing };
}

const random = Random.fromSeed('bench');
const block: Table = {
  rowCount: blockRows,
  columns: new Map(columns.map((format) => [format.name, columnOf(format, blockRows, random)])),
};

// eslint-disable-next-line @typescript-eslint/require-await -- the same block again and again: making rows is not measured
async function* blocksOf(rows: number): AsyncGenerator<Table> {
  for (let start = 0; start < rows; start += blockRows)
    yield { ...block, rowCount: Math.min(blockRows, rows - start) };
}

const peakMegabytes = (): string => (process.resourceUsage().maxRSS / 1000).toFixed(0);

function print(label: string, rows: number, seconds: number, megabytes = ''): void {
  const perSecond = Math.round(rows / seconds).toLocaleString('en');
  console.log(
    [label.padEnd(10), String(rows).padStart(9), seconds.toFixed(2).padStart(8), perSecond.padStart(11)].join(
      '',
    ) + `${megabytes.padStart(10)}${peakMegabytes().padStart(9)}`,
  );
}

async function measure(rows: number, folder: string): Promise<void> {
  const stored: StoredTable[] = [];
  for (const exporter of exporters) {
    const baseName = `table-${rows}-synthetic`;
    const start = performance.now();
    const exported = exporter.open(blocksOf(rows), { title: 'A table', baseName, columns, scratch: folder });
    for (const { name, bytes } of exported.files)
      await pipeline(Readable.from(bytes), createWriteStream(join(folder, name)));
    const name = exported.files[0]?.name ?? '';
    const path = join(folder, name);
    stored.push({ name, path, exporter });
    print(
      exporter.name,
      rows,
      (performance.now() - start) / 1000,
      ((await stat(path)).size / 1e6).toFixed(1),
    );
  }
  const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: folder, memoryLimit: '256MB' });
  try {
    const start = performance.now();
    const [first, ...others] = stored;
    for (const other of others) if (first) await compareCells(db, columns, [first, other]);
    print('compare', rows, (performance.now() - start) / 1000);
  } finally {
    db.close();
  }
}

const folder = await mkdtemp(join(tmpdir(), 'picketfence-bench-'));
try {
  console.log(
    `${cpus()[0]?.model ?? 'unknown CPU'}, ${availableParallelism()} cores, Node ${process.version}; ${columnCount} columns`,
  );
  console.log('format         rows  seconds  rows/second     MB  peak MB');
  for (const rows of sizes) await measure(rows, folder);
} finally {
  await rm(folder, { recursive: true });
}
