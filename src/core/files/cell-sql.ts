import type { DateFormat } from '../schema/date-format.js';
import type { SemanticType } from '../schema/schema.js';
import { textListLiteral, textLiteral } from './sql-literal.js';

/** Types whose cells become numbers: number and integer as they are, date as days, datetime as milliseconds. */
export type MeasuredType = 'number' | 'integer' | 'date' | 'datetime';

/** Cell texts a boolean column may hold, whatever the case. */
export const booleanWords = ['true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', '0', '1'] as const;

const patterns = {
  // Whole numbers may be written 12 or 12.0: R and pandas write the latter as soon as one cell is missing.
  integer: String.raw`[+-]?\d+(\.0*)?`,
  number: String.raw`[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?`,
  date: String.raw`\d{4}-\d{2}-\d{2}`,
  datetime: String.raw`\d{4}-\d{2}-\d{2}([ T]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?(Z|[+-]\d{2}:?\d{2})?)?)?`,
} as const;

const dateShapes: Readonly<Record<DateFormat, string>> = {
  '%d/%m/%Y': String.raw`\d{1,2}/\d{1,2}/\d{4}`,
  '%m/%d/%Y': String.raw`\d{1,2}/\d{1,2}/\d{4}`,
  '%d-%m-%Y': String.raw`\d{1,2}-\d{1,2}-\d{4}`,
  '%d.%m.%Y': String.raw`\d{1,2}\.\d{1,2}\.\d{4}`,
  '%Y/%m/%d': String.raw`\d{4}/\d{1,2}/\d{1,2}`,
  // Eight digits of another century are likelier a number than a date.
  '%Y%m%d': String.raw`(19|20)\d{6}`,
  '%d-%b-%Y': String.raw`\d{1,2}-[A-Za-z]{3}-\d{4}`,
  '%d %b %Y': String.raw`\d{1,2} [A-Za-z]{3} \d{4}`,
};

/** SQL: the days since 1970-01-01 of a text cell written so, NULL where it is no such date. */
export function formattedDateSql(format: DateFormat, cell: string): string {
  const date = `CAST(try_strptime(${cell}, ${textLiteral(format)}) AS DATE)`;
  return `CASE WHEN regexp_full_match(${cell}, ${textLiteral(dateShapes[format])}) THEN CAST(${date} - DATE '1970-01-01' AS DOUBLE) END`;
}

export function isMeasured(type: SemanticType): type is MeasuredType {
  return type in patterns;
}

/**
 * SQL: the DOUBLE that a text cell stands for, NULL where it is not of the type. `cell` is a SQL expression; `format` is for
 * dates that are not written as ISO 8601 has them.
 */
export function measureSql(type: MeasuredType, cell: string, format?: DateFormat): string {
  if (type === 'date' && format !== undefined) return formattedDateSql(format, cell);
  return `CASE WHEN regexp_full_match(${cell}, ${textLiteral(patterns[type])}) THEN ${castSql(type, cell)} END`;
}

/** SQL: the same DOUBLE for a cell already known to be of the type: without the pattern, which costs most. */
export function castSql(type: MeasuredType, cell: string, format?: DateFormat): string {
  if (type === 'date' && format !== undefined) return formattedDateSql(format, cell);
  switch (type) {
    case 'number':
      // A huge exponent casts to infinity, which is no measurement.
      return `CASE WHEN isfinite(TRY_CAST(${cell} AS DOUBLE)) THEN TRY_CAST(${cell} AS DOUBLE) END`;
    case 'integer':
      // Beyond 2^53 whole numbers are no longer apart as doubles.
      return `CASE WHEN abs(TRY_CAST(${cell} AS DOUBLE)) <= 9007199254740992 THEN TRY_CAST(${cell} AS DOUBLE) END`;
    case 'date':
      return `CAST(TRY_CAST(${cell} AS DATE) - DATE '1970-01-01' AS DOUBLE)`;
    case 'datetime':
      return `CAST(epoch_ms(TRY_CAST(${cell} AS TIMESTAMPTZ)) AS DOUBLE)`;
  }
}

/**
 * SQL: whether a cell is one of the column's missing markers. No IN: the engine makes a join of one with many texts, and
 * a join gives the rows of a large file back in another order, so that columns would no longer belong together.
 */
export function missingSql(cell: string, markers: readonly string[]): string {
  return markers.length === 0 ? 'false' : `list_contains(${textListLiteral(markers)}, ${cell})`;
}

/** SQL: whether a cell that is not missing is of the type; text of any kind always is. */
export function conformsSql(type: SemanticType, cell: string, format?: DateFormat): string {
  if (isMeasured(type)) return `(${measureSql(type, cell, format)}) IS NOT NULL`;
  if (type === 'boolean') return `list_contains(${textListLiteral(booleanWords)}, lower(${cell}))`;
  return 'true';
}
