import type { TableSchema } from '../../core/schema/schema.js';
import { UnknownColumnError } from '../../core/schema/unknown-column-error.js';
import type { ColumnSource } from '../../core/table/column-source.js';
import { bindConstraint } from './constraint-kinds.js';
import { ConstraintError } from './constraint.js';
import type { Constraint } from './constraint.js';
import type { Facts, KnownColumn, PlannedConstraint } from './planned-constraint.js';

/** A table as it is learned from, and what turns rows of it back into rows of the first one. */
export interface ConstrainedTable {
  readonly schema: TableSchema;
  readonly rows: ColumnSource;
  /** One for each constraint, in their order. */
  readonly facts: readonly Facts[];
  /** Rows of the source that do not keep each constraint. */
  readonly violations: readonly number[];
}

/**
 * Takes the constraints out of the table, the last one first, so that each is put back after those it builds on.
 * @throws {ConstraintError} when a column is unknown, of the wrong type, or written by two of them
 */
export async function planConstraints(
  { schema, rows }: { readonly schema: TableSchema; readonly rows: ColumnSource },
  constraints: readonly Constraint[],
): Promise<ConstrainedTable> {
  refuseOverlaps(constraints);
  const known = new Map<string, KnownColumn>();
  const named = constraints.map(bindConstraint).flatMap(({ reads, writes }) => [...reads, ...writes]);
  for (const column of schema.columns)
    if (named.includes(column.name))
      known.set(column.name, { schema: column, column: await rows.column(column.name) });
  const untouched = new Map(schema.columns.map((column) => [column.name, column]));
  const planned: PlannedConstraint[] = [];
  [...constraints.entries()].reverse().forEach(([place, constraint]) => {
    const plan = planOne(constraint, place, { known, rowCount: rows.rowCount });
    for (const name of plan.dropped) {
      known.delete(name);
      untouched.delete(name);
    }
    for (const each of plan.learned) {
      if (untouched.has(each.schema.name) || known.has(each.schema.name))
        throw new ConstraintError(place, `the table has a column "${each.schema.name}" already`);
      known.set(each.schema.name, each);
      untouched.set(each.schema.name, each.schema);
    }
    planned.unshift(plan);
  });
  const names = [...untouched.keys()];
  return {
    schema: { columns: [...untouched.values()] },
    rows: {
      rowCount: rows.rowCount,
      columnNames: names,
      column: (name) => {
        if (!untouched.has(name)) return Promise.reject(new UnknownColumnError(name, names));
        const made = known.get(name);
        return made ? Promise.resolve(made.column) : rows.column(name);
      },
    },
    facts: planned.map(({ facts }) => facts),
    violations: planned.map(({ violations }) => violations),
  };
}

function planOne(
  constraint: Constraint,
  place: number,
  { known, rowCount }: { known: ReadonlyMap<string, KnownColumn>; rowCount: number },
): PlannedConstraint {
  try {
    return bindConstraint(constraint).plan(known, rowCount);
  } catch (error) {
    if (error instanceof TypeError) throw new ConstraintError(place, error.message);
    throw error;
  }
}

/** What one constraint has made true no later one changes, so that all hold together in every row. */
function refuseOverlaps(constraints: readonly Constraint[]): void {
  const settled = new Map<string, number>();
  constraints.map(bindConstraint).forEach(({ reads, writes }, place) => {
    for (const name of writes) {
      const earlier = settled.get(name);
      if (earlier !== undefined)
        throw new ConstraintError(
          place,
          `it would change "${name}" after constraint ${earlier + 1} was met; put it first or leave it out`,
        );
    }
    for (const name of [...reads, ...writes]) settled.set(name, place);
  });
}
