import { groupBy } from '../../../core/collections/group-by.js';
import { entryOf, itemsOf, membersOf, type DataNode, type MapNode } from '../data-node.js';
import type { ReadFile } from '../read-file.js';
import type { OrmTable } from './orm.js';
import type { LintQuery } from './queries.js';
import { resultColumn, type ResultColumn } from './result-columns.js';

/** One entry of a src-stats file: what a query brought from the source. */
export interface Statistic {
  readonly name: string;
  readonly node: DataNode;
  /** The list of its rows. */
  readonly results: DataNode;
  readonly rows: readonly MapNode[];
  readonly columns: readonly ResultColumn[];
  /** What made the rows, when any file says it. */
  readonly query: LintQuery | undefined;
  /** The name of the table it is of, and what the structure file says of that table. */
  readonly table: string | undefined;
  readonly ormTable: OrmTable | undefined;
}

interface Known {
  readonly queries: readonly LintQuery[];
  readonly tables: readonly OrmTable[];
}

export function readStatistics({ kind, root }: ReadFile, known: Known): Statistic[] {
  if (kind !== 'src-stats' || root === null) return [];
  const queries = groupBy(known.queries, ({ name }) => name);
  const tables = new Map(known.tables.map((table) => [table.name, table]));
  return membersOf(root).flatMap(([name, node]) => {
    const results = node.kind === 'list' ? node : entryOf(node, 'results');
    if (results === undefined) return [];
    const query = queryFor(node, queries.get(name) ?? []);
    const { table, column } = splitName(name, tables);
    const rows = itemsOf(results).filter((row): row is MapNode => row.kind === 'map');
    const keys = new Set(rows.flatMap((row) => [...row.entries.keys()]));
    const columns = [...keys].map((key) => resultColumn(key, { query, column }));
    const ormTable = table === undefined ? undefined : tables.get(table);
    return [{ name, node, results, rows, columns, query, table, ormTable }];
  });
}

/** The query whose result this is: the private one if there is one, else its own, else the configuration's. */
function queryFor(node: DataNode, named: readonly LintQuery[]): LintQuery | undefined {
  const all = named.filter(({ purpose }) => purpose !== 'fetched');
  const own = all.find((query) => query.node.parent === entryOf(node, 'queries'));
  return all.find(({ purpose }) => purpose === 'private') ?? own ?? all[0];
}

const partsMax = 20;

/** `auto__death__person_id` is of column person_id in table death. Tables may have `__` in their names. */
function splitName(
  name: string,
  tables: ReadonlyMap<string, OrmTable>,
): { table: string | undefined; column: string | undefined } {
  const rest = /^auto__(?:cov__)?(.+)$/.exec(name)?.[1];
  if (rest === undefined) return { table: undefined, column: undefined };
  const parts = rest.split('__').slice(0, partsMax);
  const beginnings = parts.map((_, at) => parts.slice(0, at + 1).join('__'));
  const table = beginnings.findLast((one) => tables.has(one)) ?? parts[0] ?? rest;
  const column = rest.slice(table.length + 2);
  return { table, column: column === '' ? undefined : column };
}
