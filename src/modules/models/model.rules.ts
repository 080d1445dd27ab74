import type { ColumnSchema } from '../../core/schema/schema.js';
import { isReleasable } from '../../core/schema/schema.js';
import { type Refusal, refusal } from '../platform/refusal/refusal.js';
import { refuseWords } from '../platform/refusal/refuse-words.js';

/** UCLH framework 9.5.2: only what is necessary, with the benefit of each property weighed before it is learned. */
const justificationLengths = { min: 10, max: 2_000 };

export interface AskedColumn {
  readonly name: string;
  readonly justification: string;
}

/** May a model learn these columns of the source? Names the first that it may not. */
export function refuseModelledColumns(
  asked: readonly AskedColumn[],
  offered: readonly ColumnSchema[],
): Refusal | null {
  if (asked.length === 0) return refusal('INCOMPLETE', 'Name at least one column.', 'columns');
  const names = asked.map(({ name }) => name);
  for (const [index, column] of asked.entries()) {
    const refused =
      names.indexOf(column.name) === index
        ? refuseColumn(column, offered)
        : refusal('DUPLICATE_COLUMN', `"${column.name}" is there twice.`, column.name);
    if (refused) return refused;
  }
  return null;
}

function refuseColumn(
  { name, justification }: AskedColumn,
  offered: readonly ColumnSchema[],
): Refusal | null {
  const column = offered.find((one) => one.name === name);
  if (!column) return refusal('UNKNOWN_COLUMN', `The source has no column "${name}".`, name);
  if (!isReleasable(column)) {
    return refusal('IDENTIFIER_COLUMN', `"${name}" is ${column.type}; that is never learned.`, name);
  }
  const ask = (bounds: string): string => `Say in ${bounds} why "${name}" is needed.`;
  return refuseWords(justification, ask, name, justificationLengths);
}
