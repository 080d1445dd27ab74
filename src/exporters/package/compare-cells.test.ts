import { writeFile } from 'node:fs/promises';
import type { ColumnFormat } from '../../core/table/column-format.js';
import { csvExporter } from '../csv/csv-exporter.js';
import { parquetExporter } from '../parquet/parquet-exporter.js';
import { ExportedFolder } from '../testing/exported-folder.js';
import { hardFormats, hardTable } from '../testing/hard-cells.js';
import { blocksOf, tableOf, texts } from '../testing/tables.js';
import { compareCells } from './compare-cells.js';
import type { StoredTable } from './compare-cells.js';

let folder: ExportedFolder;
beforeEach(() => {
  folder = new ExportedFolder();
});
afterEach(() => folder.remove());

async function bothOf(
  columns: readonly ColumnFormat[],
  table = hardTable(),
): Promise<[StoredTable, StoredTable]> {
  const csv = await folder.write(csvExporter, blocksOf(table), columns);
  const parquet = await folder.write(parquetExporter, blocksOf(table), columns);
  return [
    { name: 'CSV', path: csv.path, exporter: csvExporter },
    { name: 'Parquet', path: parquet.path, exporter: parquetExporter },
  ];
}

const compare = async (
  columns: readonly ColumnFormat[],
  [one, other]: readonly [StoredTable, StoredTable],
): Promise<void> => compareCells(await folder.db(), columns, [one, other]);

it('finds every cell of the CSV file in the Parquet file', async () => {
  const [csv, parquet] = await bothOf(hardFormats);
  const cells = await folder.read(csvExporter, csv.path, hardFormats);
  expect(cells).toHaveLength(8);
  expect(cells.flat().filter((cell) => cell === null)).toHaveLength(6);
  expect(await folder.read(parquetExporter, parquet.path, hardFormats)).toEqual(cells);
  await compare(hardFormats, [csv, parquet]);
});

it.each<[string, RegExp | string, string, string]>([
  ['a digit', '0.30', '0.31', 'row 1 differs'],
  ['a large whole number', '9007199254740992', '9007199254740993', 'row 1 differs'],
  ['a date', '2024-02-29,', '2024-02-28,', 'row 4 differs'],
  ['a second', '2000-01-01T12:34:56', '2000-01-01T12:34:57', 'row 6 differs'],
  ['an apostrophe', "''=1+1", "'=1+1", 'row 2 differs'],
  ['an empty text', '\n"",', '\n,', 'row 5 differs'],
  ['a line break', 'a\r\nb', 'a\nb', 'row 2 differs'],
  ['a missing last row', /,,,,,\n$/, '', 'one of them ends before row 8'],
  ['one more row', /,,,,,\n$/, ',,,,,\n,,,,,\n', 'one of them ends before row 9'],
])('does not miss %s', async (_, from, to, place) => {
  const [csv, parquet] = await bothOf(hardFormats);
  const { bytes } = await folder.write(csvExporter, blocksOf(hardTable()), hardFormats);
  const text = bytes.toString('utf8');
  const altered = text.replace(from, to);
  expect(altered).not.toBe(text);
  await writeFile(`${csv.path}.altered`, altered);
  await expect(compare(hardFormats, [{ ...csv, path: `${csv.path}.altered` }, parquet])).rejects.toThrow(
    `CSV and Parquet do not hold the same: ${place}.`,
  );
});

it('does not take columns in another order, or of another type, for the same', async () => {
  const [csv, parquet] = await bothOf(hardFormats);
  const turned = await folder.write(parquetExporter, blocksOf(hardTable()), [...hardFormats].reverse());
  await expect(compare(hardFormats, [csv, { ...parquet, path: turned.path }])).rejects.toThrow('are others');
  const asText = hardFormats.map((format): ColumnFormat => ({ ...format, type: 'category' }));
  await expect(compare(asText, [csv, parquet])).rejects.toThrow('are others');
});

it('knows that a CSV file of one column cannot tell an empty text from a missing one', async () => {
  const columns: ColumnFormat[] = [{ name: 'a', type: 'category' }];
  await compare(columns, await bothOf(columns, tableOf({ a: texts('x', '', null, 'y') })));
});
