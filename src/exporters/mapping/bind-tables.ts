import type { ColumnSource } from '../../core/table/column-source.js';
import { Cells } from './cells.js';
import { MappingError } from './mapping-error.js';
import type { TableMapping } from './mapping.js';
import type { ReadMapping } from './read-mapping.js';
import type { Path } from './yaml-places.js';

/** A table with the cells of the columns that its mapping names. */
export interface BoundTable {
  readonly path: Path;
  readonly mapping: TableMapping;
  readonly rowCount: number;
  /** All that the table has, in its order. */
  readonly columnNames: readonly string[];
  /** Those that the mapping names and the table has. */
  readonly cells: ReadonlyMap<string, Cells>;
  /** Those that it names and the table may lack and does. */
  readonly lacking: readonly string[];
}

interface ColumnUse {
  readonly column: string;
  readonly path: Path;
}

/**
 * Finds every table and column that the mapping names, and reads those columns and no other.
 * @throws {MappingError} with the table, the column, and file, line and path of the mapping
 */
export async function bindTables(
  { mapping, places }: ReadMapping,
  sources: ReadonlyMap<string, ColumnSource>,
): Promise<BoundTable[]> {
  const faults: string[] = [];
  const found = mapping.tables.flatMap((table, index) => {
    const path: Path = ['tables', index];
    const source = sources.get(table.name);
    if (source) return [{ table, path, source, uses: [...columnUses(table, path)] }];
    const there = [...sources.keys()].join('", "');
    faults.push(places.fault([...path, 'name'], `there is no table "${table.name}"; there is: "${there}".`));
    return [];
  });
  for (const { table, source, uses } of found) {
    const known = new Set([...source.columnNames, ...(table.mayLack ?? [])]);
    for (const { column, path } of uses)
      if (!known.has(column))
        faults.push(places.fault(path, `table "${table.name}" has no column "${column}".`));
  }
  if (faults.length > 0) throw new MappingError(faults);
  const bound: BoundTable[] = [];
  for (const { table, path, source, uses } of found)
    bound.push(await bindTable(table, path, source, new Set(uses.map(({ column }) => column))));
  return bound;
}

async function bindTable(
  mapping: TableMapping,
  path: Path,
  source: ColumnSource,
  used: ReadonlySet<string>,
): Promise<BoundTable> {
  const markers = new Set(mapping.missing);
  const cells = new Map<string, Cells>();
  for (const name of source.columnNames)
    if (used.has(name)) cells.set(name, new Cells(mapping.name, name, await source.column(name), markers));
  return {
    ...{ path, mapping, rowCount: source.rowCount, columnNames: source.columnNames, cells },
    lacking: [...used].filter((name) => !cells.has(name)),
  };
}

/** Everywhere that the mapping of a table names a column. */
function* columnUses(value: object, path: Path): Generator<ColumnUse> {
  for (const [name, child] of Object.entries(value) as [string, unknown][]) {
    const at = [...path, Array.isArray(value) ? Number(name) : name];
    if (typeof child === 'string' && ['column', 'key', 'order'].includes(name))
      yield { column: child, path: at };
    if (typeof child !== 'object' || child === null) continue;
    if (name === 'explode') for (const column of Object.keys(child)) yield { column, path: [...at, column] };
    yield* columnUses(child, at);
  }
}
