import { openColumns } from '../../core/files/open-columns.js';
import { pathLiteral } from '../../core/files/sql-literal.js';
import { disclaimer } from '../package/disclaimer.js';
import { ExportedFolder } from '../testing/exported-folder.js';
import { hardFormats, hardTable } from '../testing/hard-cells.js';
import { blocksOf, numbers, tableOf, texts } from '../testing/tables.js';
import { parquetExporter } from './parquet-exporter.js';
import { convertTypedParquet } from './text-parquet.js';

let folder: ExportedFolder;
beforeEach(() => {
  folder = new ExportedFolder();
});
afterEach(() => folder.remove());

describe('a Parquet file', () => {
  it('is compressed with zstd, has typed columns and says that it is synthetic', async () => {
    const { path } = await folder.write(parquetExporter, blocksOf(hardTable()), hardFormats);
    const db = await folder.db();
    const file = pathLiteral(path);
    const chunks = await db.query(`SELECT DISTINCT compression FROM parquet_metadata(${file})`);
    expect(chunks).toEqual([{ compression: 'ZSTD' }]);
    const types = await db.query(
      `SELECT name, type, converted_type FROM parquet_schema(${file}) WHERE num_children IS NULL`,
    );
    expect(types.map(({ type }) => type)).toEqual([
      ...['BYTE_ARRAY', 'BYTE_ARRAY', 'DOUBLE', 'INT64', 'INT32', 'INT64'],
    ]);
    expect(types.map(({ converted_type: type }) => type)).toEqual([
      ...['UTF8', 'UTF8', null, 'INT_64', 'DATE', 'TIMESTAMP_MICROS'],
    ]);
    const facts = await db.query(
      `SELECT decode(key) AS key, decode(value) AS value FROM parquet_kv_metadata(${file})`,
    );
    expect(Object.fromEntries(facts.map(({ key, value }) => [key, value]))).toMatchObject({
      ...{ label: 'SYNTHETIC', disclaimer, title: 'A title' },
    });
  });

  it('has groups of fewer rows the more columns there are', async () => {
    const rows = numbers(...new Array<number>(2100).fill(1));
    const columns = Array.from(
      { length: 700 },
      (_, place) => ({ name: `c${place}`, type: 'integer', decimals: 0 }) as const,
    );
    const table = tableOf(Object.fromEntries(columns.map(({ name }) => [name, rows])));
    const { path } = await folder.write(parquetExporter, blocksOf(table), columns);
    const groups = await (
      await folder.db()
    ).query(
      `SELECT DISTINCT row_group_id, row_group_num_rows AS rows FROM parquet_metadata(${pathLiteral(path)}) ORDER BY 1`,
    );
    expect(groups.map(({ rows: count }) => Number(count))).toEqual([2048, 52]);
  });

  it.each([
    ['numbers as dates', { name: 'a', type: 'date' }, numbers(1)],
    ['numbers as text', { name: 'a', type: 'category' }, numbers(1)],
    ['text as numbers', { name: 'a', type: 'number', decimals: 1 }, texts('1')],
    ['numbers without decimals', { name: 'a', type: 'integer' }, numbers(1)],
  ] as const)('does not take %s', async (_, format, column) => {
    await expect(folder.write(parquetExporter, blocksOf(tableOf({ a: column })), [format])).rejects.toThrow(
      TypeError,
    );
  });

  it('does not rename one of two columns whose names differ in case alone', async () => {
    const columns = ['Age', 'age'].map((name) => ({ name, type: 'category' }) as const);
    const table = tableOf({ Age: texts('x'), age: texts('y') });
    await expect(folder.write(parquetExporter, blocksOf(table), columns)).rejects.toThrow(
      'differ in case alone',
    );
  });

  it('does not round a whole number that needs more than 64 bits', async () => {
    const write = folder.write(parquetExporter, blocksOf(tableOf({ a: numbers(2 ** 63) })), [
      { name: 'a', type: 'integer', decimals: 0 },
    ]);
    await expect(write).rejects.toThrow('"a" holds 9223372036854776000');
  });
});

it('becomes a file of texts that the checks read as they read CSV', async () => {
  const { path } = await folder.write(parquetExporter, blocksOf(hardTable()), hardFormats);
  const db = await folder.db();
  await convertTypedParquet(db, path, `${path}.texts`, hardFormats);
  const schema = hardFormats
    .filter(({ name }) => name !== 'count')
    .map((format) => ({ ...format, missingMarkers: [''] }));
  const read = await openColumns(db, `${path}.texts`, { columns: schema });
  const present = hardTable().columns;
  expect(read.rowCount).toBe(8);
  for (const name of ['day', 'at']) expect(await read.column(name)).toEqual(present.get(name));
  expect(await read.column('dose')).toMatchObject({
    values: Float64Array.of(0.3, 0, 0, 1e300, 1, 2 ** 53 + 2, -12.5, 0),
  });
  const note = await read.column('note "x"');
  expect(note.kind === 'text' && note.values.slice(0, 7)).toEqual([
    'a\nb',
    'a\r\nb',
    '"quoted"',
    '\t=x',
    ' ',
    '\uFF1Dx',
    "'",
  ]);
});
