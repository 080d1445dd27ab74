import type { Column, Table } from '../../core/table/table.js';

/** A block of named columns; all are of one length. */
export function tableOf(columns: Readonly<Record<string, Column>>): Table {
  const [first] = Object.values(columns);
  const rowCount =
    first === undefined ? 0 : first.kind === 'category' ? first.codes.length : first.values.length;
  return { rowCount, columns: new Map(Object.entries(columns)) };
}

export function texts(...values: readonly (string | null)[]): Column {
  const missing = new Uint8Array((values.length + 7) >> 3);
  values.forEach(
    (value, row) => (missing[row >> 3] = (missing[row >> 3] ?? 0) | (Number(value === null) << (row & 7))),
  );
  return { kind: 'text', values: values.map((value) => value ?? 'unspecified'), missing };
}

export function numbers(...values: readonly number[]): Column {
  return {
    kind: 'number',
    values: Float64Array.from(values),
    missing: new Uint8Array((values.length + 7) >> 3),
  };
}

// eslint-disable-next-line @typescript-eslint/require-await -- blocks that are there already
export async function* blocksOf(...tables: readonly Table[]): AsyncGenerator<Table> {
  yield* tables;
}

export async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
