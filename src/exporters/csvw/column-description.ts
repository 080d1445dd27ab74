import type { ColumnFormat } from '../../core/table/column-format.js';
import { escapeCell } from '../csv/formula-cell.js';

/** A column as "CSV on the Web" (W3C, Metadata Vocabulary for Tabular Data) describes it. */
export interface ColumnDescription {
  readonly name: string;
  readonly titles: string;
  readonly datatype: string | { readonly base: string; readonly format: string };
  readonly null: readonly string[];
}

export function columnDescription(format: ColumnFormat): ColumnDescription {
  return {
    name: columnReference(format.name),
    // The heading as it stands in the file.
    titles: escapeCell(format.name),
    datatype: datatypeOf(format),
    null: [''],
  };
}

/** The name by which keys refer to the column: what a URI template takes, so the rest is percent-encoded. */
export function columnReference(name: string): string {
  return encodeURIComponent(name).replace(/^_|[-.!~*'()]/g, percentEncoded);
}

function percentEncoded(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

function datatypeOf({ type, decimals = 0 }: ColumnFormat): ColumnDescription['datatype'] {
  switch (type) {
    case 'number':
      return { base: 'decimal', format: digits(decimals) };
    case 'integer':
      return decimals === 0
        ? { base: 'integer', format: digits(0) }
        : { base: 'decimal', format: digits(decimals) };
    case 'date':
      return { base: 'date', format: 'yyyy-MM-dd' };
    case 'datetime':
      return { base: 'datetime', format: 'yyyy-MM-ddTHH:mm:ss.SSSX' };
    case 'category':
    case 'boolean':
    case 'identifier':
    case 'free-text':
      return 'string';
  }
}

function digits(decimals: number): string {
  return decimals === 0 ? '0' : `0.${'0'.repeat(decimals)}`;
}
