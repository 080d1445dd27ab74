import type { ColumnSource } from '../../core/table/column-source.js';
import type { ProtectedColumn } from '../declared.js';
import { toVariable } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';
import { NotComputableError } from '../not-computable-error.js';

/** The group of each row; the rows whose group is not known are a group of their own. */
const unknownGroup = 'not known';

/**
 * Which group of people each row of a table is about, by one protected column: its category, or its band of numbers.
 * @throws {NotComputableError} when the column cannot be read so
 */
export async function groupsOf(table: ColumnSource, { column, cuts }: ProtectedColumn): Promise<string[]> {
  const variable = table.columnNames.includes(column) ? toVariable(await table.column(column)) : null;
  if (!variable) throw new NotComputableError(`The protected column "${column}" is missing in a table.`);
  return groupLabels(variable, column, cuts);
}

function groupLabels(variable: Variable, column: string, cuts: readonly number[] | undefined): string[] {
  if (variable.kind === 'discrete') {
    if (cuts)
      throw new NotComputableError(`The protected column "${column}" has categories, so it has no bands.`);
    return Array.from(variable.codes, (code) => variable.dictionary[code] ?? unknownGroup);
  }
  if (!cuts || cuts.length === 0)
    throw new NotComputableError(`The protected column "${column}" is a number and no bands are declared.`);
  return Array.from(variable.values, (value) => (Number.isNaN(value) ? unknownGroup : bandOf(value, cuts)));
}

function bandOf(value: number, cuts: readonly number[]): string {
  const place = cuts.filter((cut) => cut <= value).length;
  if (place === 0) return `under ${cuts[0] ?? ''}`;
  return place === cuts.length
    ? `${cuts[place - 1] ?? ''} and over`
    : `${cuts[place - 1] ?? ''} to under ${cuts[place] ?? ''}`;
}
