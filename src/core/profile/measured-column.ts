import { castSql, missingSql } from '../files/cell-sql.js';
import type { MeasuredType } from '../files/cell-sql.js';
import type { DuckDb } from '../files/duckdb.js';
import { nameLiteral, pathLiteral } from '../files/sql-literal.js';
import type { ColumnSchema } from '../schema/schema.js';
import type { CountCells, GridCell } from './histogram.js';
import type { DisclosureControl } from './profile.js';
import { gridPositionSql } from './public-grid.js';

/** What the aggregate queries of one profile share. */
export interface ProfileSource {
  readonly db: DuckDb;
  readonly parquetPath: string;
  readonly signal: AbortSignal | undefined;
}

/** Doubles carry no more digits than this after the point that could matter. */
const decimalsMax = 15;

/** SQL: `SELECT v` of the column's measures, missing cells left out. The cells are known to conform. */
function valuesSql(source: ProfileSource, column: ColumnSchema, type: MeasuredType): string {
  const cell = nameLiteral(column.name);
  const present = `NOT (${missingSql(cell, column.missingMarkers)})`;
  return `SELECT ${castSql(type, cell, column.dateFormat)} AS v FROM read_parquet(${pathLiteral(source.parquetPath)}) WHERE ${present}`;
}

/** Counts cells of a public grid over one column, by one aggregate scan a call. */
export function cellCounter(source: ProfileSource, column: ColumnSchema, type: MeasuredType): CountCells {
  return async (grid, first, last) => {
    // A value within rounding error of a grid point lies on it: 0.57 / 0.01 is 56.99999999999999.
    const rows = await source.db.query(
      `WITH positions AS (SELECT ${gridPositionSql(grid, 'v')} AS p FROM (${valuesSql(source, column, type)})),
       snapped AS (
         SELECT round(p) AS nearest, abs(p - nearest) <= greatest(1e-9, abs(nearest) * 1e-13) AS on_border,
                CASE WHEN on_border THEN nearest ELSE floor(p) END AS index FROM positions)
       SELECT least(greatest(index, $first::DOUBLE), $last::DOUBLE) AS index, count(*) AS count,
              count_if(on_border AND index BETWEEN $first AND $last) AS on_border
       FROM snapped GROUP BY 1 ORDER BY 1`,
      { first, last },
      source.signal,
    );
    return rows.map((row): GridCell => ({
      index: Number(row['index']),
      count: Number(row['count']),
      onBorder: Number(row['on_border']),
    }));
  };
}

/** The largest number of digits after the point that at least `cellCountMin` records are written with. */
export async function countDecimals(
  source: ProfileSource,
  column: ColumnSchema,
  { cellCountMin }: DisclosureControl,
): Promise<number> {
  const cell = nameLiteral(column.name);
  const rows = await source.db.query(
    `SELECT least(${decimalsMax}, greatest(0, length(regexp_extract(cell, '\\.(\\d*)', 1))
              - coalesce(TRY_CAST(nullif(regexp_extract(cell, '[eE](.*)$', 1), '') AS INTEGER), 0))) AS decimals,
            count(*) AS count
     FROM (SELECT ${cell} AS cell FROM read_parquet(${pathLiteral(source.parquetPath)}))
     WHERE NOT (${missingSql('cell', column.missingMarkers)}) GROUP BY 1 ORDER BY 1 DESC`,
    {},
    source.signal,
  );
  let records = 0;
  for (const { decimals, count } of rows) {
    records += Number(count);
    if (records >= cellCountMin) return Number(decimals);
  }
  return 0;
}
