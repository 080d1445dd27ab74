import { joinBlocks } from './join-blocks.js';
import type { Column, Table } from './table.js';

async function* blocksOf(...columns: Readonly<Record<string, Column>>[]): AsyncGenerator<Table> {
  for (const block of columns)
    yield await Promise.resolve({ rowCount: 2, columns: new Map(Object.entries(block)) });
}
const category = (dictionary: string[], codes: number[], missing: number): Column => ({
  ...{ kind: 'category', dictionary, codes: Int32Array.from(codes) },
  missing: Uint8Array.of(missing),
});
const number = (values: number[], missing: number): Column => ({
  ...{ kind: 'number', values: Float64Array.from(values) },
  missing: Uint8Array.of(missing),
});

describe('joined blocks', () => {
  it('are one table, whatever numbers the blocks give their categories', async () => {
    const joined = await joinBlocks(
      blocksOf(
        { a: category(['x', 'y'], [1, 0], 0), b: number([1, 2], 0b10) },
        { a: category(['z', 'y'], [1, 0], 0b01), b: number([3, 4], 0) },
      ),
    );
    expect(joined.rowCount).toBe(4);
    expect(joined.columns.get('b')).toEqual({
      kind: 'number',
      values: Float64Array.of(1, 2, 3, 4),
      missing: Uint8Array.of(0b0010),
    });
    const a = joined.columns.get('a');
    expect(a?.kind === 'category' && Array.from(a.codes, (code) => a.dictionary[code])).toEqual([
      'y',
      'x',
      'y',
      'z',
    ]);
    expect(a?.missing).toEqual(Uint8Array.of(0b0100));
  });

  it('of different kinds are refused', async () => {
    await expect(
      joinBlocks(blocksOf({ a: number([1, 2], 0) }, { a: category(['x'], [0, 0], 0) })),
    ).rejects.toThrow('is of kind category');
  });
});
