import type { KeyRelation } from '../../core/schema/key-relation.js';
import { cellText } from '../../core/table/key-cells.js';
import { createMissingBitmap, markMissing } from '../../core/table/missing-bitmap.js';
import { selectCells } from '../../core/table/select-rows.js';
import type { Column, Table } from '../../core/table/table.js';
import { subjectsOfRows } from './subject-tables.js';
import type { SubjectTables } from './subject-tables.js';

/**
 * The given subjects with all of their rows, in the given order; a subject may be given more than once and is another
 * person each time: its keys get the number of the copy. Tables of nobody stay whole.
 */
export function takeSubjects(all: SubjectTables, chosen: Int32Array): SubjectTables {
  const owners = subjectsOfRows(all);
  const copiesOf = new Map<number, number[]>();
  chosen.forEach((subject, copy) => {
    const copies = copiesOf.get(subject);
    if (copies) copies.push(copy);
    else copiesOf.set(subject, [copy]);
  });
  const tables = new Map<string, Table>();
  for (const [name, table] of all.tables) {
    const own = owners.get(name);
    tables.set(name, own ? taken(table, own, copiesOf, keysToRename(name, all.relations, owners)) : table);
  }
  return { ...all, tables };
}

/** Key columns that tell rows of subjects apart. */
function keysToRename(
  table: string,
  relations: readonly KeyRelation[],
  owners: ReadonlyMap<string, Int32Array>,
): ReadonlySet<string> {
  return new Set(
    relations.flatMap(({ parent, parentKey, child, foreignKey }) => [
      ...(parent === table ? parentKey : []),
      ...(child === table && owners.has(parent) ? foreignKey : []),
    ]),
  );
}

function taken(
  { columns }: Table,
  owners: Int32Array,
  copiesOf: ReadonlyMap<number, readonly number[]>,
  renamed: ReadonlySet<string>,
): Table {
  const picked = [...owners].flatMap((subject, row) =>
    (copiesOf.get(subject) ?? []).map((copy) => ({ row, copy })),
  );
  picked.sort((a, b) => a.copy - b.copy || a.row - b.row);
  const rows = Int32Array.from(picked, ({ row }) => row);
  return {
    rowCount: rows.length,
    columns: new Map(
      [...columns].map(([name, column]): [string, Column] => [
        name,
        renamed.has(name)
          ? renamedKeys(
              column,
              rows,
              picked.map(({ copy }) => copy),
            )
          : selectCells(column, rows),
      ]),
    ),
  };
}

function renamedKeys(column: Column, rows: Int32Array, copies: readonly number[]): Column {
  const missing = createMissingBitmap(rows.length);
  const values = Array.from(rows, (row, at) => {
    const key = cellText(column, row);
    if (key === null) markMissing(missing, at);
    return key === null ? '' : `${key}#${copies[at] ?? 0}`;
  });
  return { kind: 'text', values, missing };
}
