import type { ColumnFormat } from '../../core/table/column-format.js';
import { disclaimer, label } from '../package/disclaimer.js';
import { columnDescription, columnReference } from './column-description.js';

export const csvwMediaType = 'application/csvm+json';

/** Where readers of CSV on the Web look for the description of a file. */
export function descriptorName(csvName: string): string {
  return `${csvName}-metadata.json`;
}

/** Where they look for the description of all files of a folder. */
export const groupDescriptorName = 'csv-metadata.json';

interface DescribedTable {
  /** Of the CSV file, in the folder of the description. */
  readonly file: string;
  readonly title: string;
  readonly columns: readonly ColumnFormat[];
}

export interface KeyedTable extends DescribedTable {
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
}

interface ForeignKey {
  readonly columns: readonly string[];
  /** The file and the columns that are named. */
  readonly file: string;
  readonly referenced: readonly string[];
}

const context = ['http://www.w3.org/ns/csvw', { '@language': 'en' }] as const;

const formulaNote =
  'A heading or text that a spreadsheet would run as a formula has an apostrophe before it that is not part of the value.';

const dialect = {
  delimiter: ',',
  doubleQuote: true,
  encoding: 'utf-8',
  header: true,
  lineTerminators: ['\n'],
  quoteChar: '"',
  trim: false,
} as const;

/** The description of one CSV file of ours (CSVW, W3C Recommendation of 17 December 2015). */
export function tableMetadata(table: DescribedTable): Uint8Array {
  return jsonBytes({
    '@context': context,
    ...aboutTable(table),
    ...labels,
    dialect,
    tableSchema: { columns: table.columns.map(columnDescription) },
  });
}

/** The description of CSV files that belong together, with their keys. */
export function groupMetadata(title: string, tables: readonly KeyedTable[]): Uint8Array {
  return jsonBytes({
    '@context': context,
    'dc:title': title,
    ...labels,
    dialect,
    tables: tables.map((table) => ({ ...aboutTable(table), tableSchema: keyedSchema(table) })),
  });
}

const labels = { 'rdfs:label': label, 'dc:description': disclaimer, 'rdfs:comment': formulaNote } as const;

function aboutTable({ file, title }: DescribedTable): object {
  return { url: encodeURIComponent(file), 'dc:title': title };
}

function keyedSchema({ columns, primaryKey, foreignKeys }: KeyedTable): object {
  return {
    columns: columns.map(columnDescription),
    ...(primaryKey.length === 0 ? {} : { primaryKey: primaryKey.map(columnReference) }),
    ...(foreignKeys.length === 0
      ? {}
      : {
          foreignKeys: foreignKeys.map((key) => ({
            columnReference: key.columns.map(columnReference),
            reference: {
              resource: encodeURIComponent(key.file),
              columnReference: key.referenced.map(columnReference),
            },
          })),
        }),
  };
}

function jsonBytes(document: object): Uint8Array {
  return new TextEncoder().encode(`${JSON.stringify(document, undefined, 2)}\n`);
}
