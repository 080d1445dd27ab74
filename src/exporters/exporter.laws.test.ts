import { readdirSync } from 'node:fs';
import { DuckDBDateValue, DuckDBTimestampTZValue } from '@duckdb/node-api';
import type { DuckDBValue } from '@duckdb/node-api';
import fc from 'fast-check';
import type { ColumnFormat } from '../core/table/column-format.js';
import { selectCells } from '../core/table/select-rows.js';
import type { Column, Table } from '../core/table/table.js';
import { msPerDay } from '../core/time/units.js';
import { exporters } from './registry.js';
import { ExportedFolder } from './testing/exported-folder.js';
import { blocksOf, numbers, tableOf, texts } from './testing/tables.js';

type Cell = number | string | null;

interface Given {
  readonly format: ColumnFormat;
  readonly cells: readonly Cell[];
}

const day = (text: string): number => Date.parse(`${text}T00:00:00Z`) / msPerDay;
const formats = {
  number: { name: 'number', type: 'number', decimals: 3 },
  whole: { name: 'whole', type: 'integer', decimals: 0 },
  date: { name: 'date', type: 'date' },
  time: { name: 'time', type: 'datetime' },
  text: { name: 'a "text", quoted', type: 'category' },
  id: { name: '=id', type: 'identifier' },
} as const satisfies Record<string, ColumnFormat>;

function columnOf({ format, cells }: Given): Column {
  const { missing } = texts(...cells.map((cell) => (cell === null ? null : '')));
  const values = cells.map((cell) => (typeof cell === 'number' ? cell : 0));
  switch (format.type) {
    case 'number':
    case 'integer':
      return { kind: 'number', values: Float64Array.from(values), missing };
    case 'date':
      return { kind: 'date', values: Int32Array.from(values), missing };
    case 'datetime':
      return { kind: 'datetime', values: Float64Array.from(values), missing };
    case 'category': {
      const dictionary = [...new Set(cells.filter((cell) => typeof cell === 'string'))].reverse();
      const codes = Int32Array.from(cells, (cell) => Math.max(0, dictionary.indexOf(cell as string)));
      return { kind: 'category', codes, dictionary, missing };
    }
    case 'boolean':
    case 'identifier':
    case 'free-text':
      return { kind: 'text', values: cells.map((cell) => String(cell ?? 'unspecified')), missing };
  }
}

/** What has to come back: the same cell, a number in the decimals of its column. */
function expectedCell({ type, decimals = 0 }: ColumnFormat, cell: Cell): DuckDBValue {
  if (typeof cell !== 'number') return cell;
  if (type === 'date') return new DuckDBDateValue(cell);
  if (type === 'datetime') return new DuckDBTimestampTZValue(BigInt(cell) * 1000n);
  const rounded = Math.abs(cell) < 1e21 ? Number(cell.toFixed(decimals)) + 0 : cell;
  return type === 'integer' ? BigInt(rounded) : rounded;
}

/** In blocks of one row and of the rest, which must not show. */
function blocksFor(given: readonly Given[]): Table[] {
  const rowCount = given[0]?.cells.length ?? 0;
  const whole = new Map(given.map((each) => [each.format.name, columnOf(each)]));
  const cut = (start: number, end: number): Table => {
    const rows = Int32Array.from({ length: end - start }, (_, row) => start + row);
    const columns = [...whole].map(([name, column]): [string, Column] => [name, selectCells(column, rows)]);
    return { rowCount: rows.length, columns: new Map(columns) };
  };
  return rowCount === 0 ? [] : [cut(0, 1), cut(1, 1), cut(1, rowCount)];
}

