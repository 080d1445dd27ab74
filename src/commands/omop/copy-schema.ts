import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { Client, type ClientConfig } from 'pg';
import type { Cdm } from '../../core/omop/cdm.js';
import { quoteCell } from '../../exporters/csv/quote-cell.js';
import { StartRefused } from '../start-refused.js';

const rowsAtOnce = 10_000;
const prefix = 'postgres:';

/** The schema in `postgres:SCHEMA`; null for what is a folder. */
export function schemaIn(path: string): string | null {
  return path.startsWith(prefix) ? path.slice(prefix.length) : null;
}

/**
 * Copies the tables of the model that a schema of PostgreSQL has into a folder, one CSV file each, as they were at one moment. Other
 * tables, such as those that say who somebody is, are not asked for. Nothing is written to the database.
 * @param connection where it is; what is left out is read from the variables of libpq (`PGHOST`, `PGPASSWORD` and so on)
 * @param folder is made
 * @throws {StartRefused} when the database cannot be reached, or has no such schema, or does not let its tables be read
 */
export async function copySchema(
  schema: string,
  folder: string,
  { connection, cdm, signal }: { connection: ClientConfig; cdm: Cdm; signal: AbortSignal },
): Promise<void> {
  const client = new Client(connection);
  try {
    await client.connect();
    await client.query('BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query(`SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL TimeZone = 'UTC'`);
    const tables = await tablesOf(client, schema, cdm);
    if (tables.size === 0)
      throw new StartRefused(`The database has no schema "${schema}" with tables of the OMOP model.`);
    await mkdir(folder);
    for (const [table, columns] of tables)
      await copyTable(client, { schema, table, columns }, folder, signal);
  } catch (error) {
    if (signal.aborted || error instanceof StartRefused || !isOfTheDatabase(error)) throw error;
    throw new StartRefused(`PostgreSQL: ${error.message || error.code}`);
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Columns by the name of the table, as the database spells both. */
async function tablesOf(client: Client, schema: string, cdm: Cdm): Promise<Map<string, string[]>> {
  const { rows } = await client.query<{ table: string; column: string }>(
    `SELECT table_name AS table, column_name AS column FROM information_schema.columns
     WHERE table_schema = $1 ORDER BY table_name, ordinal_position`,
    [schema],
  );
  const tables = new Map<string, string[]>();
  for (const { table, column } of rows)
    if (cdm.has(table.toLowerCase())) tables.set(table, [...(tables.get(table) ?? []), column]);
  return tables;
}

interface SchemaTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
}

async function copyTable(
  client: Client,
  { schema, table, columns }: SchemaTable,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  const cells = columns.map((column) => `${client.escapeIdentifier(column)}::text`).join(', ');
  const from = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(table)}`;
  await client.query(`DECLARE omop_rows NO SCROLL CURSOR FOR SELECT ${cells} FROM ${from}`);
  const file = await open(join(folder, `${table}.csv`), 'wx');
  try {
    await file.write(`${columns.map(quoteCell).join(',')}\n`);
    for (;;) {
      signal.throwIfAborted();
      const { rows } = await client.query<(string | null)[]>({
        ...{ text: `FETCH ${rowsAtOnce} FROM omop_rows`, rowMode: 'array' },
      });
      if (rows.length === 0) break;
      const lines = rows.map((row) => row.map((cell) => (cell === null ? '' : quoteCell(cell))).join(','));
      await file.write(`${lines.join('\n')}\n`);
    }
  } finally {
    await file.close();
  }
  await client.query('CLOSE omop_rows');
}

/** Of the server, with its five characters, or of the way there. */
function isOfTheDatabase(error: unknown): error is { readonly code: string; readonly message: string } {
  return typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string';
}
