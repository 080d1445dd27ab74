import type { Condition } from '../../../generator.js';
import { ConditionError } from '../../condition-error.js';
import type { ConditionColumn } from './condition-columns.js';

/** The one cell that is known of every row. */
export interface KnownCategory {
  readonly column: ConditionColumn;
  /** Place among the condition columns. */
  readonly place: number;
  /** Choice of the column that the network is asked for. */
  readonly choice: number;
  /** In the dictionary of the column; -1 for missing. */
  readonly code: number;
}

/**
 * A network that learned to be asked for one category can be asked for one, and for nothing else.
 * @throws {ConditionError}
 */
export function knownCategory(
  columns: readonly ConditionColumn[],
  conditions: ReadonlyMap<string, Condition>,
): KnownCategory | null {
  const [first, second] = conditions;
  if (!first) return null;
  const [name, condition] = first;
  if (second)
    throw new ConditionError(second[0], 'this generator meets a condition on one column, not on two');
  const place = columns.findIndex((column) => column.place.column.name === name);
  const column = columns[place];
  if (column?.place.column.kind !== 'categories')
    throw new ConditionError(name, 'this generator meets conditions on columns of categories alone');
  const { dictionary, alone, missingRows } = column.place.column;
  if (condition === null) {
    if (missingRows === 0) throw new ConditionError(name, 'it is never missing');
    return { column, place, choice: column.place.choices - 1, code: -1 };
  }
  const code = typeof condition === 'object' ? -1 : dictionary.indexOf(String(condition));
  if (code < 0)
    throw new ConditionError(name, `${JSON.stringify(condition)} is not one of the categories it learned`);
  return { column, place, choice: Math.min(code, alone), code };
}
