import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { DuckDb } from '../../files/duckdb.js';
import { MalformedCsvError } from '../../files/malformed-csv-error.js';
import { nameLiteral, pathLiteral, textLiteral } from '../../files/sql-literal.js';
import type { Cdm, CdmField, CdmTable } from '../cdm.js';
import type { OmopFiles, TableFile } from './find-tables.js';
import { OmopSourceError } from './omop-source-error.js';
import { importText } from './text-file.js';
import { presentSql, sqlTypes, valueSql } from './value-sql.js';

/** Cells of one field that the model does not allow; what they say is not kept. */
interface Misfit {
  readonly field: string;
  /** `type`: not of the field's type, and read as absent. `length`: more characters than the field has. */
  readonly kind: 'type' | 'length';
  readonly cells: number;
  /** The first row with one, from 1. */
  readonly firstRow: number;
}

/** A table of the source as DuckDB has it: a view under the table's name with every field of the model, typed. */
export interface LoadedTable {
  readonly table: CdmTable;
  readonly rows: number;
  /** Fields of the model that the file has no column for; the view has NULL there. */
  readonly missingFields: ReadonlySet<string>;
  /** Columns that the model does not know; they are not read. */
  readonly unknownColumns: readonly string[];
  readonly misfits: readonly Misfit[];
  /** SHA-256 of the file. */
  readonly sha256: string;
}

/** What was read of a folder. Every table of the model has a view; those without a file are empty. */
export interface OmopSource {
  readonly cdm: Cdm;
  readonly tables: ReadonlyMap<string, LoadedTable>;
  /** Rows of the `*_BAD` files. */
  readonly rejectedRows: ReadonlyMap<string, number>;
}

export interface LoadOptions {
  readonly cdm: Cdm;
  /** Absolute; DuckDB may read it. */
  readonly folder: string;
  /** Absolute; DuckDB may write there, and what is written stays as long as the source is used. */
  readonly scratch: string;
  readonly signal?: AbortSignal;
}

/** @throws {OmopSourceError} when a file is no complete CSV or Parquet file; cells that misfit are no error, they are counted */
export async function loadTables(db: DuckDb, files: OmopFiles, options: LoadOptions): Promise<OmopSource> {
  const { cdm } = options;
  const tables = new Map<string, LoadedTable>();
  for (const table of cdm.values()) {
    options.signal?.throwIfAborted();
    const file = files.tables.get(table.name);
    if (file === undefined) await makeEmptyView(db, table);
    else
      tables.set(table.name, await atTable(table.name, options, () => loadTable(db, table, file, options)));
  }
  const rejectedRows = new Map<string, number>();
  for (const [name, file] of files.rejected) {
    const rows = await atTable(`${name}_bad`, options, async () => {
      const { path } = await openFile(db, `${name}_bad`, file, options);
      return path === null ? 0 : countRows(db, path);
    });
    rejectedRows.set(name, rows);
  }
  return { cdm, tables, rejectedRows };
}

/** What the reader of a file says of it, with the table in front; everything else is a bug and stays what it is. */
async function atTable<T>(table: string, { signal }: LoadOptions, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    const message = messageOfFile(error);
    if (message === null) throw error;
    throw new OmopSourceError({ table }, message);
  }
}

/** What the engine says of bytes that are not what they claim to be. */
const engineMessage =
  /^(Invalid|Invalid Input|IO|Serialization|Not implemented|Conversion|Out of Range) Error: /;

/** The first line: DuckDB goes on with its own statement. */
function messageOfFile(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('message' in error)) return null;
  const [line = ''] = String(error.message).split('\n');
  const isOfTheFile =
    error instanceof MalformedCsvError || ('code' in error && 'errno' in error) || engineMessage.test(line);
  return isOfTheFile ? line.replace(engineMessage, '') : null;
}

interface OpenFile {
  /** Parquet; null where there is no row. */
  readonly path: string | null;
  readonly sha256: string;
  /** The columns with DuckDB's types, under their names in the file. */
  readonly columns: ReadonlyMap<string, string>;
}

