import type { DuckDBDataChunk, DuckDBValue } from '@duckdb/node-api';
import type { DuckDb } from '../../core/files/duckdb.js';
import { nameLiteral } from '../../core/files/sql-literal.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import type { Exporter } from '../exporter.js';
import { storedType } from '../stored-type.js';

/** A data file where it lies, and the format it is in. */
export interface StoredTable {
  readonly name: string;
  readonly path: string;
  readonly exporter: Pick<Exporter, 'cellsSql'>;
}

/** Two files that should hold the same rows do not. No cell is quoted. */
export class CellsDifferError extends Error {
  constructor(
    readonly files: readonly [string, string],
    readonly place: string,
  ) {
    super(`${files.join(' and ')} do not hold the same: ${place}.`);
    this.name = 'CellsDifferError';
  }
}

/**
 * Reads both files back and compares their columns and types, and row by row a 64-bit hash over all cells, which two
 * different rows share once in 2^64 times; the headings of a CSV file are looked at by the check of validity. Streams: memory does not grow with the rows.
 * @throws {CellsDifferError} with the first difference
 */
export async function compareCells(
  db: DuckDb,
  columns: readonly ColumnFormat[],
  [one, other]: readonly [StoredTable, StoredTable],
): Promise<void> {
  const names = [one.name, other.name] as const;
  for (const table of [one, other]) await compareColumns(db, columns, table);
  const [left, right] = [rowHashes(db, columns, one), rowHashes(db, columns, other)];
  try {
    for (let row = 1; ;) {
      const [expected, found] = [await left.ahead(), await right.ahead()];
      if (expected.length === 0 && found.length === 0) return;
      const length = Math.min(expected.length, found.length);
      if (length === 0) throw new CellsDifferError(names, `one of them ends before row ${row}`);
      for (let offset = 0; offset < length; offset += 1)
        if (expected[offset] !== found[offset])
          throw new CellsDifferError(names, `row ${row + offset} differs`);
      left.advance(length);
      right.advance(length);
      row += length;
    }
  } finally {
    await left.close();
    await right.close();
  }
}

async function compareColumns(
  db: DuckDb,
  columns: readonly ColumnFormat[],
  { name, path, exporter }: StoredTable,
): Promise<void> {
  const found = await db.query(`DESCRIBE ${exporter.cellsSql(path, columns)}`);
  const wanted = columns.map((format) => [format.name, storedType(format)].join(' '));
  const present = found.map((column) =>
    [String(column['column_name']), String(column['column_type'])].join(' '),
  );
  if (wanted.length === present.length && wanted.every((column, place) => column === present[place])) return;
  throw new CellsDifferError([name, 'the manifest'], 'columns or their types are others');
}

function rowHashes(db: DuckDb, columns: readonly ColumnFormat[], table: StoredTable): HashReader {
  // A CSV file of one column writes an empty text as it writes a missing one.
  const cells = columns.map((format) =>
    columns.length === 1 && storedType(format) === 'VARCHAR'
      ? `nullif(${nameLiteral(format.name)}, '')`
      : nameLiteral(format.name),
  );
  const sql = `SELECT hash(${cells.join(', ')}) FROM (${table.exporter.cellsSql(table.path, columns)})`;
  return new HashReader(db.stream(sql));
}

/** Reads hashes ahead, a chunk of the engine at a time. */
class HashReader {
  readonly #chunks: AsyncIterator<DuckDBDataChunk>;
  #ahead: readonly DuckDBValue[] = [];

  constructor(chunks: AsyncIterable<DuckDBDataChunk>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next hashes; none at the end. */
  async ahead(): Promise<readonly DuckDBValue[]> {
    if (this.#ahead.length > 0) return this.#ahead;
    const next = await this.#chunks.next();
    if (next.done !== true) this.#ahead = next.value.getColumnValues(0);
    return this.#ahead;
  }

  advance(rows: number): void {
    this.#ahead = this.#ahead.slice(rows);
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}
