import { isMissing } from '../../core/table/missing-bitmap.js';
import type { Column } from '../../core/table/table.js';
import { PlausibilityRuleError } from './plausibility-rule-error.js';
import type { Condition } from './rule.js';

const millisecondsPerDay = 86_400_000;

/** The number of a cell (a date in milliseconds since 1970), NaN where it is missing. */
export function numberReader(column: Column, rule: string, name: string): (row: number) => number {
  if (column.kind === 'category' || column.kind === 'text')
    throw new PlausibilityRuleError(
      `Rule "${rule}": the column "${name}" is no number and no date, so it has no order and no bounds.`,
    );
  const unit = column.kind === 'date' ? millisecondsPerDay : 1;
  return (row) => (isMissing(column.missing, row) ? NaN : (column.values[row] ?? NaN) * unit);
}

/** The text of a cell, null where it is missing. */
export function textReader(column: Column): (row: number) => string | null {
  if (column.kind === 'category')
    return (row) =>
      isMissing(column.missing, row) ? null : (column.dictionary[column.codes[row] ?? -1] ?? null);
  return (row) => (isMissing(column.missing, row) ? null : String(column.values[row] ?? ''));
}

/** A bound as it compares with the cells of a column. */
export function boundOf(column: Column, bound: number | string, rule: string, name: string): number {
  const isMoment = column.kind === 'date' || column.kind === 'datetime';
  const value = typeof bound === 'string' ? Date.parse(bound) : bound;
  if (isMoment !== (typeof bound === 'string') || !Number.isFinite(value))
    throw new PlausibilityRuleError(
      `Rule "${rule}": a bound of the column "${name}" is ${isMoment ? 'no date' : 'a date, and the column holds none'}.`,
    );
  return value;
}

/** Whether a row meets a condition; null where the cell is missing, so that nobody knows. */
export function conditionReader(
  column: Column,
  condition: Condition,
  rule: string,
): (row: number) => boolean | null {
  const { column: name, min, max, startsWith } = condition;
  const wanted = condition.in && new Set(condition.in);
  const text = textReader(column);
  const hasBounds = min !== undefined || max !== undefined;
  const number = hasBounds ? numberReader(column, rule, name) : () => NaN;
  const [low, high] = [
    min === undefined ? -Infinity : boundOf(column, min, rule, name),
    max === undefined ? Infinity : boundOf(column, max, rule, name),
  ];
  return (row) => {
    const cell = text(row);
    if (cell === null) return null;
    if (wanted && !wanted.has(cell)) return false;
    if (startsWith && !startsWith.some((beginning) => cell.startsWith(beginning))) return false;
    return !hasBounds || (number(row) >= low && number(row) <= high);
  };
}
