import type { ColumnSchema } from '../../core/schema/schema.js';
import type { Column } from '../../core/table/table.js';
import type { ColumnCell } from './column-cells.js';
import type { Constraint } from './constraint.js';

/** A column and what is known of it. */
export interface KnownColumn {
  readonly schema: ColumnSchema;
  readonly column: Column;
}

export type KnownColumns = ReadonlyMap<string, KnownColumn>;
export type Columns = ReadonlyMap<string, Column>;

/** What undoing a constraint needs to know; all of it JSON. */
export interface Facts {
  /** Digits after the point of a number that is computed. */
  readonly decimals: number;
  /** Of the column that is computed. */
  readonly kind: 'number' | 'date' | 'datetime';
  /** Whether the column that is computed holds texts instead. */
  readonly isText: boolean;
  /** Those that rows may have. */
  readonly combinations: readonly (readonly (string | null)[])[];
}

export interface PlannedConstraint {
  /** Rows of the source that do not keep it. */
  readonly violations: number;
  /** Learned instead of the dropped columns. */
  readonly learned: readonly KnownColumn[];
  readonly dropped: readonly string[];
  readonly facts: Facts;
}

/** What a kind of constraint does: to the table before it is learned from, and to every block of rows that is made. */
export interface ConstraintKind<C extends Constraint> {
  /** Columns that it looks at; those that it writes are `writes`. */
  reads(constraint: C): readonly string[];
  writes(constraint: C): readonly string[];
  /** @throws {TypeError} with a sentence when a column is of a type that it cannot hold for */
  plan(constraint: C, columns: KnownColumns, rowCount: number): PlannedConstraint;
  /**
   * The columns that it writes, such that it holds in every row.
   * @param taken what it remembers of the rows before; empty at the first
   */
  restore(constraint: C, columns: Columns, facts: Facts, taken: Set<number>): Columns;
  /** Whether a row keeps it. */
  holds(constraint: C, cell: (column: string) => ColumnCell): boolean;
}

export const noFacts: Facts = { decimals: 0, kind: 'number', isText: false, combinations: [] };

export function requireColumn(columns: KnownColumns, name: string): KnownColumn {
  const found = columns.get(name);
  if (!found) throw new TypeError(`there is no column "${name}" that no other constraint makes`);
  return found;
}

export function countViolations(rowCount: number, holds: (row: number) => boolean): number {
  let violations = 0;
  for (let row = 0; row < rowCount; row += 1) if (!holds(row)) violations += 1;
  return violations;
}

/** Digits after the point that the numbers of a column need, 9 at most. */
export function decimalsIn({ column }: KnownColumn): number {
  if (column.kind !== 'number') return 0;
  let decimals = 0;
  for (const value of column.values)
    while (
      decimals < 9 &&
      Math.abs(Number(value.toFixed(decimals)) - value) > 1e-9 * Math.max(1, Math.abs(value))
    )
      decimals += 1;
  return decimals;
}

/** @throws {TypeError} when it holds no numbers, dates or datetimes */
export function measuredKind({ schema, column }: KnownColumn): Facts['kind'] {
  if (column.kind === 'category' || column.kind === 'text')
    throw new TypeError(`column "${schema.name}" holds no numbers or dates`);
  return column.kind;
}
