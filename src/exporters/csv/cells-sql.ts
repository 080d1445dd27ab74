import { nameLiteral, pathLiteral, textLiteral } from '../../core/files/sql-literal.js';
import { convertibleRecordBytesMax } from '../../core/files/csv-to-parquet.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { storedType } from '../stored-type.js';
import { escapeCell } from './formula-cell.js';

/** `isApostrophesBeforeFormula` of formula-cell.ts, in the words of the engine. */
const formulaStart = `[=+\\-@\\t\\r\\n\uFF1D\uFF0B\uFF0D\uFF20]`;
const plainNumber = `[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?`;

/** See `Exporter.cellsSql`. A file of one column writes no text and an empty text alike, so both are missing. */
export function csvCellsSql(path: string, columns: readonly ColumnFormat[]): string {
  const headings = columns.map(({ name }) => escapeCell(name));
  const types = headings.map((heading) => `${textLiteral(heading)}: 'VARCHAR'`).join(', ');
  // Of the empty cells only those without quotes are missing; one thread reads line breaks in quotes in every file.
  const reader = `read_csv(${pathLiteral(path)}, columns = {${types}}, header = true, auto_detect = false,
    delim = ',', quote = '"', escape = '"', comment = '', nullstr = '', allow_quoted_nulls = ${columns.length === 1},
    max_line_size = ${convertibleRecordBytesMax}, strict_mode = false, parallel = false)`;
  const cells = columns.map((format, place) => {
    const cell = nameLiteral(headings[place] ?? '');
    return `${typedSql(cell, format)} AS ${nameLiteral(format.name)}`;
  });
  return `SELECT ${cells.join(', ')} FROM ${reader}`;
}

function typedSql(cell: string, format: ColumnFormat): string {
  const type = storedType(format);
  return type === 'VARCHAR' ? unescapedSql(cell) : `CAST(${cell} AS ${type})`;
}

function unescapedSql(cell: string): string {
  const bare = `ltrim(${cell}, '''')`;
  return `CASE WHEN starts_with(${cell}, '''') AND regexp_matches(${bare}, '^${formulaStart}')
    AND NOT regexp_full_match(${bare}, '${plainNumber}') THEN substr(${cell}, 2) ELSE ${cell} END`;
}
