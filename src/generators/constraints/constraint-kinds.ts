import { combinations, implication, oneHot } from './category-constraints.js';
import type { ColumnCell } from './column-cells.js';
import type { Constraint } from './constraint.js';
import { formula } from './formula-constraint.js';
import { unique } from './unique-constraint.js';
import { bounds, increments, inequality, sum } from './number-constraints.js';
import type {
  Columns,
  ConstraintKind,
  Facts,
  KnownColumns,
  PlannedConstraint,
} from './planned-constraint.js';

/** A constraint with what its kind does for it. */
export interface BoundConstraint {
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  plan(columns: KnownColumns, rowCount: number): PlannedConstraint;
  restore(columns: Columns, facts: Facts, taken: Set<number>): Columns;
  holds(cell: (column: string) => ColumnCell): boolean;
}

export function bindConstraint(constraint: Constraint): BoundConstraint {
  switch (constraint.type) {
    case 'inequality':
      return bind(inequality, constraint);
    case 'bounds':
      return bind(bounds, constraint);
    case 'increments':
      return bind(increments, constraint);
    case 'sum':
      return bind(sum, constraint);
    case 'combinations':
      return bind(combinations, constraint);
    case 'one-hot':
      return bind(oneHot, constraint);
    case 'formula':
      return bind(formula, constraint);
    case 'unique':
      return bind(unique, constraint);
    case 'implication':
      return bind(implication, constraint);
  }
}

function bind<C extends Constraint>(kind: ConstraintKind<C>, constraint: C): BoundConstraint {
  return {
    reads: kind.reads(constraint),
    writes: kind.writes(constraint),
    plan: (columns, rowCount) => kind.plan(constraint, columns, rowCount),
    restore: (columns, facts, taken) => kind.restore(constraint, columns, facts, taken),
    holds: (cell) => kind.holds(constraint, cell),
  };
}
