import type { ColumnSource } from '../../core/table/column-source.js';
import type { Column } from '../../core/table/table.js';
import { boundOf, conditionReader, numberReader, textReader } from './cell-reader.js';
import { PlausibilityRuleError } from './plausibility-rule-error.js';
import { columnsOfRule } from './rule.js';
import type { PlausibilityRule } from './rule.js';

/** What a rule finds in one table. */
export interface RuleFinding {
  /** Rows that the rule is about and whose cells are there. */
  readonly applicable: number;
  readonly violations: number;
}

/** Null: the rule is not about the row, or nobody knows. */
export type RowVerdict = boolean | null;

/** @throws {PlausibilityRuleError} naming rule and column when the table has no such column, or one of another kind */
export async function ruleReader(
  table: ColumnSource,
  rule: PlausibilityRule,
): Promise<(row: number) => RowVerdict> {
  const columns = new Map<string, Column>();
  for (const name of columnsOfRule(rule)) {
    if (!table.columnNames.includes(name))
      throw new PlausibilityRuleError(
        `Rule "${rule.name}" speaks of the column "${name}", which is not there; there are ${table.columnNames.join(', ')}.`,
      );
    columns.set(name, await table.column(name));
  }
  return keepsRule(rule, (name) => {
    const column = columns.get(name);
    if (!column) throw new PlausibilityRuleError(`Rule "${rule.name}" does not name the column "${name}".`);
    return column;
  });
}

/**
 * True where a row keeps the rule.
 * @throws {PlausibilityRuleError} when a column is of a kind the rule cannot be about
 */
export function keepsRule(
  rule: PlausibilityRule,
  columnOf: (name: string) => Column,
): (row: number) => RowVerdict {
  switch (rule.kind) {
    case 'implication': {
      const [when, then] = [rule.when, rule.then].map((side) =>
        allOf(side.map((condition) => conditionReader(columnOf(condition.column), condition, rule.name))),
      );
      return (row) => (when?.(row) === true ? (then?.(row) ?? null) : null);
    }
    case 'order': {
      const readers = rule.columns.map((name) => numberReader(columnOf(name), rule.name, name));
      return (row) => inOrder(readers.map((read) => read(row)));
    }
    case 'range':
      return rangeReader(rule, columnOf);
    case 'pairs': {
      const [first, second] = rule.columns.map((name) => textReader(columnOf(name)));
      const allowed = new Map(Object.entries(rule.allowed).map(([key, values]) => [key, new Set(values)]));
      return (row) => {
        const [one, other] = [first?.(row) ?? null, second?.(row) ?? null];
        return one === null || other === null ? null : (allowed.get(one)?.has(other) ?? false);
      };
    }
  }
}

/** False as soon as one is; null when none is and one is not known. */
function allOf(conditions: readonly ((row: number) => RowVerdict)[]): (row: number) => RowVerdict {
  return (row) => {
    const found = conditions.map((holds) => holds(row));
    if (found.includes(false)) return false;
    return found.includes(null) ? null : true;
  };
}

/** Of the values that are there; null with fewer than two. */
function inOrder(values: readonly number[]): RowVerdict {
  const present = values.filter((value) => !Number.isNaN(value));
  if (present.length < 2) return null;
  return present.every((value, at) => at === 0 || value >= (present[at - 1] ?? NaN));
}

function rangeReader(
  { name: rule, column: name, min, max, unit }: Extract<PlausibilityRule, { kind: 'range' }>,
  columnOf: (name: string) => Column,
): (row: number) => RowVerdict {
  const column = columnOf(name);
  const value = numberReader(column, rule, name);
  const unitOf = unit ? textReader(columnOf(unit.column)) : null;
  const low = min === undefined ? -Infinity : boundOf(column, min, rule, name);
  const high = max === undefined ? Infinity : boundOf(column, max, rule, name);
  return (row) => {
    const found = value(row);
    if (Number.isNaN(found) || (unit && unitOf?.(row) !== unit.is)) return null;
    return found >= low && found <= high;
  };
}
