import type { TreeTarget } from '../../../core/trees/grow-tree.js';
import type { PreparedCategories, PreparedColumn, PreparedNumbers } from '../guards/prepared-column.js';

/** What a column's trees are grown for, and which of its values is rare enough to give somebody away. */
export interface ColumnTarget {
  readonly target: TreeTarget;
  readonly isRare: (value: number) => boolean;
}

/** A value that less than this share of the column's rows has. */
const rareShare = 0.1;
/** Numbers with no more distinct values than this are told apart one by one: they may be codes. */
const distinctMax = 16;
/** Classes that a split is judged by: the most frequent ones, and the others as one. Leaves know all of them. */
const classesMax = 24;

export function targetOf(column: PreparedColumn, rowCount: number): ColumnTarget {
  return column.kind === 'numbers' ? numbersTarget(column, rowCount) : categoriesTarget(column, rowCount);
}

function numbersTarget(column: PreparedNumbers, rowCount: number): ColumnTarget {
  const { common, rare, present, values } = column;
  const isRare = (value: number): boolean => (common.get(value) ?? 0) < rareShare * present.length;
  const distinct = common.size + rare.length;
  if (distinct <= 2 || distinct > distinctMax) {
    return { target: { kind: 'values', values }, isRare };
  }
  const ascending = [...common.keys(), ...rare].sort((a, b) => a - b);
  const classOf = new Map(ascending.map((value, index) => [value, index]));
  const codes = new Uint8Array(rowCount);
  for (const row of present) codes[row] = classOf.get(values[row] ?? NaN) ?? 0;
  return {
    target: { kind: 'classes', codes, classCount: distinct },
    isRare: (code) => isRare(ascending[code] ?? NaN),
  };
}

function categoriesTarget(column: PreparedCategories, rowCount: number): ColumnTarget {
  const { counts, present, codes } = column;
  const byCount = Array.from(counts.keys()).sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0) || a - b);
  const classCount = Math.min(byCount.length, classesMax);
  const isGrouped = byCount.length > classesMax;
  const classOf = new Uint8Array(byCount.length);
  byCount.forEach((code, rank) => (classOf[code] = Math.min(rank, classesMax - 1)));
  const isRare = (index: number): boolean =>
    !(isGrouped && index === classesMax - 1) &&
    (counts[byCount[index] ?? 0] ?? 0) < rareShare * present.length;
  if (classCount <= 2) {
    const values = new Float64Array(rowCount);
    for (const row of present) values[row] = classOf[codes[row] ?? 0] ?? 0;
    return { target: { kind: 'values', values }, isRare };
  }
  const classes = new Uint8Array(rowCount);
  for (const row of present) classes[row] = classOf[codes[row] ?? 0] ?? 0;
  return { target: { kind: 'classes', codes: classes, classCount }, isRare };
}
