import { conformsSql, isMeasured, measureSql, missingSql } from '../files/cell-sql.js';
import type { Row } from '../files/duckdb.js';
import { refuseNonconforming } from '../files/refuse-nonconforming.js';
import { nameLiteral, pathLiteral } from '../files/sql-literal.js';
import type { ColumnSchema } from '../schema/schema.js';
import type { ProfileSource } from './measured-column.js';

/** True counts of one column, and where its measures lie (0 when it has none): for computing, never for publishing. */
export interface ColumnSurvey {
  readonly present: number;
  readonly missing: number;
  readonly lowest: number;
  readonly highest: number;
}

/** Columns to one scan: enough to share the reading, few enough for the memory that their vectors take. */
const columnsPerScan = 8;

/**
 * Counts every column, several to a scan, and checks that every cell is missing or of the confirmed type.
 * @throws {NonconformingValueError}
 */
export async function surveyColumns(
  source: ProfileSource,
  columns: readonly ColumnSchema[],
  onScan: (columnsDone: number) => void,
): Promise<readonly ColumnSurvey[]> {
  const surveys: ColumnSurvey[] = [];
  for (let first = 0; first < columns.length; first += columnsPerScan) {
    const batch = columns.slice(first, first + columnsPerScan);
    const aggregates = batch.map(surveySql).join(', ');
    const sql = `SELECT count(*) AS rows, ${aggregates} FROM read_parquet(${pathLiteral(source.parquetPath)})`;
    const row = await source.db.queryOne(sql, {}, source.signal);
    for (const [index, column] of batch.entries()) surveys.push(await readSurvey(source, column, row, index));
    onScan(surveys.length);
  }
  return surveys;
}

function surveySql(column: ColumnSchema, index: number): string {
  const cell = nameLiteral(column.name);
  const missing = missingSql(cell, column.missingMarkers);
  const absent = `count_if(${missing}) AS missing_${index}`;
  if (!isMeasured(column.type)) {
    return `${absent}, count_if(NOT (${missing}) AND ${conformsSql(column.type, cell)}) AS present_${index}`;
  }
  const value = `CASE WHEN NOT (${missing}) THEN ${measureSql(column.type, cell, column.dateFormat)} END`;
  return `${absent}, count(${value}) AS present_${index}, min(${value}) AS lowest_${index}, max(${value}) AS highest_${index}`;
}

async function readSurvey(
  source: ProfileSource,
  column: ColumnSchema,
  row: Row,
  index: number,
): Promise<ColumnSurvey> {
  const present = Number(row[`present_${index}`]);
  const missing = Number(row[`missing_${index}`]);
  if (present + missing < Number(row['rows'])) {
    return refuseNonconforming(source.db, source.parquetPath, column);
  }
  const lowest = Number(row[`lowest_${index}`] ?? 0);
  const highest = Number(row[`highest_${index}`] ?? 0);
  return { present, missing, lowest, highest };
}
