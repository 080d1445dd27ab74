import type { ColumnSchema } from '../schema/schema.js';
import { conformsSql, missingSql } from './cell-sql.js';
import type { DuckDb } from './duckdb.js';
import { NonconformingValueError } from './nonconforming-value-error.js';
import { nameLiteral, pathLiteral } from './sql-literal.js';

/** Throws for the first cell that is not of its column's type; call it when some count says that there is one. */
export async function refuseNonconforming(
  db: DuckDb,
  parquetPath: string,
  column: ColumnSchema,
): Promise<never> {
  const cell = nameLiteral(column.name);
  const { row } = await db.queryOne(
    `SELECT min(file_row_number) AS row FROM read_parquet(${pathLiteral(parquetPath)}, file_row_number = true)
     WHERE NOT (${missingSql(cell, column.missingMarkers)}) AND NOT (${conformsSql(column.type, cell, column.dateFormat)})`,
  );
  if (row === null) throw new Error(`Column "${column.name}" was found nonconforming, and yet no cell is.`);
  throw new NonconformingValueError({ column: column.name, line: Number(row) + 2, type: column.type });
}
