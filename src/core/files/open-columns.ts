import { UnknownColumnError } from '../schema/unknown-column-error.js';
import type { ColumnSchema, TableSchema } from '../schema/schema.js';
import type { ColumnSource } from '../table/column-source.js';
import type { Column } from '../table/table.js';
import { conformsSql, isMeasured, measureSql, missingSql } from './cell-sql.js';
import type { DuckDb } from './duckdb.js';
import { refuseNonconforming } from './refuse-nonconforming.js';
import { nameLiteral, pathLiteral } from './sql-literal.js';

/** The file that convertCsvToParquet wrote, and the number of its rows. */
interface TextTable {
  readonly db: DuckDb;
  readonly path: string;
  readonly rowCount: number;
  /** Names for the enums of columns that are read at the same time. */
  enums: number;
}

/**
 * Opens the columns of a Parquet file of text cells as the types that `schema` confirms, one at a time.
 * number, integer -> 'number'; category, boolean -> 'category' (dictionary sorted, cell texts as they are);
 * date (ISO, or as its format says) -> 'date'; datetime (ISO, UTC unless an offset is written) -> 'datetime'; identifier, free-text -> 'text'.
 * @throws {NonconformingValueError} from `column`, when a cell is neither missing nor of its type
 */
export async function openColumns(
  db: DuckDb,
  parquetPath: string,
  schema: TableSchema,
): Promise<ColumnSource> {
  const { rows } = await db.queryOne(
    `SELECT count(*) AS rows FROM read_parquet(${pathLiteral(parquetPath)})`,
  );
  const table = { db, path: parquetPath, rowCount: Number(rows), enums: 0 };
  const byName = new Map(schema.columns.map((column) => [column.name, column]));
  return {
    rowCount: table.rowCount,
    columnNames: [...byName.keys()],
    column: async (name) => {
      const column = byName.get(name);
      if (column === undefined) throw new UnknownColumnError(name, [...byName.keys()]);
      return readColumn(table, column);
    },
  };
}

async function readColumn(table: TextTable, column: ColumnSchema): Promise<Column> {
  const { type } = column;
  if (isMeasured(type)) {
    const valueSql = measureSql(type, nameLiteral(column.name), column.dateFormat);
    const { values, missing } = await readNumbers(table, column, valueSql);
    if (type === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
    return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
  }
  if (type === 'category' || type === 'boolean') return readCategories(table, column);
  return readTexts(table, column);
}

/** Runs `valueSql` (a DOUBLE) over the column: NULL at a cell that is not missing means nonconforming. */
async function readNumbers(
  table: TextTable,
  column: ColumnSchema,
  valueSql: string,
): Promise<{ values: Float64Array; missing: Uint8Array }> {
  const values = new Float64Array(table.rowCount);
  const missing = new Uint8Array(Math.ceil(table.rowCount / 8));
  const absent = missingSql(nameLiteral(column.name), column.missingMarkers);
  // The two reasons for having no number travel as one: NaN marks a missing cell, NULL a nonconforming one.
  const sql = `SELECT CASE WHEN ${absent} THEN 'NaN'::DOUBLE ELSE ${valueSql} END FROM read_parquet(${pathLiteral(table.path)})`;
  let row = 0;
  for await (const chunk of table.db.stream(sql)) {
    const vector = chunk.getColumnVector(0);
    for (let index = 0; index < chunk.rowCount; index += 1, row += 1) {
      const value = vector.getItem(index);
      if (typeof value !== 'number') return refuseNonconforming(table.db, table.path, column);
      if (Number.isNaN(value)) markMissing(missing, row);
      else values[row] = value;
    }
  }
  return { values, missing };
}

async function readCategories(table: TextTable, column: ColumnSchema): Promise<Column> {
  const cell = nameLiteral(column.name);
  const source = `read_parquet(${pathLiteral(table.path)})`;
  const present = `NOT (${missingSql(cell, column.missingMarkers)})`;
  // An enum turns texts into codes inside the engine, so that no text crosses over per row.
  table.enums += 1;
  const codes = `category_codes_${table.enums}`;
  await table.db.query(
    `CREATE TYPE ${codes} AS ENUM (SELECT DISTINCT ${cell} FROM ${source} WHERE ${present} ORDER BY 1)`,
  );
  try {
    const found = await table.db.query(`SELECT unnest(enum_range(NULL::${codes})) AS category`);
    const dictionary = found.map(({ category }) => String(category));
    const valueSql = `CASE WHEN ${conformsSql(column.type, cell)} THEN enum_code(${cell}::${codes})::DOUBLE END`;
    const { values, missing } = await readNumbers(table, column, valueSql);
    return { kind: 'category', codes: Int32Array.from(values), dictionary, missing };
  } finally {
    await table.db.query(`DROP TYPE ${codes}`);
  }
}

async function readTexts(table: TextTable, column: ColumnSchema): Promise<Column> {
  const markers = new Set(column.missingMarkers);
  const values: string[] = [];
  const missing = new Uint8Array(Math.ceil(table.rowCount / 8));
  const sql = `SELECT ${nameLiteral(column.name)} FROM read_parquet(${pathLiteral(table.path)})`;
  for await (const chunk of table.db.stream(sql)) {
    for (const value of chunk.getColumnValues(0)) {
      const text = String(value);
      if (markers.has(text)) markMissing(missing, values.length);
      values.push(text);
    }
  }
  return { kind: 'text', values, missing };
}

function markMissing(missing: Uint8Array, row: number): void {
  missing[row >> 3] = (missing[row >> 3] ?? 0) | (1 << (row & 7));
}
