import type { DuckDb } from '../../core/files/duckdb.js';
import { nameLiteral, pathLiteral, textLiteral } from '../../core/files/sql-literal.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { storedType } from '../stored-type.js';

/**
 * A Parquet file of ours as one of texts, as `convertCsvToParquet` writes it and `openColumns` reads it: a missing cell
 * is the empty text, numbers are written in as many digits as tell them apart.
 */
export async function convertTypedParquet(
  db: DuckDb,
  path: string,
  target: string,
  columns: readonly ColumnFormat[],
): Promise<void> {
  const cells = columns.map((format) => {
    const name = nameLiteral(format.name);
    return `coalesce(${textSql(name, format)}, '') AS ${name}`;
  });
  await db.query(`COPY (SELECT ${cells.join(', ')} FROM read_parquet(${pathLiteral(path)}))
    TO ${textLiteral(target)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 61440)`);
}

function textSql(name: string, format: ColumnFormat): string {
  return storedType(format) === 'TIMESTAMP WITH TIME ZONE'
    ? `strftime(${name}, '%Y-%m-%dT%H:%M:%S.%gZ')`
    : `CAST(${name} AS VARCHAR)`;
}
