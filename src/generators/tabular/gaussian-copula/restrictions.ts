import type { CellRange, Condition } from '../../generator.js';
import { ConditionError } from '../condition-error.js';
import { snapToGrid } from '../guards/value-grid.js';
import { stretchOfCode, stretchOfNumber } from './marginal.js';
import type { Marginal, Stretch } from './marginal.js';
import type { CopulaColumn, GaussianCopulaModel } from './model.js';

/** What a condition asks of a column, checked against what the model can make. */
export type Restriction =
  | { readonly kind: 'missing' }
  /** Both ends are values on the column's grid. */
  | { readonly kind: 'numbers'; readonly low: number; readonly high: number; readonly step: number }
  | { readonly kind: 'category'; readonly code: number };

/** A value that a smooth law gives no probability to has at least this much. */
const stretchMin = 1e-9;

/** By the place of the column. @throws {ConditionError} */
export function restrictionsOf(
  { columns }: GaussianCopulaModel,
  conditions: ReadonlyMap<string, Condition>,
): ReadonlyMap<number, Restriction> {
  return new Map(
    columns.flatMap((column, place): [number, Restriction][] => {
      const condition = conditions.get(column.name);
      return condition === undefined ? [] : [[place, restrictionOf(column, condition)]];
    }),
  );
}

function restrictionOf(column: CopulaColumn, condition: Condition): Restriction {
  const { name, values } = column;
  if (condition === null) return { kind: 'missing' };
  if (values.kind === 'categories') {
    const code = typeof condition === 'object' ? -1 : values.dictionary.indexOf(String(condition));
    if (code < 0)
      throw new ConditionError(name, `${JSON.stringify(condition)} is not one of the categories it learned`);
    return { kind: 'category', code };
  }
  if (typeof condition === 'string')
    throw new ConditionError(name, `${JSON.stringify(condition)} is not a number`);
  return typeof condition === 'number' ? valueOf(name, values, condition) : rangeOf(name, values, condition);
}

type NumberValues = Extract<CopulaColumn['values'], { kind: 'numbers' }>;

function valueOf(name: string, { grid, bounds }: NumberValues, value: number): Restriction {
  if (!(value >= bounds.low && value <= bounds.high))
    throw new ConditionError(name, `${value} is not a value from ${bounds.low} to ${bounds.high}`);
  if (snapToGrid(grid, value) !== value)
    throw new ConditionError(
      name,
      `${value} is not a value that it can have; the nearest is ${snapToGrid(grid, value)}`,
    );
  return { kind: 'numbers', low: value, high: value, step: grid.step / 10 ** grid.decimals };
}

function rangeOf(name: string, { grid, bounds }: NumberValues, range: CellRange): Restriction {
  const step = grid.step / 10 ** grid.decimals;
  const inside = { low: Math.max(range.low, bounds.low), high: Math.min(range.high, bounds.high) };
  let low = snapToGrid(grid, inside.low);
  if (low < inside.low) low = snapToGrid(grid, inside.low + step);
  let high = snapToGrid(grid, inside.high);
  if (high > inside.high) high = snapToGrid(grid, inside.high - step);
  if (!(low <= high))
    throw new ConditionError(
      name,
      `none of its values, from ${bounds.low} to ${bounds.high}, lies from ${range.low} to ${range.high}`,
    );
  return { kind: 'numbers', low, high, step };
}

/** The stretch of probability that meets the restriction under the marginal; null when none does. */
export function stretchOf(marginal: Marginal, restriction: Restriction): Stretch | null {
  if (marginal.kind === 'none' || restriction.kind === 'missing') return null;
  if (restriction.kind === 'category') {
    if (marginal.kind !== 'categories') return null;
    const stretch = stretchOfCode(marginal, restriction.code);
    return stretch.high > stretch.low ? stretch : null;
  }
  if (marginal.kind !== 'numbers') return null;
  const { low: from, high: to, step } = restriction;
  const low = stretchOfNumber(marginal, from - step / 2).high;
  const high = stretchOfNumber(marginal, to + step / 2).low;
  if (high - low >= stretchMin) return { low, high };
  const middle = Math.min(1 - stretchMin, Math.max(stretchMin, (low + high) / 2));
  return { low: middle - stretchMin / 2, high: middle + stretchMin / 2 };
}
