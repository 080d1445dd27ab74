import { dateFormats, isDateFormat } from '../../core/schema/date-format.js';
import { semanticTypes } from '../../core/schema/schema.js';
import type { ColumnSchema, TableSchema } from '../../core/schema/schema.js';
import { parseNewIdentifier } from '../../generators/identifiers/parse-new-identifier.js';
import { StartRefused } from '../start-refused.js';

/**
 * The confirmed columns of a table: `{"columns": [{"name", "type", "missingMarkers", "decimals"?, "dateFormat"?,
 * "regenerate"?}]}`, as `detect --out` writes them; what else that writes is for people. Every column of the table is there, in any order.
 * @throws {StartRefused} that names the column
 */
export function parseSchemaFile(value: unknown, columnNames: readonly string[]): TableSchema {
  const columns = isRecord(value) ? value['columns'] : undefined;
  if (!Array.isArray(columns)) throw new StartRefused('The schema has no list "columns".');
  const parsed = new Map(
    columns.map((each: unknown, place) => {
      const column = parseColumn(each, place);
      return [column.name, column];
    }),
  );
  for (const name of parsed.keys())
    if (!columnNames.includes(name))
      throw new StartRefused(`The schema has a column "${name}", the table has not.`);
  return {
    columns: columnNames.map((name) => {
      const column = parsed.get(name);
      if (!column) throw new StartRefused(`The table has a column "${name}", the schema has not.`);
      return column;
    }),
  };
}

function parseColumn(value: unknown, place: number): ColumnSchema {
  if (!isRecord(value) || typeof value['name'] !== 'string')
    throw new StartRefused(`Column ${place + 1} of the schema has no name.`);
  const {
    name,
    missingMarkers: markers = [],
    decimals,
    dateFormat,
    regenerate,
  } = value as Record<string, unknown> & { name: string };
  const type = semanticTypes.find((each) => each === value['type']);
  if (type === undefined)
    throw new StartRefused(`Column "${name}" of the schema has no type out of ${semanticTypes.join(', ')}.`);
  if (!Array.isArray(markers) || !markers.every((each): each is string => typeof each === 'string'))
    throw new StartRefused(`Column "${name}" of the schema: "missingMarkers" is not a list of texts.`);
  if (regenerate !== undefined && type !== 'identifier')
    throw new StartRefused(`Column "${name}" of the schema: only an identifier can "regenerate".`);
  const anew = regenerate === undefined ? {} : { regenerate: parseNewIdentifier(name, regenerate) };
  if (dateFormat !== undefined && (type !== 'date' || !isDateFormat(dateFormat)))
    throw new StartRefused(
      `Column "${name}" of the schema: "dateFormat" is for dates, and one of ${dateFormats.join(', ')}.`,
    );
  const written = { ...anew, ...(isDateFormat(dateFormat) ? { dateFormat } : {}) };
  if (decimals === undefined) return { name, type, missingMarkers: markers, ...written };
  if (typeof decimals !== 'number' || !Number.isInteger(decimals) || decimals < 0 || decimals > 15)
    throw new StartRefused(`Column "${name}" of the schema: "decimals" is not a whole number from 0 to 15.`);
  return { name, type, missingMarkers: markers, decimals, ...written };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
