import type { ColumnSchema, SemanticType } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import { isMissing, isNumeric } from '../cells.js';
import type { CellRule } from './cell-validity.js';

/** Values of the column's type within its public bounds, decimals and categories, as far as they are declared. */
export function schemaCellRule(schema: ColumnSchema, column: Column): CellRule {
  const isValue = valueRule(schema, column);
  return (row) => isMissing(column, row) || isValue(row);
}

const kinds: Readonly<Record<SemanticType, Column['kind']>> = {
  number: 'number',
  integer: 'number',
  category: 'category',
  boolean: 'category',
  date: 'date',
  datetime: 'datetime',
  identifier: 'text',
  'free-text': 'text',
};

function valueRule({ type, bounds, categories, decimals }: ColumnSchema, column: Column): CellRule {
  if (column.kind !== kinds[type]) return () => false;
  if (column.kind === 'category') {
    const isAllowed = column.dictionary.map((value) => categories?.values.includes(value) ?? true);
    return (row) => isAllowed[column.codes[row] ?? -1] ?? false;
  }
  if (!isNumeric(column)) return () => false;
  const { values } = column;
  const scale = 10 ** (type === 'number' ? (decimals ?? 15) : 0);
  return (row) => {
    const value = values[row] ?? NaN;
    const isOnGrid = Math.round(value * scale) / scale === value;
    return isOnGrid && value >= (bounds?.low ?? -Infinity) && value <= (bounds?.high ?? Infinity);
  };
}
