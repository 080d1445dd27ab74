import type { Relationship, TableMetadata } from '../../evaluation/fidelity/quality/table-metadata.js';
import { StartRefused } from '../start-refused.js';

/** What a column is, in the words of SDV. */
export interface SdvColumn {
  readonly sdtype: string;
  /** As Python's strptime writes it. */
  readonly datetimeFormat?: string;
  readonly regexFormat?: string;
}

interface SdvTable {
  readonly columns: ReadonlyMap<string, SdvColumn>;
  readonly keys: TableMetadata;
}

/** SDV metadata: of one table without a name, or of several with their relationships. */
export interface SdvMetadata {
  readonly tables: ReadonlyMap<string, SdvTable>;
  readonly relationships: readonly Relationship[];
}

/** The name of the table in metadata (and in reports) of a single table. */
export const singleTableName = 'table';

/** @throws {StartRefused} when the text is no SDV metadata; the message names the place */
export function parseSdvMetadata(text: string, file: string): SdvMetadata {
  const refuse = (place: string, wanted: string): never => {
    throw new StartRefused(`${file}: ${place} must be ${wanted}.`);
  };
  const reader: Reader = {
    object: (value, place) => (isObject(value) ? value : refuse(place, 'an object')),
    text: (value, place) => (typeof value === 'string' ? value : refuse(place, 'a text')),
    list: (value, place) => (Array.isArray(value) ? (value as unknown[]) : refuse(place, 'a list')),
  };
  const root = reader.object(parseJson(text, file), 'the file');
  const isSingle = root['tables'] === undefined && root['columns'] !== undefined;
  const tables = isSingle ? { [singleTableName]: root } : reader.object(root['tables'], 'tables');
  const parsed = Object.entries(tables).map(
    ([name, table]) => [name, readTable(reader, table, isSingle ? 'the file' : `tables.${name}`)] as const,
  );
  const relationships = reader.list(root['relationships'] ?? [], 'relationships');
  return {
    tables: new Map(parsed),
    relationships: relationships.map((one, index) =>
      readRelationship(reader, one, `relationships[${index}]`),
    ),
  };
}

interface Reader {
  object(value: unknown, place: string): Readonly<Record<string, unknown>>;
  text(value: unknown, place: string): string;
  list(value: unknown, place: string): readonly unknown[];
}

function readTable(reader: Reader, value: unknown, place: string): SdvTable {
  const table = reader.object(value, place);
  const columns = Object.entries(reader.object(table['columns'], `${place}: columns`)).map(
    ([name, column]) => {
      const columnPlace = `${place}: columns.${name}`;
      const described = reader.object(column, columnPlace);
      const format = described['datetime_format'];
      const sdtype = reader.text(described['sdtype'], `${columnPlace}.sdtype`);
      const datetimeFormat =
        format === undefined ? {} : { datetimeFormat: reader.text(format, `${columnPlace}.datetime_format`) };
      const regex = described['regex_format'];
      const regexFormat =
        regex === undefined ? {} : { regexFormat: reader.text(regex, `${columnPlace}.regex_format`) };
      return [name, { sdtype, ...datetimeFormat, ...regexFormat }] as const;
    },
  );
  return { columns: new Map(columns), keys: readKeys(reader, table, place) };
}

function readKeys(reader: Reader, table: Readonly<Record<string, unknown>>, place: string): TableMetadata {
  const key = (value: unknown, name: string): string[] =>
    typeof value === 'string'
      ? [value]
      : reader.list(value, `${place}: ${name}`).map((part) => reader.text(part, `${place}: ${name}`));
  const primary = table['primary_key'];
  const alternates = reader.list(table['alternate_keys'] ?? [], `${place}: alternate_keys`);
  const [sequenceKey, sequenceIndex] = [table['sequence_key'], table['sequence_index']];
  return {
    ...(primary == null ? {} : { primaryKey: key(primary, 'primary_key') }),
    alternateKeys: alternates.map((alternate) => key(alternate, 'alternate_keys')),
    ...(sequenceKey == null ? {} : { sequenceKey: reader.text(sequenceKey, `${place}: sequence_key`) }),
    ...(sequenceIndex == null
      ? {}
      : { sequenceIndex: reader.text(sequenceIndex, `${place}: sequence_index`) }),
  };
}

function readRelationship(reader: Reader, value: unknown, place: string): Relationship {
  const described = reader.object(value, place);
  const text = (name: string): string => reader.text(described[name], `${place}.${name}`);
  return {
    parent: text('parent_table_name'),
    parentKey: text('parent_primary_key'),
    child: text('child_table_name'),
    foreignKey: text('child_foreign_key'),
  };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new StartRefused(`${file} is not JSON: ${error instanceof Error ? error.message : '?'}`);
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
