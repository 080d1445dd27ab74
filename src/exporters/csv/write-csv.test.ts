import type { Column } from '../../core/table/table.js';
import { exporters, findExporter } from '../registry.js';
import { blocksOf, numbers, tableOf, textOf, texts } from '../testing/tables.js';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { csvExporter } from './csv-exporter.js';
import { unescapedSource } from './unescaped-source.js';
import { writeCsv } from './write-csv.js';

const asText = (name: string): ColumnFormat => ({ name, type: 'category' });
const csv = (columns: Record<string, Column>, formats: readonly ColumnFormat[]): Promise<string> =>
  textOf(writeCsv(blocksOf(tableOf(columns)), formats));

describe('a CSV file', () => {
  it('has a heading, fixed decimals, ISO dates and empty cells for missing values', async () => {
    const missing = new Uint8Array([0b10]);
    const text = await csv(
      {
        ward: { kind: 'category', codes: Int32Array.of(1, 0), dictionary: ['A', 'B'], missing },
        dose: { kind: 'number', values: Float64Array.of(0.5, 1), missing },
        day: { kind: 'date', values: Int32Array.of(0, 1), missing },
        time: { kind: 'datetime', values: Float64Array.of(0, 1), missing },
        id: { kind: 'text', values: ['9007199254740993', 'x'], missing },
        age: numbers(-0, 41),
      },
      [
        { name: 'age', type: 'integer', decimals: 0 },
        asText('ward'),
        { name: 'dose', type: 'number', decimals: 2 },
        { name: 'day', type: 'date' },
        { name: 'time', type: 'datetime' },
        asText('id'),
      ],
    );
    expect(text).toBe(
      'age,ward,dose,day,time,id\n0,B,0.50,1970-01-01,1970-01-01T00:00:00.000Z,9007199254740993\n41,,,,,\n',
    );
  });

  it('quotes what RFC 4180 wants quoted, and an empty text, which is not a missing one', async () => {
    const text = await csv(
      { 'a,b': texts('x"y', 'x\ny', 'x\ry', 'x y', '', null), b: texts('1', '2', '3', '4', '5', '6') },
      [asText('a,b'), asText('b')],
    );
    expect(text).toBe('"a,b",b\n"x""y",1\n"x\ny",2\n"x\ry",3\nx y,4\n"",5\n,6\n');
  });

  it('writes no empty line, which readers skip, for a single missing cell', async () => {
    expect(await csv({ a: texts('x', null) }, [asText('a')])).toBe('a\nx\n""\n');
  });

  it('makes formulas safe and counts them, a heading too, but no number', async () => {
    const exported = csvExporter.open(
      blocksOf(tableOf({ '=a': texts('=1+1', '-5', '@x'), b: numbers(-1, -2, -3) })),
      {
        ...{ title: 'X', baseName: 'x', scratch: '/' },
        columns: [asText('=a'), { name: 'b', type: 'integer', decimals: 0 }],
      },
    );
    expect(() => exported.counts()).toThrow('read to its end');
    expect(await textOf(exported.files[0]!.bytes)).toBe("'=a,b\n'=1+1,-1\n-5,-2\n'@x,-3\n");
    expect(exported.counts()).toEqual({ rows: 3, cellsMadeSafe: 3 });
  });

  it('comes in chunks of about 64 kB whatever the blocks, and is the same text', async () => {
    const values = Array.from({ length: 50_000 }, (_, row) => `value ${row} é`);
    const half = (start: number): ReturnType<typeof tableOf> =>
      tableOf({ a: texts(...values.slice(start, start + 25_000)) });
    const lengths: number[] = [];
    let text = '';
    for await (const chunk of writeCsv(blocksOf(half(0), half(25_000)), [asText('a')])) {
      lengths.push(chunk.length);
      text += Buffer.from(chunk).toString('utf8');
    }
    expect(text).toBe(`a\n${values.join('\n')}\n`);
    expect(lengths.length).toBeGreaterThan(10);
    expect(Math.max(...lengths)).toBeLessThan(80_000);
  });

  it('has its heading when there are no rows', async () => {
    expect(await textOf(writeCsv(blocksOf(), [asText('a')]))).toBe('a\n');
  });

  it('is refused when a block lacks a column, decimals are not given or a number has no text', async () => {
    await expect(csv({ a: texts('x') }, [asText('b')])).rejects.toThrow('There is no column "b"');
    await expect(csv({ a: numbers(1) }, [{ name: 'a', type: 'number' }])).rejects.toThrow(
      'give its decimals',
    );
    await expect(csv({ a: numbers(NaN) }, [{ name: 'a', type: 'number', decimals: 1 }])).rejects.toThrow(
      RangeError,
    );
  });

  it('is found in the registry', () => {
    expect(findExporter('csv')).toBe(csvExporter);
    expect(exporters[0]).toBe(csvExporter);
  });
});

describe('an unescaped source', () => {
  it('has the headings and texts from before the file was made safe', async () => {
    const stored: Record<string, Column> = { "'=a": texts("'=1", '-5'), b: numbers(1, 2) };
    const source = unescapedSource({
      rowCount: 2,
      columnNames: Object.keys(stored),
      column: (name) => Promise.resolve(stored[name]!),
    });
    expect(source.columnNames).toEqual(['=a', 'b']);
    expect(await source.column('=a')).toMatchObject({ values: ['=1', '-5'] });
    expect(await source.column('b')).toBe(stored['b']);
  });
});
