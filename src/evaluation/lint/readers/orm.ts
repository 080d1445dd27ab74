import { entryOf, membersOf, textOf, type DataNode } from '../data-node.js';
import type { ReadFile } from '../read-file.js';

export interface OrmTable {
  readonly name: string;
  readonly columns: readonly OrmColumn[];
}

export interface OrmColumn {
  readonly node: DataNode;
  readonly name: string;
  /** As the database writes it: TIMESTAMP WITHOUT TIME ZONE. */
  readonly sqlType: string;
  /** Tells the rows of its table apart. */
  readonly primary: boolean;
}

export function readOrm({ kind, root }: ReadFile): OrmTable[] {
  if (kind !== 'orm' || root === null) return [];
  return membersOf(entryOf(root, 'tables')).map(([name, table]) => ({
    name,
    columns: membersOf(entryOf(table, 'columns')).map(([column, node]) => readColumn(column, node)),
  }));
}

function readColumn(name: string, node: DataNode): OrmColumn {
  const primary = entryOf(node, 'primary');
  return {
    ...{ name, node },
    sqlType: textOf(entryOf(node, 'type')) ?? '',
    primary: primary?.kind === 'scalar' && primary.value === true,
  };
}
