import type { Random } from '../../src/core/random/random.js';
import type { Column, Table } from '../../src/core/table/table.js';
import { createMissingBitmap, isMissing, markMissing } from '../../src/core/table/missing-bitmap.js';
import { selectCells } from '../../src/core/table/select-rows.js';
import type { Relationship } from '../../src/evaluation/fidelity/quality/table-metadata.js';
import type { Dataset } from '../../src/generators/relational/dataset.js';
import { cellText } from '../../src/core/table/key-cells.js';
import { takeSubjects } from '../../src/evaluation/subjects/take-subjects.js';
import type { DatasetBlock } from '../../src/generators/relational/sample-relational.js';

export type Tables = ReadonlyMap<string, Table>;

export async function readAll({ tables }: Pick<Dataset, 'tables'>): Promise<Tables> {
  const read = new Map<string, Table>();
  for (const { name, rows } of tables) {
    const columns = new Map<string, Column>();
    for (const column of rows.columnNames) columns.set(column, await rows.column(column));
    read.set(name, { rowCount: rows.rowCount, columns });
  }
  return read;
}

/** All blocks as whole tables. */
export async function collectTables(blocks: AsyncIterable<DatasetBlock>): Promise<Tables> {
  const parts = new Map<string, Table[]>();
  for await (const block of blocks)
    for (const [name, table] of block) parts.set(name, [...(parts.get(name) ?? []), table]);
  return new Map([...parts].map(([name, tables]) => [name, joined(tables)]));
}

function joined(tables: readonly Table[]): Table {
  const rowCount = tables.reduce((sum, table) => sum + table.rowCount, 0);
  const names = [...(tables[0]?.columns.keys() ?? [])];
  const columns = names.map((name): [string, Column] => {
    const parts = tables.flatMap((table) => {
      const column = table.columns.get(name);
      return column ? [{ column, count: table.rowCount }] : [];
    });
    return [name, joinedColumn(parts, rowCount)];
  });
  return { rowCount, columns: new Map(columns) };
}

function joinedColumn(parts: readonly { column: Column; count: number }[], rowCount: number): Column {
  const missing = createMissingBitmap(rowCount);
  const first = parts[0]?.column ?? { kind: 'text', values: [], missing };
  const texts: string[] = [];
  const numbers = new Float64Array(rowCount);
  let at = 0;
  for (const { column, count } of parts) {
    for (let row = 0; row < count; row += 1, at += 1) {
      if (isMissing(column.missing, row)) markMissing(missing, at);
      if (column.kind === 'text') texts.push(column.values[row] ?? '');
      else numbers[at] = (column.kind === 'category' ? column.codes[row] : column.values[row]) ?? 0;
    }
  }
  if (first.kind === 'text') return { kind: 'text', values: texts, missing };
  if (first.kind === 'category') return { ...first, codes: Int32Array.from(numbers), missing };
  if (first.kind === 'date') return { kind: 'date', values: Int32Array.from(numbers), missing };
  return { kind: first.kind, values: numbers, missing };
}

/** The real tables with the rows of every child dealt anew among the parents: as many each, or just any. */
export function dealtAnew(
  tables: Tables,
  relationships: readonly Relationship[],
  { random, keepsCounts }: { random: Random; keepsCounts: boolean },
): Tables {
  const dealt = new Map(tables);
  for (const child of new Set(relationships.map((each) => each.child))) {
    const table = dealt.get(child);
    if (!table) continue;
    const columns = new Map(table.columns);
    for (const { parent, parentKey, foreignKey } of relationships.filter((each) => each.child === child)) {
      const column = table.columns.get(foreignKey);
      const keys = dealt.get(parent)?.columns.get(parentKey);
      const parents = dealt.get(parent)?.rowCount ?? 0;
      if (!column || !keys) continue;
      if (keepsCounts) columns.set(foreignKey, selectCells(column, shuffled(table.rowCount, random)));
      else {
        const values = Array.from(
          { length: table.rowCount },
          () => cellText(keys, random.integerBelow(parents)) ?? '',
        );
        columns.set(foreignKey, { kind: 'text', values, missing: column.missing });
      }
    }
    dealt.set(child, { ...table, columns });
  }
  return dealt;
}

function shuffled(count: number, random: Random): Int32Array {
  const order = Int32Array.from({ length: count }, (_, row) => row);
  for (let at = count - 1; at > 0; at -= 1) {
    const other = random.integerBelow(at + 1);
    [order[at], order[other]] = [order[other] ?? 0, order[at] ?? 0];
  }
  return order;
}

/** The real subjects, drawn with replacement, each with all of their rows: what chance alone takes from the scores. */
export function bootstrapped(
  tables: Tables,
  { relationships, subjects }: { relationships: readonly Relationship[]; subjects: string | null },
  random: Random,
): Tables {
  const relations = relationships.map(({ parent, parentKey, child, foreignKey }) => ({
    ...{ parent, parentKey: [parentKey] },
    ...{ child, foreignKey: [foreignKey] },
  }));
  const root = subjects ?? relations[0]?.parent ?? '';
  const count = tables.get(root)?.rowCount ?? 0;
  const drawn = Int32Array.from({ length: count }, () => random.integerBelow(count));
  return takeSubjects({ tables, relations, subjects: root }, drawn).tables;
}
