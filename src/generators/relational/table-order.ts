import type { DatasetShape, TableShape } from './dataset.js';
import { RelationalError } from './relational-error.js';

/** Every table after its parents and after the tables that bound its times. @throws {RelationalError} with the circle */
export function tablesInOrder({ tables, relations, windows }: DatasetShape, subjects: string): TableShape[] {
  const before = new Map(tables.map(({ name }) => [name, new Set<string>()]));
  for (const { parent, child } of relations) before.get(child)?.add(parent);
  for (const { table, notBefore, notAfter } of windows)
    for (const reference of [notBefore, notAfter])
      if (reference && reference.table !== table) before.get(table)?.add(reference.table);
  const order: TableShape[] = [];
  const path: string[] = [];
  const visit = (name: string): void => {
    if (order.some((table) => table.name === name)) return;
    if (path.includes(name)) {
      const circle = [...path.slice(path.indexOf(name)), name].reverse().join(' -> ');
      throw new RelationalError({ table: name }, `the relations go in a circle: ${circle}.`);
    }
    path.push(name);
    for (const other of before.get(name) ?? []) visit(other);
    path.pop();
    order.push(...tables.filter((table) => table.name === name));
  };
  // The subjects as early as they can be: what comes before them depends on no subject.
  for (const name of [subjects, ...tables.map((table) => table.name)]) visit(name);
  return order;
}
