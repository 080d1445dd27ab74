import type { DatasetShape, TableShape, TimeReference } from './dataset.js';
import { RelationalError } from './relational-error.js';

/** Every name that is used is there, and every key has as many columns as its counterpart. @throws {RelationalError} */
export function checkShape(shape: DatasetShape): void {
  const { tables, relations, windows, subjects } = shape;
  const [first] = tables;
  if (!first) throw new RelationalError({ table: '' }, 'there is no table.');
  const byName = new Map(tables.map((table) => [table.name, table]));
  for (const { name, columns, primaryKey, sequenceIndex } of tables) {
    if (tables.filter((table) => table.name === name).length > 1)
      throw new RelationalError({ table: name }, 'there are two tables of this name.');
    if (new Set(columns.map((column) => column.name)).size < columns.length)
      throw new RelationalError({ table: name }, 'two columns have the same name.');
    requireColumns(byName, name, [...primaryKey, ...(sequenceIndex === undefined ? [] : [sequenceIndex])]);
  }
  for (const { parent, parentKey, child, foreignKey } of relations) {
    requireColumns(byName, parent, parentKey);
    requireColumns(byName, child, foreignKey);
    if (parentKey.length === 0 || parentKey.length !== foreignKey.length)
      throw new RelationalError(
        { table: child, columns: foreignKey },
        `the key of "${parent}" has ${parentKey.length} columns.`,
      );
    if (parent === child)
      throw new RelationalError(
        { table: child, columns: foreignKey },
        'the relations go in a circle: a table cannot be its own parent. Leave the relation out.',
      );
  }
  for (const { table, column, notBefore, notAfter } of windows) {
    const bounded = requireColumns(byName, table, [column]);
    requireTime(bounded, column);
    const type = bounded.columns.find(({ name }) => name === column)?.type;
    if ((type === 'number' || type === 'integer') && bounded.sequenceIndex !== column)
      throw new RelationalError(
        { table, columns: [column] },
        'numbers are times in the sequence index only.',
      );
    for (const reference of [notBefore, notAfter]) if (reference) requireReference(byName, reference);
  }
  if (subjects !== undefined) requireColumns(byName, subjects, []);
}

function requireColumns(
  tables: ReadonlyMap<string, TableShape>,
  name: string,
  columns: readonly string[],
): TableShape {
  const table = tables.get(name);
  if (!table) throw new RelationalError({ table: name }, 'there is no such table.');
  for (const column of columns)
    if (!table.columns.some((each) => each.name === column))
      throw new RelationalError({ table: name, columns: [column] }, 'there is no such column.');
  return table;
}

const timeTypes = new Set(['date', 'datetime', 'number', 'integer']);

function requireTime(table: TableShape, column: string): void {
  const type = table.columns.find(({ name }) => name === column)?.type ?? '';
  if (!timeTypes.has(type))
    throw new RelationalError({ table: table.name, columns: [column] }, `${type} is no time.`);
}

function requireReference(
  tables: ReadonlyMap<string, TableShape>,
  { table, column, reads }: TimeReference,
): void {
  const found = requireColumns(tables, table, [column]);
  requireTime(found, column);
  const type = found.columns.find(({ name }) => name === column)?.type;
  if (reads !== 'value' && type !== 'integer' && type !== 'number')
    throw new RelationalError({ table, columns: [column] }, `only a number can be read as ${reads}.`);
}
