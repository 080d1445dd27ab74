import type { Table } from '../../../core/table/table.js';
import { compareVariable } from '../quality/compared-variable.js';
import type { ComparedVariable } from '../quality/compared-variable.js';
import { pairTrend } from '../quality/pair-trend.js';
import type { PairTrend } from '../quality/pair-trend.js';
import type { Relationship } from '../quality/table-metadata.js';
import { gatherRows, toVariable } from '../variable.js';
import { relationshipKeys } from './relationship-keys.js';
import type { RelationshipKeys, Tables } from './relationship-keys.js';

export interface IntertableTrend {
  readonly relationship: Relationship;
  /** The parent's column first. */
  readonly trend: PairTrend;
}

/** A dataset of several tables, with the columns of each table that identify rows. */
export interface JoinableTables {
  readonly tables: Tables;
  readonly keyColumns: ReadonlyMap<string, ReadonlySet<string>>;
}

interface JoinedRows {
  readonly parentRows: Int32Array;
  readonly childRows: Int32Array;
}

/** SDMetrics 0.29 Intertable Trends: each parent column with each child column over the child rows that have a parent. */
export function intertableTrends(
  real: JoinableTables,
  synthetic: JoinableTables,
  relationship: Relationship,
): IntertableTrend[] {
  const [realKeys, syntheticKeys] = [real, synthetic].map(({ tables }) =>
    relationshipKeys(tables, relationship),
  );
  if (!realKeys || !syntheticKeys || 'reason' in realKeys || 'reason' in syntheticKeys) return [];
  const joins = { real: joinRows(realKeys), synthetic: joinRows(syntheticKeys) };
  const side = (table: string, rows: keyof JoinedRows): ComparedVariable[] => {
    const keys = real.keyColumns.get(table) ?? new Set<string>();
    const both = [real, synthetic].map(({ tables }) => tables.get(table));
    return comparedSide(both, keys, [joins.real[rows], joins.synthetic[rows]]);
  };
  const parents = side(relationship.parent, 'parentRows');
  const children = side(relationship.child, 'childRows').filter(
    ({ name }) => name !== relationship.foreignKey,
  );
  return parents.flatMap((parent) =>
    children.map((child) => ({ relationship, trend: pairTrend(parent, child) })),
  );
}

function joinRows({ parents, children }: RelationshipKeys): JoinedRows {
  const places = new Map(parents.map((key, row) => [key, row]));
  const matched = children.flatMap((key, row) => {
    const parent = key === null ? undefined : places.get(key);
    return parent === undefined ? [] : [[parent, row] as const];
  });
  return {
    parentRows: Int32Array.from(matched, ([parent]) => parent),
    childRows: Int32Array.from(matched, ([, child]) => child),
  };
}

function comparedSide(
  [real, synthetic]: readonly (Table | undefined)[],
  keys: ReadonlySet<string>,
  [realRows, syntheticRows]: readonly Int32Array[],
): ComparedVariable[] {
  if (!real || !synthetic || !realRows || !syntheticRows) return [];
  return [...real.columns].flatMap(([name, column]) => {
    const other = synthetic.columns.get(name);
    const [before, after] = [toVariable(column), other ? toVariable(other) : null];
    if (keys.has(name) || !before || !after) return [];
    return compareVariable(name, gatherRows(before, realRows), gatherRows(after, syntheticRows)) ?? [];
  });
}
