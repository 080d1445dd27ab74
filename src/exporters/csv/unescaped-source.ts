import type { ColumnSource } from '../../core/table/column-source.js';
import type { Column } from '../../core/table/table.js';
import { escapeCell, unescapeCell } from './formula-cell.js';

/** A CSV file of ours as it was before `escapeCell`, so that its headings and texts compare with the source's. */
export function unescapedSource(source: ColumnSource): ColumnSource {
  return {
    rowCount: source.rowCount,
    columnNames: source.columnNames.map(unescapeCell),
    column: async (name) => unescapedColumn(await source.column(escapeCell(name))),
  };
}

function unescapedColumn(column: Column): Column {
  switch (column.kind) {
    case 'category':
      return { ...column, dictionary: column.dictionary.map(unescapeCell) };
    case 'text':
      return { ...column, values: column.values.map(unescapeCell) };
    case 'number':
    case 'date':
    case 'datetime':
      return column;
  }
}
