import { dirname } from 'node:path';
import { openDuckDb } from '../../core/files/duckdb.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Table } from '../../core/table/table.js';
import type { ExportCounts, Exporter, ExportOptions } from '../exporter.js';
import { compareCells } from './compare-cells.js';
import type { StoredTable } from './compare-cells.js';
import type { ManifestFile } from './manifest.js';
import type { PackageSink, StoredFile } from './package-sink.js';
import { SharedBlocks } from './shared-blocks.js';
import { slugOf } from './slug.js';

/** Where a package goes, and the ways in which its rows are written. */
export interface PackageTarget {
  readonly sink: PackageSink;
  /** At least one, each once; the first is what the checks read. */
  readonly exporters: readonly Exporter[];
  /** An absolute folder for what is in the making. */
  readonly scratch: string;
}

type WrittenTable = Omit<StoredTable, 'path'> & { readonly stored: StoredFile };

/** What one exporter wrote. */
export interface WrittenFormat {
  readonly table: WrittenTable;
  readonly counts: ExportCounts;
  readonly files: readonly ManifestFile[];
}

const compareMemoryLimit = '256MB';

/** All formats side by side from one stream of rows, as files that say in their names what they are. */
export async function writeFormats(
  blocks: AsyncIterable<Table>,
  { title, columns }: Pick<ExportOptions, 'title' | 'columns'>,
  { sink, exporters, scratch }: PackageTarget,
): Promise<WrittenFormat[]> {
  const shared = new SharedBlocks(blocks, exporters.length);
  const options = { title, baseName: `${slugOf(title)}-synthetic`, columns, scratch };
  const failures: unknown[] = [];
  const written = await Promise.all(
    exporters.map((exporter) =>
      writeFormat(exporter, shared.read(), { options, sink }).catch(async (error: unknown) => {
        failures.push(error);
        await shared.stop();
        return null;
      }),
    ),
  );
  if (failures.length > 0) throw failures[0];
  return written.flatMap((format) => format ?? []);
}

async function writeFormat(
  exporter: Exporter,
  blocks: AsyncIterable<Table>,
  { options, sink }: { readonly options: ExportOptions; readonly sink: PackageSink },
): Promise<WrittenFormat> {
  const exported = exporter.open(blocks, options);
  const files: ManifestFile[] = [];
  const tables: WrittenTable[] = [];
  for (const { name, role, mediaType, bytes: stream } of exported.files) {
    const stored = await sink.writeFile(name, stream);
    files.push({ name, role, mediaType, bytes: stored.bytes, sha256: stored.sha256 });
    if (role === 'data') tables.push({ name, stored, exporter });
  }
  const [table] = tables;
  if (!table) throw new TypeError(`The format "${exporter.name}" has no file of data.`);
  const counts = exported.counts();
  const facts = { rows: counts.rows, formulaCells: exporter.formulaCells };
  return { table, counts, files: files.map((file) => (file.role === 'data' ? { ...file, ...facts } : file)) };
}

/** Reads back what was stored. @throws {CellsDifferError} when a format holds other rows than the first */
export async function compareFormats(
  columns: readonly ColumnFormat[],
  formats: readonly WrittenFormat[],
  { scratch }: Pick<PackageTarget, 'scratch'>,
): Promise<void> {
  if (formats.length < 2) return;
  const [first, ...others] = await Promise.all(formats.map(readable));
  if (!first) return;
  const folders = [first, ...others].map(({ path }) => dirname(path));
  const db = await openDuckDb({
    ...{ allowedDirectories: folders, tempDirectory: scratch, memoryLimit: compareMemoryLimit },
  });
  try {
    for (const other of others) await compareCells(db, columns, [first, other]);
  } finally {
    db.close();
  }
}

async function readable({ table: { stored, ...table } }: WrittenFormat): Promise<StoredTable> {
  return { ...table, path: await stored.path() };
}
