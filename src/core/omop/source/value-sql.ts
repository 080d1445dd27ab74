import type { CdmType } from '../cdm.js';

/** The type under which DuckDB holds a field. */
export const sqlTypes = {
  integer: 'BIGINT',
  float: 'DOUBLE',
  date: 'DATE',
  datetime: 'TIMESTAMP',
  varchar: 'VARCHAR',
} as const satisfies Record<CdmType, string>;

const wholeTypes = /^(TINYINT|SMALLINT|INTEGER|BIGINT|UTINYINT|USMALLINT|UINTEGER)$/;
const hugeTypes = /^(UBIGINT|HUGEINT|UHUGEINT)$/;
const fractionTypes = /^(FLOAT|DOUBLE|DECIMAL.*)$/;
/** Whole numbers up to it are exact as DOUBLE. */
const exactMax = 2 ** 53;

/**
 * A column of the file as a value of the model's type: NULL where the cell is empty, and where it is not of that type.
 * No value is rounded, cut or guessed. `source` is DuckDB's name of the column's type in the file.
 */
export function valueSql(cell: string, source: string, type: CdmType): string {
  switch (type) {
    case 'integer':
      return integerSql(cell, source);
    case 'float':
      return floatSql(cell, source);
    case 'date': {
      const moment = momentSql(cell, source);
      return `CASE WHEN ${moment} = date_trunc('day', ${moment}) THEN CAST(${moment} AS DATE) END`;
    }
    case 'datetime':
      return momentSql(cell, source);
    case 'varchar':
      return presentSql(cell, source);
  }
}

/** The cell, NULL where it is empty. */
export function presentSql(cell: string, source: string): string {
  return source === 'VARCHAR' ? `NULLIF(${cell}, '')` : `CAST(${cell} AS VARCHAR)`;
}

function integerSql(cell: string, source: string): string {
  if (wholeTypes.test(source)) return `CAST(${cell} AS BIGINT)`;
  if (hugeTypes.test(source)) return `TRY_CAST(${cell} AS BIGINT)`;
  if (fractionTypes.test(source))
    return `CASE WHEN ${cell} = trunc(${cell}) AND abs(${cell}) <= ${exactMax} THEN CAST(${cell} AS BIGINT) END`;
  // A cast of text would round 1.5, so the form is looked at first.
  if (source === 'VARCHAR')
    return `CASE WHEN regexp_full_match(${cell}, '[+-]?[0-9]{1,19}') THEN TRY_CAST(${cell} AS BIGINT) END`;
  return 'CAST(NULL AS BIGINT)';
}

function floatSql(cell: string, source: string): string {
  if (wholeTypes.test(source) || hugeTypes.test(source) || fractionTypes.test(source))
    return `CASE WHEN isfinite(CAST(${cell} AS DOUBLE)) THEN CAST(${cell} AS DOUBLE) END`;
  if (source === 'VARCHAR') {
    const form = '[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?';
    return `CASE WHEN regexp_full_match(${cell}, '${form}') THEN TRY_CAST(${cell} AS DOUBLE) END`;
  }
  return 'CAST(NULL AS DOUBLE)';
}

/** Texts are ISO 8601, or YYYYMMDD as vocabularies have it; a time with an offset becomes UTC. */
function momentSql(cell: string, source: string): string {
  if (source === 'DATE') return `CAST(${cell} AS TIMESTAMP)`;
  if (source === 'TIMESTAMP WITH TIME ZONE') return `make_timestamp(epoch_us(${cell}))`;
  if (source.startsWith('TIMESTAMP')) return `CAST(${cell} AS TIMESTAMP)`;
  if (source !== 'VARCHAR') return 'CAST(NULL AS TIMESTAMP)';
  const digits = `TRY_STRPTIME(${cell}, '%Y%m%d')`;
  const iso = `CASE WHEN regexp_matches(${cell}, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') THEN TRY_CAST(${cell} AS TIMESTAMP) END`;
  return `(CASE WHEN regexp_full_match(${cell}, '[0-9]{8}') THEN ${digits} ELSE ${iso} END)`;
}
