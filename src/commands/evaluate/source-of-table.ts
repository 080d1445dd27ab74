import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import type { Table } from '../../core/table/table.js';

/** A table in memory, read column by column. */
export function sourceOfTable({ rowCount, columns }: Table): ColumnSource {
  const columnNames = [...columns.keys()];
  return {
    rowCount,
    columnNames,
    column: (name) => {
      const column = columns.get(name);
      return column ? Promise.resolve(column) : Promise.reject(new UnknownColumnError(name, columnNames));
    },
  };
}
