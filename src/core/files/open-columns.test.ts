import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ColumnSchema, SemanticType } from '../schema/schema.js';
import { UnknownColumnError } from '../schema/unknown-column-error.js';
import type { Column } from '../table/table.js';
import { convertCsvToParquet } from './csv-to-parquet.js';
import { openDuckDb } from './duckdb.js';
import type { DuckDb } from './duckdb.js';
import { NonconformingValueError } from './nonconforming-value-error.js';
import { openColumns } from './open-columns.js';

describe('openColumns', () => {
  let folder: string;
  let db: DuckDb;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-columns-'));
    db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
  });
  afterAll(async () => {
    db.close();
    await rm(folder, { recursive: true });
  });

  async function read(
    type: SemanticType,
    cells: readonly string[],
    missingMarkers: string[] = [''],
    written: Pick<ColumnSchema, 'dateFormat'> = {},
  ): Promise<Column> {
    const [csv, parquet] = [join(folder, 'c.csv'), join(folder, 'c.parquet')];
    await writeFile(csv, ['a,b', ...cells.map((cell) => `"${cell}",x`), ''].join('\n'));
    await convertCsvToParquet(db, csv, parquet, ['a', 'b']);
    const source = await openColumns(db, parquet, {
      columns: [{ name: 'a', type, missingMarkers, ...written }],
    });
    expect(source.rowCount).toBe(cells.length);
    return source.column('a');
  }

  it.each(['integer', 'boolean', 'category'] as const)(
    'keeps the rows of a large file of %s in their order, however many markers there are',
    async (type) => {
      // Three row groups; a list of this length once became a join, which mixes them.
      const markers = Array.from({ length: 20 }, (_, marker) => `none ${marker}`);
      const words = type === 'boolean' ? ['true', 'false', 'yes', 'no', 'y', 'n', 't', 'f', '0', '1'] : null;
      const cellOf = (row: number): string => words?.[Math.floor(row / 20_000)] ?? String(row % 90_000);
      const cells = Array.from({ length: 150_000 }, (_, row) => cellOf(row));
      const column = await read(type, cells, markers);
      const valueOf = (row: number): string =>
        column.kind === 'category'
          ? (column.dictionary[column.codes[row] ?? -1] ?? '')
          : String(column.kind === 'number' ? column.values[row] : '');
      expect(cells.findIndex((cell, row) => cell !== valueOf(row))).toBe(-1);
    },
  );

  it.each([
    ['number', ['1', '-2.5', '', '.5', '1e3', '+7.'], [1, -2.5, 0, 0.5, 1000, 7]],
    ['integer', ['9007199254740992', '-3', '', '4.0'], [2 ** 53, -3, 0, 4]],
    ['date', ['1970-01-02', '1969-12-31', '', '2024-02-29'], [1, -1, 0, 19782]],
    [
      'datetime',
      ['1970-01-01', '1970-01-01T00:00:01Z', '', '1970-01-01 02:00:00.5+01:00', '1970-01-01 00:01'],
      [0, 1000, 0, 3_600_500, 60_000],
    ],
  ] as const)('reads %s cells as typed numbers', async (type, cells, expected) => {
    const column = await read(type, cells);
    if (column.kind === 'text' || column.kind === 'category') throw new Error('not a measured column');
    expect([...column.values]).toEqual(expected);
    expect([...column.missing]).toEqual([0b100]);
  });

  it.each([
    ['%d/%m/%Y', '02/01/1970'],
    ['%m/%d/%Y', '1/2/1970'],
    ['%Y%m%d', '19700102'],
    ['%d-%b-%Y', '2-Jan-1970'],
    ['%d.%m.%Y', '02.01.1970'],
  ] as const)('reads dates written %s, and refuses what is none', async (dateFormat, cell) => {
    const column = await read('date', [cell, ''], [''], { dateFormat });
    expect(column).toMatchObject({ kind: 'date', values: Int32Array.of(1, 0), missing: Uint8Array.of(2) });
    for (const other of ['1970-01-02', cell.replace(/2/, '42')])
      await expect(read('date', [cell, other], [''], { dateFormat })).rejects.toThrow(
        expect.objectContaining({ name: 'NonconformingValueError' }) as Error,
      );
  });

  it('reads categories as codes of a sorted dictionary, with every marker missing', async () => {
    const column = await read('category', ['b', '?', 'a', '', 'b', 'None'], ['', '?']);
    if (column.kind !== 'category') throw new Error('not a category column');
    expect(column.dictionary).toEqual(['None', 'a', 'b']);
    expect([0, 2, 4, 5].map((row) => column.codes[row])).toEqual([2, 1, 2, 0]);
    expect([...column.missing]).toEqual([0b1010]);
  });

  it('takes an empty cell that is no marker as a category', async () => {
    expect(await read('category', ['', 'a'], [])).toMatchObject({
      dictionary: ['', 'a'],
      missing: Uint8Array.of(0),
    });
  });

  it('reads a column that is missing throughout', async () => {
    expect(await read('category', ['', ''])).toMatchObject({ dictionary: [], missing: Uint8Array.of(0b11) });
    expect(await read('number', ['', ''])).toMatchObject({ missing: Uint8Array.of(0b11) });
  });

  it('keeps identifiers as text, so that 64-bit numbers survive', async () => {
    const cells = ['9007199254740993', '007', ''];
    expect(await read('identifier', cells)).toMatchObject({ values: cells, missing: Uint8Array.of(0b100) });
  });

  it('keeps row order over many chunks', async () => {
    const cells = Array.from({ length: 150_000 }, (_, row) => String(row));
    const column = await read('integer', cells);
    if (column.kind !== 'number') throw new Error('not a number column');
    expect(column.values.every((value, row) => value === row)).toBe(true);
  });

  it.each([
    ['number', 'SECRET'],
    ['number', 'NaN'],
    ['number', '1e999'],
    ['number', '1_000'],
    ['number', ' 1'],
    ['integer', '1.5'],
    ['integer', '9007199254740994'],
    ['date', '2023-02-29'],
    ['date', '29/01/2023'],
    ['datetime', '2023-01-01T25:00:00'],
    ['boolean', 'maybe'],
  ] as const)(
    'refuses a %s column with the cell %s, naming the place and not the value',
    async (type, bad) => {
      const good = { number: '1', integer: '1', date: '2023-01-01', datetime: '2023-01-01', boolean: 'yes' }[
        type
      ];
      const error: unknown = await read(type, [good, '', bad, bad]).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(NonconformingValueError);
      expect(error).toMatchObject({ column: 'a', line: 4, type });
      expect((error as Error).message).toContain('Column "a", line 4');
      expect((error as Error).message).not.toContain(bad);
    },
  );

  it('reads columns at the same time as well as one by one', async () => {
    const [csv, parquet] = [join(folder, 'p.csv'), join(folder, 'p.parquet')];
    const rows = Array.from({ length: 20_000 }, (_, row) => `${row},g${row % 7},2020-01-01T00:00:00`);
    await writeFile(csv, `a,b,c\n${rows.join('\n')}\n`);
    await convertCsvToParquet(db, csv, parquet, ['a', 'b', 'c']);
    const types = { a: 'integer', b: 'category', c: 'datetime' } as const;
    const columns = Object.entries(types).map(([name, type]) => ({ name, type, missingMarkers: [] }));
    const source = await openColumns(db, parquet, { columns });
    const names = ['b', 'a', 'b', 'c', 'a'];
    const together = await Promise.all(names.map((name) => source.column(name)));
    for (const [index, name] of names.entries()) expect(together[index]).toEqual(await source.column(name));
    expect(together[3]).toMatchObject({ kind: 'datetime', values: { 0: 1_577_836_800_000 } });
  });

  it('names the columns there are when asked for another', async () => {
    await read('category', ['x']);
    const source = await openColumns(db, join(folder, 'c.parquet'), { columns: [] });
    await expect(source.column('z')).rejects.toThrow(UnknownColumnError);
  });
});
