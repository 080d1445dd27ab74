import type { Table } from '../../../core/table/table.js';
import { noScore } from '../../score.js';
import type { MissingScore } from '../../score.js';
import { keyText } from '../columns/key-uniqueness.js';
import type { Relationship } from '../quality/table-metadata.js';

/** The keys of both ends of one relationship in one dataset; null where a key is missing. */
export interface RelationshipKeys {
  readonly parents: readonly (string | null)[];
  readonly children: readonly (string | null)[];
}

export type Tables = ReadonlyMap<string, Table>;

/** A missing score says which table or column is not there. */
export function relationshipKeys(
  tables: Tables,
  { parent, parentKey, child, foreignKey }: Relationship,
): RelationshipKeys | MissingScore {
  const parents = keyCells(tables, parent, parentKey);
  const children = keyCells(tables, child, foreignKey);
  if (parents === null) return noScore(`There is no column "${parentKey}" in table "${parent}".`);
  if (children === null) return noScore(`There is no column "${foreignKey}" in table "${child}".`);
  return { parents, children };
}

function keyCells(tables: Tables, tableName: string, columnName: string): (string | null)[] | null {
  const table = tables.get(tableName);
  const column = table?.columns.get(columnName);
  if (table === undefined || column === undefined) return null;
  return Array.from({ length: table.rowCount }, (_, row) => keyText(column, row));
}

/** Child rows of each parent row, 0 included, in parent order. */
export function childCounts({ parents, children }: RelationshipKeys): Float64Array {
  const counts = new Map<string, number>();
  for (const key of children) if (key !== null) counts.set(key, (counts.get(key) ?? 0) + 1);
  return Float64Array.from(parents, (key) => (key === null ? 0 : (counts.get(key) ?? 0)));
}
