import { createMissingBitmap, isMissing, markMissing } from './missing-bitmap.js';
import type { Column, Table } from './table.js';

/** Blocks of one table, one after the other; every block has the columns of the first. */
export async function joinBlocks(blocks: AsyncIterable<Table>): Promise<Table> {
  const all: Table[] = [];
  for await (const block of blocks) all.push(block);
  const names = [...(all[0]?.columns.keys() ?? [])];
  const rowCount = all.reduce((sum, block) => sum + block.rowCount, 0);
  const columns = names.map((name): [string, Column] => {
    const parts = all.flatMap((block) => block.columns.get(name) ?? []);
    return [name, joinColumns(parts, rowCount)];
  });
  return { rowCount, columns: new Map(columns) };
}

function lengthOf(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

/** @throws {RangeError} when the parts are of different kinds */
function joinColumns(parts: readonly Column[], rowCount: number): Column {
  const missing = createMissingBitmap(rowCount);
  let start = 0;
  for (const part of parts) {
    for (let row = 0; row < lengthOf(part); row += 1)
      if (isMissing(part.missing, row)) markMissing(missing, start + row);
    start += lengthOf(part);
  }
  const of = <Kind extends Column['kind']>(kind: Kind): Extract<Column, { kind: Kind }>[] =>
    parts.map((part) => {
      if (part.kind === kind) return part as Extract<Column, { kind: Kind }>;
      throw new RangeError(`A block of a column of kind ${kind} is of kind ${part.kind}.`);
    });
  const kind = parts[0]?.kind ?? 'number';
  switch (kind) {
    case 'category':
      return { kind, ...joinCategories(of(kind)), missing };
    case 'text':
      return { kind, values: of(kind).flatMap(({ values }) => [...values]), missing };
    case 'date':
      return { kind, values: Int32Array.from(of(kind).flatMap(({ values }) => [...values])), missing };
    case 'number':
    case 'datetime':
      return { kind, values: Float64Array.from(of(kind).flatMap(({ values }) => [...values])), missing };
  }
}

/** Blocks may number their categories each in their own way. */
function joinCategories(parts: readonly Extract<Column, { kind: 'category' }>[]): {
  codes: Int32Array;
  dictionary: string[];
} {
  const places = new Map<string, number>();
  const codes = parts.flatMap(({ codes: own, dictionary }) => {
    for (const text of dictionary) if (!places.has(text)) places.set(text, places.size);
    return Array.from(own, (code) => places.get(dictionary[code] ?? '') ?? 0);
  });
  return { codes: Int32Array.from(codes), dictionary: [...places.keys()] };
}
