import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import { PlausibilityRuleError } from './plausibility-rule-error.js';
import { keepsRule } from './rule-check.js';
import { columnsOfRule } from './rule.js';
import type { PlausibilityRule } from './rule.js';

/**
 * Whether a rule can be checked on rows of these columns, asked before there are any.
 * @throws {PlausibilityRuleError} naming rule and column when it cannot
 */
export function refuseRuleOfSchema(rule: PlausibilityRule, columns: readonly ColumnSchema[]): void {
  const columnOf = (name: string): Column => {
    const column = columns.find((one) => one.name === name);
    if (column) return withoutRows(column);
    const known = columns.map((one) => one.name).join(', ');
    throw new PlausibilityRuleError(
      `Rule "${rule.name}" speaks of the column "${name}", which is not asked for; asked for are ${known}.`,
    );
  };
  columnsOfRule(rule).forEach(columnOf);
  keepsRule(rule, columnOf);
}

function withoutRows({ type }: ColumnSchema): Column {
  const missing = new Uint8Array();
  switch (type) {
    case 'number':
    case 'integer':
      return { kind: 'number', values: new Float64Array(), missing };
    case 'category':
    case 'boolean':
      return { kind: 'category', codes: new Int32Array(), dictionary: [], missing };
    case 'date':
      return { kind: 'date', values: new Int32Array(), missing };
    case 'datetime':
      return { kind: 'datetime', values: new Float64Array(), missing };
    case 'identifier':
    case 'free-text':
      return { kind: 'text', values: [], missing };
  }
}