async function openFile(
  db: DuckDb,
  name: string,
  { path, format }: TableFile,
  { folder, scratch, signal }: LoadOptions,
): Promise<OpenFile> {
  const whole = join(folder, path);
  if (format === 'csv') {
    const text = await importText(db, whole, join(scratch, `${name}-text.parquet`), signal);
    const columns = new Map(text.columnNames.map((column) => [column, 'VARCHAR']));
    return { path: text.parquet, sha256: text.sha256, columns };
  }
  const described = await db.query(`DESCRIBE SELECT * FROM read_parquet(${pathLiteral(whole)})`);
  const columns = new Map(
    described.map((row) => [String(row['column_name']), String(row['column_type'])] as const),
  );
  return { path: whole, sha256: await sha256Of(whole), columns };
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function countRows(db: DuckDb, path: string): Promise<number> {
  const { rows } = await db.queryOne(`SELECT count(*) AS rows FROM read_parquet(${pathLiteral(path)})`);
  return Number(rows);
}

async function loadTable(
  db: DuckDb,
  table: CdmTable,
  file: TableFile,
  options: LoadOptions,
): Promise<LoadedTable> {
  const { path, sha256, columns } = await openFile(db, table.name, file, options);
  const cells = new Map([...columns].map(([name, type]) => [name.toLowerCase().trim(), { name, type }]));
  const known = new Set(table.fields.map(({ name }) => name));
  const about = {
    table,
    sha256,
    missingFields: new Set([...known].filter((name) => !cells.has(name))),
    unknownColumns: [...cells.keys()].filter((name) => !known.has(name)),
  };
  if (path === null) {
    await makeEmptyView(db, table);
    return { ...about, rows: 0, misfits: [] };
  }
  const typed = join(options.scratch, `${table.name}.parquet`);
  await db.query(
    `COPY (SELECT ${table.fields.map((field) => typedSql(field, cells)).join(', ')}
      FROM read_parquet(${pathLiteral(path)})) TO ${textLiteral(typed)} (FORMAT parquet, COMPRESSION zstd)`,
    {},
    options.signal,
  );
  await db.query(
    `CREATE OR REPLACE VIEW ${nameLiteral(table.name)} AS SELECT * FROM read_parquet(${pathLiteral(typed)})`,
  );
  const rows = await countRows(db, typed);
  return { ...about, rows, misfits: await findMisfits(db, table, { path, cells }, options.signal) };
}

type Cells = ReadonlyMap<string, { readonly name: string; readonly type: string }>;

function typedSql({ name, type }: CdmField, cells: Cells): string {
  const cell = cells.get(name);
  const value = cell === undefined ? 'NULL' : valueSql(nameLiteral(cell.name), cell.type, type);
  return `CAST(${value} AS ${sqlTypes[type]}) AS ${nameLiteral(name)}`;
}

async function findMisfits(
  db: DuckDb,
  table: CdmTable,
  { path, cells }: { path: string; cells: Cells },
  signal: AbortSignal | undefined,
): Promise<Misfit[]> {
  const wanted = table.fields.flatMap((field) => {
    const cell = cells.get(field.name);
    const condition = cell === undefined ? null : misfitSql(field, nameLiteral(cell.name), cell.type);
    const kind = field.type === 'varchar' ? ('length' as const) : ('type' as const);
    return condition === null ? [] : [{ field: field.name, kind, condition }];
  });
  if (wanted.length === 0) return [];
  const counts = wanted.map(
    ({ condition }, index) =>
      `count(*) FILTER (${condition}) AS cells_${index}, min(file_row_number) FILTER (${condition}) AS row_${index}`,
  );
  const found = await db.queryOne(
    `SELECT ${counts.join(', ')} FROM read_parquet(${pathLiteral(path)}, file_row_number = true)`,
    {},
    signal,
  );
  return wanted.flatMap(({ field, kind }, index) => {
    const count = Number(found[`cells_${index}`]);
    return count === 0 ? [] : [{ field, kind, cells: count, firstRow: Number(found[`row_${index}`]) + 1 }];
  });
}

/** When a cell misfits; null where none can. */
function misfitSql({ type, lengthMax }: CdmField, cell: string, source: string): string | null {
  if (type !== 'varchar')
    return `${presentSql(cell, source)} IS NOT NULL AND (${valueSql(cell, source, type)}) IS NULL`;
  return lengthMax === undefined ? null : `length(${presentSql(cell, source)}) > ${lengthMax}`;
}

async function makeEmptyView(db: DuckDb, { name, fields }: CdmTable): Promise<void> {
  const columns = fields.map(
    (field) => `CAST(NULL AS ${sqlTypes[field.type]}) AS ${nameLiteral(field.name)}`,
  );
  await db.query(`CREATE OR REPLACE VIEW ${nameLiteral(name)} AS SELECT ${columns.join(', ')} WHERE false`);
}
