import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import { gatherRows, joinRows } from '../../fidelity/variable.js';
import type { Variable } from '../../fidelity/variable.js';

/** Rows that a model learns from or is asked about. */
export interface ModelRows {
  readonly rowCount: number;
  /** What is known of each row, in the order of the task's columns. */
  readonly predictors: readonly Variable[];
  /** What is to be said of each row; never missing. */
  readonly target: TreeTarget;
}

/** The given rows, in the given order; a row may be given more than once. */
export function pickModelRows({ predictors, target }: ModelRows, rows: Int32Array): ModelRows {
  return {
    rowCount: rows.length,
    predictors: predictors.map((variable) => gatherRows(variable, rows)),
    target:
      target.kind === 'values'
        ? { kind: 'values', values: Float64Array.from(rows, (row) => target.values[row] ?? NaN) }
        : { ...target, codes: Uint8Array.from(rows, (row) => target.codes[row] ?? 0) },
  };
}

/** The rows of one table and then those of the other. Both know of each row the same, and are to say the same. */
export function joinModelRows(first: ModelRows, second: ModelRows): ModelRows {
  return {
    rowCount: first.rowCount + second.rowCount,
    predictors: first.predictors.map((variable, at) => {
      const other = second.predictors[at];
      return other ? joinRows(variable, other) : variable;
    }),
    target: joinTargets(first.target, second.target),
  };
}

function joinTargets(first: TreeTarget, second: TreeTarget): TreeTarget {
  if (first.kind === 'values' && second.kind === 'values')
    return { kind: 'values', values: Float64Array.from([...first.values, ...second.values]) };
  if (first.kind === 'values' || second.kind === 'values') return first;
  return { ...first, codes: Uint8Array.from([...first.codes, ...second.codes]) };
}
