import type { DuckDb } from './duckdb.js';
import { nameLiteral, pathLiteral } from './sql-literal.js';

/** SHA-256 of the cells of a row in whatever order: columns that are renamed or moved change nothing. */
function contentSql(columnNames: readonly string[]): string {
  const cells = columnNames.map((name) => `trim(coalesce(${nameLiteral(name)}, ''))`).join(', ');
  return `sha256(array_to_string(list_sort([${cells}]), chr(31)))`;
}

/**
 * One text a row, in file order, equal for rows of equal cells.
 * @param parquetPath a Parquet file of text cells
 */
export function rowContents(
  db: DuckDb,
  parquetPath: string,
  columnNames: readonly string[],
): AsyncIterable<string> {
  return texts(db, `SELECT ${contentSql(columnNames)} FROM read_parquet(${pathLiteral(parquetPath)})`);
}

/** The different texts of one column, in no order. */
export function distinctTexts(db: DuckDb, parquetPath: string, columnName: string): AsyncIterable<string> {
  const cell = `trim(coalesce(${nameLiteral(columnName)}, ''))`;
  return texts(db, `SELECT DISTINCT ${cell} FROM read_parquet(${pathLiteral(parquetPath)})`);
}

async function* texts(db: DuckDb, sql: string): AsyncIterable<string> {
  for await (const chunk of db.stream(sql)) {
    const vector = chunk.getColumnVector(0);
    for (let row = 0; row < chunk.rowCount; row += 1) yield String(vector.getItem(row));
  }
}
