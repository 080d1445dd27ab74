import type { TreeTarget } from '../../core/trees/grow-tree.js';
import type { Variable } from '../fidelity/variable.js';
import { NotComputableError } from '../not-computable-error.js';

/** More classes than these are no longer classes to predict. */
const classesMax = 20;

interface TargetOfTable {
  /** Of every row; rows that are not in `rows` have an arbitrary one. */
  readonly target: TreeTarget;
  /** The rows whose target is known and one that the real rows learned from have. */
  readonly rows: Int32Array;
}

type TargetReader = (column: Variable | null) => TargetOfTable;

/**
 * How a column is predicted, by the real rows learned from: a category, or a number of two values, as classes; any
 * other number as a number. A row with a class that those do not have is left out.
 * @throws {NotComputableError} when there is nothing to predict; the message holds no value
 */
export function targetReader(name: string, real: Variable | null): TargetReader {
  if (real === null)
    throw new NotComputableError(
      `There is no target column "${name}" of numbers or categories in the real rows.`,
    );
  const texts = cellTexts(real);
  const classes = [...new Set(texts.filter((text) => text !== null))].sort();
  if (classes.length < 2)
    throw new NotComputableError(`The target column "${name}" has less than two values.`);
  const asClasses = real.kind === 'discrete' || classes.length === 2;
  if (asClasses && classes.length > classesMax)
    throw new NotComputableError(`The target column "${name}" has more than ${classesMax} categories.`);
  return (column) => {
    if (column?.kind !== real.kind)
      throw new NotComputableError(
        `The target column "${name}" is missing in a table, or of another kind there.`,
      );
    return asClasses ? classTarget(column, classes) : valueTarget(column);
  };
}

function cellTexts(variable: Variable): (string | null)[] {
  if (variable.kind === 'continuous')
    return Array.from(variable.values, (value) => (Number.isNaN(value) ? null : String(value)));
  return Array.from(variable.codes, (code) => variable.dictionary[code] ?? null);
}

function classTarget(column: Variable, classes: readonly string[]): TargetOfTable {
  const places = new Map(classes.map((text, code) => [text, code]));
  const found = cellTexts(column).map((text) => (text === null ? -1 : (places.get(text) ?? -1)));
  return {
    target: {
      kind: 'classes',
      codes: Uint8Array.from(found, (code) => Math.max(0, code)),
      classCount: classes.length,
    },
    rows: Int32Array.from([...found.keys()].filter((row) => (found[row] ?? -1) >= 0)),
  };
}

function valueTarget(column: Variable): TargetOfTable {
  const values = column.kind === 'continuous' ? column.values : new Float64Array();
  return {
    target: { kind: 'values', values },
    rows: Int32Array.from([...values.keys()].filter((row) => Number.isFinite(values[row]))),
  };
}
