import { isDateFormat } from './date-format.js';
import type { NewIdentifier, NewIdentifierKind } from './new-identifier.js';
import type { ColumnSchema, SemanticType, TableSchema } from './schema.js';

/** What a column is, in the words of SDV's metadata (SINGLE_TABLE_V1, MULTI_TABLE_V1). */
export interface SdvColumnWords {
  readonly sdtype: string;
  /** As Python's strptime has it. */
  readonly datetimeFormat?: string;
  readonly regexFormat?: string;
}

/** A column that SDV's metadata describe in a way that is not read here. */
class SdvMetadataError extends Error {
  constructor(column: string, problem: string) {
    super(`Column "${column}" of the metadata: ${problem}.`);
    this.name = 'SdvMetadataError';
  }
}

const isoDate = '%Y-%m-%d';
const isoDateTime = '%Y-%m-%dT%H:%M:%S.%fZ';
const datetimeFormats = [
  ...[isoDateTime, '%Y-%m-%dT%H:%M:%SZ', '%Y-%m-%dT%H:%M:%S', '%Y-%m-%dT%H:%M:%S.%f'],
  ...['%Y-%m-%d %H:%M:%S', '%Y-%m-%d %H:%M:%S.%f', '%Y-%m-%d %H:%M'],
];
/** New keys begin so; a regex that does is one of ours, and any other is likely that of the real values. */
const ownPrefix = 'SYN-';
const keyPattern = `${ownPrefix}[0-9]{12}`;

/** Faker's names for what we can make. */
const personalKinds: Readonly<Record<string, NewIdentifierKind>> = {
  ...{ first_name: 'given-name', last_name: 'family-name', name: 'full-name', email: 'email' },
  ...{ phone_number: 'phone', street_address: 'street-address', address: 'street-address' },
  ...{ city: 'city', postcode: 'postcode', uuid4: 'uuid' },
};

/**
 * A column as SDV's metadata describe it. `proposed` is what inspection says of the same cells: metadata do not tell whole
 * numbers from others.
 * @param isKey whether it is a primary key, each value once
 * @throws {SdvMetadataError}
 */
export function columnOfSdv(
  { name, type: proposed, missingMarkers }: Pick<ColumnSchema, 'name' | 'type' | 'missingMarkers'>,
  words: SdvColumnWords,
  isKey: boolean,
): ColumnSchema {
  const of = (type: SemanticType, others: Partial<ColumnSchema> = {}): ColumnSchema => ({
    ...{ name, type, missingMarkers },
    ...others,
  });
  if (isKey) return of('identifier', { regenerate: newKey(words, true) });
  switch (words.sdtype) {
    case 'numerical':
      return of(proposed === 'integer' ? 'integer' : 'number');
    case 'categorical':
      return of('category');
    case 'boolean':
      return of(proposed === 'boolean' ? 'boolean' : 'category');
    case 'datetime':
      return of(...timeOf(name, words.datetimeFormat ?? isoDate));
    case 'id':
      return of('identifier', { regenerate: newKey(words, false) });
    case 'text':
      return of('free-text');
    default: {
      const kind = Object.hasOwn(personalKinds, words.sdtype) ? personalKinds[words.sdtype] : undefined;
      return of('identifier', kind ? { regenerate: { kind, unique: false } } : {});
    }
  }
}

function timeOf(name: string, format: string): [SemanticType, Partial<ColumnSchema>?] {
  if (format === isoDate) return ['date'];
  if (isDateFormat(format)) return ['date', { dateFormat: format }];
  if (datetimeFormats.includes(format)) return ['datetime'];
  throw new SdvMetadataError(name, `dates written ${format} are not read`);
}

function newKey({ sdtype, regexFormat }: SdvColumnWords, unique: boolean): NewIdentifier {
  if (regexFormat?.startsWith(ownPrefix) && regexFormat !== keyPattern)
    return { kind: 'pattern', unique, pattern: regexFormat };
  return { kind: sdtype === 'numerical' ? 'numeric-key' : 'key', unique };
}

export interface SdvTableToDescribe {
  readonly schema: TableSchema;
  readonly primaryKey?: string;
}

interface SdvRelation {
  readonly parent: string;
  readonly parentKey: string;
  readonly child: string;
  readonly foreignKey: string;
}

/** The metadata of the rows that are made, of a single table. Bounds, units, categories and missing markers have no place in them. */
export function sdvSingleTable({ schema, primaryKey }: SdvTableToDescribe): object {
  return { METADATA_SPEC_VERSION: 'SINGLE_TABLE_V1', ...describeTable({ schema, ...keyed(primaryKey) }) };
}

/** The same of several tables that name each other. */
export function sdvMultiTable(
  tables: ReadonlyMap<string, SdvTableToDescribe>,
  relations: readonly SdvRelation[],
): object {
  return {
    METADATA_SPEC_VERSION: 'MULTI_TABLE_V1',
    tables: Object.fromEntries([...tables].map(([name, table]) => [name, describeTable(table)])),
    relationships: relations.map(({ parent, parentKey, child, foreignKey }) => ({
      parent_table_name: parent,
      parent_primary_key: parentKey,
      child_table_name: child,
      child_foreign_key: foreignKey,
    })),
  };
}

const keyed = (primaryKey?: string): { primaryKey?: string } =>
  primaryKey === undefined ? {} : { primaryKey };

function describeTable({ schema, primaryKey }: SdvTableToDescribe): object {
  const columns = schema.columns.map((column) => [column.name, describeColumn(column)] as const);
  return {
    columns: Object.fromEntries(columns),
    ...(primaryKey === undefined ? {} : { primary_key: primaryKey }),
  };
}

function describeColumn({ type, regenerate }: ColumnSchema): object {
  switch (type) {
    case 'number':
      return { sdtype: 'numerical', computer_representation: 'Float' };
    case 'integer':
      return { sdtype: 'numerical', computer_representation: 'Int64' };
    case 'category':
      return { sdtype: 'categorical' };
    case 'boolean':
      return { sdtype: 'boolean' };
    case 'date':
      return { sdtype: 'datetime', datetime_format: isoDate };
    case 'datetime':
      return { sdtype: 'datetime', datetime_format: isoDateTime };
    case 'free-text':
      return { sdtype: 'text' };
    case 'identifier':
      return describeIdentifier(regenerate);
  }
}

function describeIdentifier(regenerate?: NewIdentifier): object {
  const personal = Object.entries(personalKinds).find(([, kind]) => kind === regenerate?.kind);
  if (personal) return { sdtype: personal[0], pii: true };
  if (regenerate?.kind === 'pattern') return { sdtype: 'id', regex_format: regenerate.pattern };
  if (regenerate?.kind === 'numeric-key') return { sdtype: 'id', regex_format: '9[0-9]{14}' };
  return regenerate?.kind === 'key' ? { sdtype: 'id', regex_format: keyPattern } : { sdtype: 'id' };
}
