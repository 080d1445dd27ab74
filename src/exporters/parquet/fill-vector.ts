import { DuckDBDateValue, DuckDBTimestampTZValue } from '@duckdb/node-api';
import type { DuckDBValue, DuckDBVector } from '@duckdb/node-api';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { msPerDay } from '../../core/time/units.js';
import { requireWritableTime } from '../csv/date-text.js';
import { numberText } from '../csv/number-text.js';
import { storedType } from '../stored-type.js';

/** The cell of a row that is not missing. */
type CellOf = (row: number) => DuckDBValue;

/** Puts `rowCount` cells of one column of a block, from `start` on, into a vector. */
export type VectorFiller = (vector: DuckDBVector, start: number, rowCount: number) => void;

const longMax = 2n ** 63n;
const microsPerMs = 1000n;

/**
 * Cells are exactly those that the CSV file says: numbers are rounded to their decimals, and there is no -0.
 * @throws {TypeError} when the column does not hold what its format says
 * @throws {RangeError} when a number, date or time has no text form, or a whole number needs more than 64 bits
 */
export function vectorFiller(column: Column, format: ColumnFormat): VectorFiller {
  const cellOf = cellsOf(column, format);
  const { missing } = column;
  return (vector, start, rowCount) => {
    for (let offset = 0; offset < rowCount; offset += 1) {
      const row = start + offset;
      vector.setItem(offset, isMissing(missing, row) ? null : cellOf(row));
    }
  };
}

function cellsOf(column: Column, format: ColumnFormat): CellOf {
  const type = storedType(format);
  if (type === 'VARCHAR') return textCells(column, format);
  if (type === 'DATE' && column.kind === 'date') return (row) => dateCell(column.values[row] ?? NaN);
  if (type === 'TIMESTAMP WITH TIME ZONE' && column.kind === 'datetime')
    return (row) => dateTimeCell(column.values[row] ?? NaN);
  if (column.kind !== 'number' || type === 'DATE' || type === 'TIMESTAMP WITH TIME ZONE')
    return refuseKind(column, format);
  const { name, decimals } = format;
  if (decimals === undefined) throw new TypeError(`Column "${name}" holds numbers: give its decimals.`);
  return type === 'BIGINT'
    ? (row) => wholeCell(column.values[row] ?? NaN, name)
    : (row) => numberCell(column.values[row] ?? NaN, decimals);
}

function textCells(column: Column, format: ColumnFormat): CellOf {
  switch (column.kind) {
    case 'category':
      return (row) => column.dictionary[column.codes[row] ?? -1] ?? '';
    case 'text':
      return (row) => column.values[row] ?? '';
    case 'number':
    case 'date':
    case 'datetime':
      return refuseKind(column, format);
  }
}

function refuseKind({ kind }: Column, { name, type }: ColumnFormat): never {
  throw new TypeError(`Column "${name}" is of type ${type}, and its cells are of kind ${kind}.`);
}

function numberCell(value: number, decimals: number): number {
  // Adding zero turns -0 into 0; whole numbers have no digits to round.
  return Number.isSafeInteger(value) ? value + 0 : Number(numberText(value, decimals));
}

function wholeCell(value: number, name: string): bigint {
  const whole = Number.isSafeInteger(value) ? BigInt(value) : BigInt(numberText(value, 0));
  if (whole >= longMax || whole < -longMax)
    throw new RangeError(`Column "${name}" holds ${value}, which is no whole number of 64 bits.`);
  return whole;
}

function dateCell(epochDays: number): DuckDBDateValue {
  requireWritableTime(epochDays * msPerDay);
  return new DuckDBDateValue(epochDays);
}

function dateTimeCell(epochMs: number): DuckDBTimestampTZValue {
  requireWritableTime(epochMs);
  // As the text says it: whole milliseconds.
  return new DuckDBTimestampTZValue(BigInt(Math.trunc(epochMs)) * microsPerMs);
}
