import type { ColumnFeatures } from './column-features.js';
import type { DuckDb } from './duckdb.js';
import { missingSql } from './cell-sql.js';
import { nameLiteral, pathLiteral } from './sql-literal.js';

/** A number that may mean "not known". It is taken for a value until a person says otherwise. */
export interface SuspectedMarker {
  readonly marker: string;
  readonly cells: number;
  /** One sentence; it quotes no other cell. */
  readonly reason: string;
}

/** Values beside the end of a column that its distance is compared with. */
const neighbours = 4;
const distinctMin = 10;

/**
 * A least or greatest number that stands further from the next value than that one from the fifth, at least twice: a
 * blood pressure or cholesterol of 0, an age of 999. Columns with fewer than ten other values are not judged.
 */
export async function findSuspectedMarkers(
  db: DuckDb,
  parquetPath: string,
  { name, standIns, markers, distinct }: ColumnFeatures,
  signal?: AbortSignal,
): Promise<SuspectedMarker[]> {
  const offered = [...standIns].filter(([number, cells]) => cells >= 2 && !markers.has(number));
  if (offered.length === 0 || distinct <= distinctMin) return [];
  const present = `NOT (${missingSql(nameLiteral(name), [...markers.keys()])})`;
  const row = await db.queryOne(
    `SELECT min(x, ${neighbours + 2}) AS low, max(x, ${neighbours + 2}) AS high
     FROM (SELECT DISTINCT TRY_CAST(${nameLiteral(name)} AS DOUBLE) AS x
           FROM read_parquet(${pathLiteral(parquetPath)}) WHERE ${present})`,
    {},
    signal,
  );
  const ends = [numbersIn(row['low']), numbersIn(row['high'])];
  return offered.flatMap(([marker, cells]) =>
    ends.some((end) => standsApart(end, Number(marker)))
      ? [{ marker, cells, reason: 'It stands far from all other values, so it may mean "not known".' }]
      : [],
  );
}

/** @param end the values at one end of the column, the outermost first */
function standsApart(end: readonly number[], candidate: number): boolean {
  const [outermost, next, ...inner] = end;
  const last = inner.at(-1);
  if (outermost !== candidate || next === undefined || last === undefined) return false;
  return Math.abs(next - outermost) > Math.abs(last - next);
}

function numbersIn(list: unknown): number[] {
  const items: unknown = typeof list === 'object' && list !== null && 'items' in list ? list.items : list;
  return Array.isArray(items) ? items.map(Number) : [];
}
