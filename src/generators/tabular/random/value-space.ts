import type { ColumnSchema } from '../../../core/schema/schema.js';
import { gridBin } from '../grid-bin.js';
import type { GridBin } from '../grid-bin.js';
import { msPerDay } from '../../../core/time/units.js';

/** The values that a column may hold by what is public about it. */
export type ValueSpace =
  | {
      readonly kind: 'number' | 'date' | 'datetime';
      readonly grid: GridBin;
      readonly decimals: number;
    }
  | { readonly kind: 'category'; readonly values: readonly string[] };

interface NumericDefault {
  readonly low: number;
  readonly high: number;
  readonly decimals: number;
}

/** 2030-12-31. */
const lastDay = 22_279;

/** For a column whose bounds nobody declared. */
const numericDefaults: Record<'number' | 'integer' | 'date' | 'datetime', NumericDefault> = {
  number: { low: 0, high: 1, decimals: 2 },
  integer: { low: 0, high: 100, decimals: 0 },
  date: { low: 0, high: lastDay, decimals: 0 },
  datetime: { low: 0, high: (lastDay + 1) * msPerDay - 1, decimals: 0 },
};

/** For a category column whose categories nobody declared: letters, so that nobody takes them for real ones. */
const letters = ['A', 'B', 'C', 'D', 'E'] as const;

/**
 * Both bounds are values that can come out.
 * @throws {RangeError} when bounds are not in order, hold no value of the column's decimals, or no category is declared
 */
export function valueSpace(column: ColumnSchema): ValueSpace {
  const { type } = column;
  switch (type) {
    case 'number':
    case 'integer':
      return { kind: 'number', ...numericSpace(column, numericDefaults[type]) };
    case 'date':
    case 'datetime':
      return { kind: type, ...numericSpace(column, numericDefaults[type]) };
    case 'boolean':
      return { kind: 'category', values: categoriesOf(column, ['false', 'true']) };
    case 'category':
      return { kind: 'category', values: categoriesOf(column, letters) };
    case 'identifier':
    case 'free-text':
      throw new TypeError(`Column "${column.name}" has no values that are public.`);
  }
}

function numericSpace(column: ColumnSchema, standard: NumericDefault): { grid: GridBin; decimals: number } {
  const { low, high } = column.bounds ?? standard;
  const decimals = column.type === 'number' ? (column.decimals ?? standard.decimals) : 0;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high)) {
    throw new RangeError(`Column "${column.name}": ${low} to ${high} are not bounds.`);
  }
  const { first, points, scale } = gridBin({ lower: low, upper: high, decimals });
  // gridBin leaves the upper bound out; it is a value of its own if it lies on the grid.
  const grid = { first, points: points + (isOnGrid(high, scale) ? 1 : 0), scale };
  if (grid.points === 0) {
    throw new RangeError(
      `Column "${column.name}": no value with ${decimals} decimals lies between ${low} and ${high}.`,
    );
  }
  return { grid, decimals };
}

function isOnGrid(value: number, scale: number): boolean {
  return Math.abs(value * scale - Math.round(value * scale)) <= 1e-9 * Math.max(1, Math.abs(value * scale));
}

function categoriesOf({ name, categories }: ColumnSchema, standard: readonly string[]): readonly string[] {
  const values = categories?.values ?? standard;
  if (values.length === 0) throw new RangeError(`Column "${name}": there is no category to choose from.`);
  return values;
}