const tables: readonly (readonly [string, readonly Given[]])[] = [
  ['no row', Object.values(formats).map((format) => ({ format, cells: [] }))],
  [
    'one row',
    [
      { format: formats.whole, cells: [7] },
      { format: formats.text, cells: ['x'] },
    ],
  ],
  [
    'nothing but missing cells',
    Object.values(formats).map((format) => ({ format, cells: [null, null, null] })),
  ],
  ['one column with missing cells', [{ format: formats.whole, cells: [1, null, 2, null] }]],
  [
    'large, small and negative numbers, and -0',
    [
      { format: formats.number, cells: [-0, 1e300, -1e300, 0.1 + 0.2, 1e-9, -1e-9, 1e21, 2 ** 53 + 2, null] },
      { format: formats.whole, cells: [-0, 2 ** 53, -(2 ** 62), 2 ** 63 - 1024, 0.4, -0.4, 9e18, 1, null] },
    ],
  ],
  [
    'the first and the last years',
    [
      { format: formats.date, cells: ['0001-01-01', '9999-12-31', '1969-12-31', '2024-02-29'].map(day) },
      {
        format: formats.time,
        cells: ['0001-01-01T00:00:00.000Z', '9999-12-31T23:59:59.999Z', '1969-12-31T23:59:59.999Z']
          .map((text) => Date.parse(text))
          .concat(0),
      },
    ],
  ],
  [
    'quotes, line breaks, commas, other scripts, formulas and empty texts',
    [
      {
        format: formats.text,
        cells: [
          '"',
          'a "b" c',
          'a\nb',
          'a\r\nb',
          '\r',
          ',',
          '',
          null,
          'é 患者 🫀',
          '=1+1',
          "'=1+1",
          "''@x",
          '-5',
          ' x ',
        ],
      },
      {
        format: formats.id,
        cells: [
          '=A1',
          '\tx',
          '\uFF1Dx',
          '+1',
          "'",
          "'x",
          '9007199254740993',
          null,
          '',
          'NULL',
          'nan',
          '#x',
          '\\',
          '-',
        ],
      },
    ],
  ],
  [
    '300 columns',
    Array.from({ length: 300 }, (_, place) => ({
      format: { name: `column ${place}`, type: 'integer', decimals: 0 } as const,
      cells: [place, null, -place],
    })),
  ],
];

describe.each(exporters)('the format $name', (exporter) => {
  let folder: ExportedFolder;
  beforeEach(() => {
    folder = new ExportedFolder();
  });
  afterEach(() => folder.remove());

  const keepsCells = async (given: readonly Given[]): Promise<void> => {
    const columns = given.map(({ format }) => format);
    const { path, counts } = await folder.write(exporter, blocksOf(...blocksFor(given)), columns);
    const rowCount = given[0]?.cells.length ?? 0;
    const expected = Array.from({ length: rowCount }, (_, row) =>
      given.map(({ format, cells }) => expectedCell(format, cells[row] ?? null)),
    );
    expect(await folder.read(exporter, path, columns)).toEqual(expected);
    expect(counts.rows).toBe(rowCount);
  };

  it.each(tables)('gives back %s', (_, given) => keepsCells(given));

  it('gives back whatever texts and numbers there are', async () => {
    const cells = fc.array(
      fc.record({
        text: fc.option(fc.string({ unit: 'grapheme' })),
        id: fc.option(fc.string()),
        number: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
      }),
      { maxLength: 30 },
    );
    await fc.assert(
      fc.asyncProperty(cells, (rows) =>
        keepsCells([
          { format: formats.text, cells: rows.map(({ text }) => text) },
          { format: formats.id, cells: rows.map(({ id }) => id) },
          { format: formats.number, cells: rows.map(({ number }) => number) },
        ]),
      ),
      { numRuns: 25, endOnFailure: true },
    );
  });

  it('gives equal bytes for equal rows, however they are cut into blocks, and leaves no other file', async () => {
    const values = Array.from({ length: 10_000 }, (_, row) => (row * 7919) % 1000);
    const column = numbers(...values);
    const columns: ColumnFormat[] = [{ name: 'n', type: 'integer', decimals: 0 }];
    const cut = (...starts: number[]): Table[] =>
      starts.map((start, place) => {
        const rows = Int32Array.from(
          { length: (starts[place + 1] ?? values.length) - start },
          (_, row) => start + row,
        );
        return { rowCount: rows.length, columns: new Map([['n', selectCells(column, rows)]]) };
      });
    const whole = await folder.write(exporter, blocksOf(...cut(0)), columns);
    const pieces = await folder.write(exporter, blocksOf(...cut(0, 1, 3000, 7001)), columns);
    expect(pieces.bytes.equals(whole.bytes)).toBe(true);
    expect(readdirSync(folder.path).every((name) => name.startsWith('table-synthetic-'))).toBe(true);
  });

  it.each<[string, Column, ColumnFormat]>([
    ['not a number', numbers(NaN), formats.number],
    ['an infinite number', numbers(Infinity), formats.number],
    ['a date after 9999', { ...columnOf({ format: formats.date, cells: [2_932_897] }) }, formats.date],
    ['a time before year 0', columnOf({ format: formats.time, cells: [-62_167_219_200_001] }), formats.time],
  ])('refuses %s and leaves nothing behind', async (_, column, format) => {
    const blocks = blocksOf(tableOf({ [format.name]: column }));
    await expect(folder.write(exporter, blocks, [format])).rejects.toThrow(RangeError);
    expect(readdirSync(folder.path)).toEqual([]);
  });

  it('refuses a block that lacks a column', async () => {
    const write = folder.write(exporter, blocksOf(tableOf({ a: numbers(1) })), [formats.whole]);
    await expect(write).rejects.toThrow('"whole"');
  });
});
