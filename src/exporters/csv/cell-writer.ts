import type { Column } from '../../core/table/table.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { dateText, dateTimeText } from './date-text.js';
import { escapeCell } from './formula-cell.js';
import { numberText } from './number-text.js';
import { quoteCell } from './quote-cell.js';

/** The cell of one row, ready to stand between two commas. */
export type CellWriter = (row: number) => string;

/** Counts the cells that were written differently so that no spreadsheet runs them. */
export interface SafetyCount {
  cellsMadeSafe: number;
}

/** Writes the cells of one column of one block. Only text can be a formula: numbers and dates are written as such. */
export function cellWriter(column: Column, format: ColumnFormat, safety: SafetyCount): CellWriter {
  const write = presentCellWriter(column, format, safety);
  const { missing } = column;
  return (row) => (((missing[row >> 3] ?? 0) >> (row & 7)) & 1 ? '' : write(row));
}

export function textCell(text: string, safety: SafetyCount): string {
  const escaped = escapeCell(text);
  if (escaped !== text) safety.cellsMadeSafe++;
  return quoteCell(escaped);
}

function presentCellWriter(column: Column, format: ColumnFormat, safety: SafetyCount): CellWriter {
  switch (column.kind) {
    case 'number': {
      const { decimals } = format;
      if (decimals === undefined)
        throw new TypeError(`Column "${format.name}" holds numbers: give its decimals.`);
      return (row) => numberText(column.values[row] ?? NaN, decimals);
    }
    case 'category':
      return (row) => textCell(column.dictionary[column.codes[row] ?? -1] ?? '', safety);
    case 'date':
      return (row) => dateText(column.values[row] ?? NaN);
    case 'datetime':
      return (row) => dateTimeText(column.values[row] ?? NaN);
    case 'text':
      return (row) => textCell(column.values[row] ?? '', safety);
  }
}
