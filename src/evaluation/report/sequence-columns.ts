import type { Table } from '../../core/table/table.js';
import { keyText } from '../fidelity/columns/key-uniqueness.js';
import type { TablePair } from '../fidelity/quality/compared-table.js';
import type { OrderedTable } from '../fidelity/sequences/coherence.js';
import { sequencesOf } from '../fidelity/sequences/sequence-scores.js';
import type { Sequences } from '../fidelity/sequences/sequence-scores.js';
import { gatherRows, toVariable } from '../fidelity/variable.js';
import type { Variable } from '../fidelity/variable.js';

/** The number columns of both tables cut into sequences, rows in the order of the sequence index or of the file. */
export interface SequenceColumns {
  readonly lengths: { readonly real: Sequences; readonly synthetic: Sequences };
  readonly columns: readonly {
    readonly name: string;
    readonly real: Sequences;
    readonly synthetic: Sequences;
  }[];
  /** All columns but those that say which rows are one sequence and in what order. */
  readonly ordered: { readonly real: OrderedTable; readonly synthetic: OrderedTable };
}

/** Null when the metadata name no sequence key, or a table lacks it. */
export function sequenceColumns({ real, synthetic, metadata }: TablePair): SequenceColumns | null {
  const { sequenceKey } = metadata;
  if (sequenceKey === undefined) return null;
  const [before, after] = [
    orderedRows(real, sequenceKey, metadata.sequenceIndex),
    orderedRows(synthetic, sequenceKey, metadata.sequenceIndex),
  ];
  if (!before || !after) return null;
  const columns = [...real.columns.keys()].flatMap((name) => {
    if (name === sequenceKey || name === metadata.sequenceIndex) return [];
    const [first, second] = [valuesOf(real, name, before), valuesOf(synthetic, name, after)];
    if (!first || !second) return [];
    return [{ name, real: sequencesOf(before.keys, first), synthetic: sequencesOf(after.keys, second) }];
  });
  const lengths = {
    real: sequencesOf(before.keys, new Float64Array(before.keys.length)),
    synthetic: sequencesOf(after.keys, new Float64Array(after.keys.length)),
  };
  const ordered = {
    real: orderedTable(real, before, metadata),
    synthetic: orderedTable(synthetic, after, metadata),
  };
  return { lengths, columns, ordered };
}

function orderedTable(
  table: Table,
  { rows, keys }: OrderedRows,
  { sequenceKey, sequenceIndex }: TablePair['metadata'],
): OrderedTable {
  const order = Int32Array.from(rows);
  const columns = [...table.columns].flatMap(([name, column]) => {
    const variable = name === sequenceKey || name === sequenceIndex ? null : toVariable(column);
    return variable ? [[name, gatherRows<Variable>(variable, order)] as const] : [];
  });
  return { keys, columns: new Map(columns) };
}

interface OrderedRows {
  readonly rows: readonly number[];
  /** In the order of `rows`. */
  readonly keys: readonly (string | null)[];
}

function orderedRows(table: Table, key: string, index: string | undefined): OrderedRows | null {
  const column = table.columns.get(key);
  if (!column) return null;
  const rows = Array.from({ length: table.rowCount }, (_, row) => row);
  const order = index === undefined ? undefined : table.columns.get(index);
  const moments = order && toVariable(order);
  if (moments?.kind === 'continuous')
    rows.sort((one, other) => (moments.values[one] ?? 0) - (moments.values[other] ?? 0) || one - other);
  return { rows, keys: rows.map((row) => keyText(column, row)) };
}

function valuesOf(table: Table, name: string, { rows }: OrderedRows): Float64Array | null {
  const column = table.columns.get(name);
  const variable = column && toVariable(column);
  if (variable?.kind !== 'continuous') return null;
  return Float64Array.from(rows, (row) => variable.values[row] ?? NaN);
}
