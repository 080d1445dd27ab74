import type { ColumnSource } from '../../core/table/column-source.js';
import type { Column } from '../../core/table/table.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';

/** Null is a missing cell. */
export function numbers(values: readonly (number | null)[]): Column & { kind: 'number' } {
  return {
    kind: 'number',
    values: Float64Array.from(values, (value) => value ?? NaN),
    missing: bitmap(values),
  };
}

export function dates(values: readonly (number | null)[]): Column & { kind: 'date' } {
  return { kind: 'date', values: Int32Array.from(values, (value) => value ?? 0), missing: bitmap(values) };
}

export function categories(values: readonly (string | null)[]): Column & { kind: 'category' } {
  const dictionary = [...new Set(values.filter((value) => value !== null))];
  const codes = Int32Array.from(values, (value) => (value === null ? 0 : dictionary.indexOf(value)));
  return { kind: 'category', codes, dictionary, missing: bitmap(values) };
}

export function texts(values: readonly string[]): Column & { kind: 'text' } {
  return { kind: 'text', values, missing: bitmap(values) };
}

/** A table in memory; all columns are of one length. */
export function sourceOf(columns: Readonly<Record<string, Column>>): ColumnSource {
  const [first] = Object.values(columns);
  const rowCount =
    first === undefined ? 0 : first.kind === 'category' ? first.codes.length : first.values.length;
  const columnNames = Object.keys(columns);
  return {
    rowCount,
    columnNames,
    column(name) {
      const column = columns[name];
      return column ? Promise.resolve(column) : Promise.reject(new UnknownColumnError(name, columnNames));
    },
  };
}

function bitmap(values: readonly unknown[]): Uint8Array {
  const missing = new Uint8Array((values.length + 7) >> 3);
  for (const [row, value] of values.entries()) {
    if (value === null) missing[row >> 3] = (missing[row >> 3] ?? 0) | (1 << (row & 7));
  }
  return missing;
}
