import { castSql, measureSql, missingSql } from '../../core/files/cell-sql.js';
import type { DuckDb } from '../../core/files/duckdb.js';
import { openColumns } from '../../core/files/open-columns.js';
import { nameLiteral, pathLiteral, textLiteral } from '../../core/files/sql-literal.js';
import { createMissingBitmap, markMissing } from '../../core/table/missing-bitmap.js';
import type { Column, Table } from '../../core/table/table.js';
import type { ColumnReading } from './column-reading.js';

/** A table as it is compared, and what of it could not be read. */
export interface TableRead {
  readonly table: Table;
  /** Cells that are neither missing nor of the column's kind, by column; they were taken as missing. */
  readonly unreadable: ReadonlyMap<string, number>;
}

export interface ParquetTable {
  readonly path: string;
  readonly rowCount: number;
  readonly columnNames: readonly string[];
}

/** Reads the columns that the table has and a reading knows; a column without a reading is read as text. */
export async function readTable(
  db: DuckDb,
  file: ParquetTable,
  readings: ReadonlyMap<string, ColumnReading>,
): Promise<TableRead> {
  const wanted = file.columnNames.map(
    (name) => readings.get(name) ?? ({ name, kind: 'text', missingMarkers: [''] } as const),
  );
  const unreadable = new Map<string, number>();
  const measured = wanted.filter(isMeasured);
  const columns = await readMeasured(db, file, measured, unreadable);
  const others = wanted.filter((reading) => !isMeasured(reading));
  const opened = await openColumns(db, file.path, {
    columns: others.map(({ name, kind, missingMarkers }) => ({
      name,
      missingMarkers,
      type: kind === 'category' ? ('category' as const) : ('identifier' as const),
    })),
  });
  for (const { name } of others) columns.set(name, await opened.column(name));
  const inOrder = file.columnNames.flatMap((name) => {
    const column = columns.get(name);
    return column ? [[name, column] as const] : [];
  });
  return { table: { rowCount: file.rowCount, columns: new Map(inOrder) }, unreadable };
}

type MeasuredReading = ColumnReading & { readonly kind: 'number' | 'date' | 'datetime' };

function isMeasured(reading: ColumnReading): reading is MeasuredReading {
  return reading.kind !== 'category' && reading.kind !== 'text';
}

/** Columns read in one pass over the file. */
const columnsPerPass = 32;

async function readMeasured(
  db: DuckDb,
  file: ParquetTable,
  readings: readonly MeasuredReading[],
  unreadable: Map<string, number>,
): Promise<Map<string, Column>> {
  const columns = new Map<string, Column>();
  for (let first = 0; first < readings.length; first += columnsPerPass) {
    const batch = readings.slice(first, first + columnsPerPass);
    const values = batch.map(() => new Float64Array(file.rowCount));
    const missing = batch.map(() => createMissingBitmap(file.rowCount));
    let start = 0;
    for await (const chunk of db.stream(batchSql(file.path, batch))) {
      for (const [index] of batch.entries()) {
        const vector = chunk.getColumnVector(index);
        const [cells, flags] = [values[index], missing[index]];
        if (!cells || !flags) continue;
        for (let row = 0; row < chunk.rowCount; row += 1) {
          const value = vector.getItem(row);
          if (typeof value === 'number') cells[start + row] = value;
          else markMissing(flags, start + row);
        }
      }
      start += chunk.rowCount;
    }
    batch.forEach((reading, index) => {
      const column = columnOf(reading.kind, values[index], missing[index]);
      if (column) columns.set(reading.name, column);
    });
    await countUnreadable(db, file.path, batch, unreadable);
  }
  return columns;
}

function columnOf(
  kind: MeasuredReading['kind'],
  values: Float64Array | undefined,
  missing: Uint8Array | undefined,
): Column | null {
  if (!values || !missing) return null;
  return kind === 'date' ? { kind, values: Int32Array.from(values), missing } : { kind, values, missing };
}

function batchSql(path: string, readings: readonly MeasuredReading[]): string {
  const values = readings.map(
    (reading) => `CASE WHEN ${absentSql(reading)} THEN NULL ELSE ${valueSql(reading)} END`,
  );
  return `SELECT ${values.join(', ')} FROM read_parquet(${pathLiteral(path)})`;
}

function valueSql({ name, kind, datetimeFormat, dateFormat }: MeasuredReading): string {
  const cell = nameLiteral(name);
  // A number that casts is a number; the pattern, which costs most, would refuse the same texts but "inf" and "nan".
  if (kind === 'number') return castSql('number', cell);
  if (kind === 'datetime' && datetimeFormat !== undefined)
    return `CAST(epoch_us(TRY_STRPTIME(${cell}, ${textLiteral(datetimeFormat)})) AS DOUBLE) / 1000`;
  if (kind === 'date' && dateFormat !== undefined)
    return `coalesce(${measureSql(kind, cell)}, ${measureSql(kind, cell, dateFormat)})`;
  return measureSql(kind, cell);
}

function absentSql({ name, missingMarkers }: ColumnReading): string {
  return missingSql(nameLiteral(name), missingMarkers);
}

async function countUnreadable(
  db: DuckDb,
  path: string,
  readings: readonly MeasuredReading[],
  unreadable: Map<string, number>,
): Promise<void> {
  if (readings.length === 0) return;
  const counts = readings.map(
    (reading, index) =>
      `count(*) FILTER (NOT (${absentSql(reading)}) AND (${valueSql(reading)}) IS NULL) AS c${index}`,
  );
  const found = await db.queryOne(`SELECT ${counts.join(', ')} FROM read_parquet(${pathLiteral(path)})`);
  readings.forEach(({ name }, index) => {
    const count = Number(found[`c${index}`]);
    if (count > 0) unreadable.set(name, count);
  });
}
