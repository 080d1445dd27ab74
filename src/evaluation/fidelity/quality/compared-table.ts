import type { Table } from '../../../core/table/table.js';
import { toVariable } from '../variable.js';
import { compareVariable } from './compared-variable.js';
import type { ComparedVariable } from './compared-variable.js';
import type { TableMetadata } from './table-metadata.js';

/** The same table, real and synthetic. */
export interface TablePair {
  readonly name: string;
  readonly real: Table;
  readonly synthetic: Table;
  readonly metadata: TableMetadata;
}

/** A column that cannot be compared, and why. */
export interface LeftOutColumn {
  readonly name: string;
  readonly reason: string;
}

export interface ComparedTable {
  readonly variables: readonly ComparedVariable[];
  readonly leftOut: readonly LeftOutColumn[];
}

/** Prepares the columns that both tables have, in the real table's order; keys, identifiers and free text are left out. */
export function compareTable({ real, synthetic, metadata }: TablePair): ComparedTable {
  const variables: ComparedVariable[] = [];
  const leftOut: LeftOutColumn[] = [];
  const keys = keyColumnsOf(metadata);
  for (const [name, realColumn] of real.columns) {
    const syntheticColumn = synthetic.columns.get(name);
    const [before, after] = [toVariable(realColumn), syntheticColumn ? toVariable(syntheticColumn) : null];
    if (before === null || keys.has(name))
      leftOut.push({ name, reason: 'It is an identifier or free text, which is not compared.' });
    else if (syntheticColumn === undefined)
      leftOut.push({ name, reason: 'The synthetic table has no column of this name.' });
    else {
      const compared = after && compareVariable(name, before, after);
      if (compared) variables.push(compared);
      else leftOut.push({ name, reason: 'The column is of another kind in the two tables.' });
    }
  }
  return { variables, leftOut };
}

/** Columns that identify rows rather than describe them. */
export function keyColumnsOf({
  primaryKey = [],
  alternateKeys = [],
  sequenceKey,
}: TableMetadata): Set<string> {
  const single = [primaryKey, ...alternateKeys].filter(({ length }) => length === 1).flat();
  return new Set(sequenceKey === undefined ? single : [...single, sequenceKey]);
}
