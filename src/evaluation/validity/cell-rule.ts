import type { Column } from '../../core/table/table.js';
import type { EvaluationContext } from '../evaluation-context.js';
import { NotComputableError } from '../not-computable-error.js';
import { profileColumn } from '../profile-column.js';
import type { CellRule } from './cell-validity.js';
import { profileCellRule } from './profile-cell-rule.js';
import { schemaCellRule } from './schema-cell-rule.js';
import { sourceCellRule } from './source-cell-rule.js';

/** By the signed profile where there is one, else by the real rows, else by what is public about the column. */
export async function cellRuleFor(
  { profile, source, schema }: EvaluationContext,
  name: string,
  column: Column,
): Promise<CellRule> {
  if (profile !== null) return profileCellRule(profileColumn(profile, name), column);
  if (source !== null) return sourceCellRule(await source.column(name), column);
  const described = schema.columns.find((one) => one.name === name);
  if (described) return schemaCellRule(described, column);
  throw new NotComputableError(`The schema does not know the requested column "${name}".`);
}
