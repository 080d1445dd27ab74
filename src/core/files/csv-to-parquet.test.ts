import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { convertCsvToParquet } from './csv-to-parquet.js';
import { CsvValidator } from './csv-validator.js';
import { openDuckDb } from './duckdb.js';
import type { DuckDb } from './duckdb.js';
import { nameLiteral, pathLiteral } from './sql-literal.js';

describe('convertCsvToParquet', () => {
  let folder: string;
  let db: DuckDb;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-convert-'));
    db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: join(folder, 'spill') });
  });
  afterAll(async () => {
    db.close();
    await rm(folder, { recursive: true });
  });

  async function cellsAfterConversion(csv: string, name = 'table'): Promise<string[][]> {
    const csvPath = join(folder, `${name}.csv`);
    const parquetPath = join(folder, `${name}.parquet`);
    await writeFile(csvPath, csv);
    const validator = new CsvValidator({ recordBytesMax: 1_000_000, columnsMax: 10 });
    validator.push(Buffer.from(csv));
    const { columnNames, rows } = validator.end();
    expect(await convertCsvToParquet(db, csvPath, parquetPath, columnNames)).toBe(rows);
    const names = columnNames.map(nameLiteral).join(', ');
    const found = await db.query(`SELECT ${names} FROM read_parquet(${pathLiteral(parquetPath)})`);
    return found.map((row) => Object.values(row) as string[]);
  }

  it('takes every cell as the text it is', async () => {
    const csv = 'id,"a""b"\n007,\nNULL,""\n NA ,#x\n1e5,"line\r\nbreak, comma"\r\ntrue,2020-01-01\n';
    expect(await cellsAfterConversion(csv)).toEqual([
      ['007', ''],
      ['NULL', ''],
      [' NA ', '#x'],
      ['1e5', 'line\r\nbreak, comma'],
      ['true', '2020-01-01'],
    ]);
  });

  it('agrees with the validator and gives back what was written, whatever the cells and line ends', async () => {
    const cell = fc.oneof(
      fc.constantFrom('', '\\', '\\N', "'", '"', '#', ',', '\n', '\r\n', '\r', 'NULL'),
      fc
        .string({ unit: 'grapheme', maxLength: 6 })
        .filter((text) => !/[\0-\x08\x0b-\x1f\x7f\ufeff]/.test(text)),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const plain = (text: string): string => (/[",\r\n]/.test(text) ? quoted(text) : text);
    const table = fc
      .integer({ min: 1, max: 4 })
      .chain((columns) =>
        fc.array(fc.array(cell, { minLength: columns, maxLength: columns }), { minLength: 1, maxLength: 12 }),
      );
    await fc.assert(
      fc.asyncProperty(table, fc.array(fc.boolean(), { minLength: 1 }), async (rows, coins) => {
        let turn = 0;
        const toss = (): boolean => coins[turn++ % coins.length] ?? true;
        const header = rows[0]!.map((_, index) => `c${index}`);
        const lines = [header, ...rows].map((row) =>
          row.map((text) => (toss() ? quoted(text) : plain(text))).join(','),
        );
        const csv = lines.map((line) => line + (header.length === 1 || toss() ? '\n' : '\r\n')).join('');
        expect(await cellsAfterConversion(csv)).toEqual(rows);
      }),
      { numRuns: 300 },
    );
  }, 60_000);

  it('keeps file order, also when cells look like rows of the file', async () => {
    // Larger than one read buffer, so that several readers start in the middle of it.
    const inner = `"${'\n1,2,3'.repeat(40_000)}"`;
    const lines = Array.from({ length: 400 }, (_, row) => `${row},${row % 7 === 0 ? inner : 'x'},y`);
    const csvPath = join(folder, 'nested.csv');
    const parquetPath = join(folder, 'nested.parquet');
    await writeFile(csvPath, `a,b,c\n${lines.join('\n')}\n`);
    expect(await convertCsvToParquet(db, csvPath, parquetPath, ['a', 'b', 'c'])).toBe(400);
    const rows = await db.query(`SELECT a FROM read_parquet(${pathLiteral(parquetPath)})`);
    expect(rows.map(({ a }) => a)).toEqual(lines.map((_, row) => String(row)));
  });

  it('reads just the file named, and leaves nothing half written', async () => {
    await expect(cellsAfterConversion('a\n1\n', "it's [1]*?")).resolves.toEqual([['1']]);
    const missing = convertCsvToParquet(db, join(folder, 'absent.csv'), join(folder, 'absent.parquet'), [
      'a',
    ]);
    await expect(missing).rejects.toThrow('No files found');
    expect((await readdir(folder)).filter((name) => name.startsWith('absent'))).toEqual([]);
  });

  it('stops with the reason of the signal', async () => {
    const reason = new Error('cancelled');
    const signal = AbortSignal.abort(reason);
    const path = join(folder, 'table.parquet');
    await expect(convertCsvToParquet(db, join(folder, 'table.csv'), path, ['a'], { signal })).rejects.toBe(
      reason,
    );
  });

  it.each([
    ['read elsewhere', `SELECT * FROM read_text('/etc/hostname')`],
    ['write elsewhere', `COPY (SELECT 1) TO '/tmp/picketfence-out.csv'`],
    ['climb out of its folder', `SELECT * FROM read_text('FOLDER/../../etc/hostname')`],
    ['open its folders wider', `SET allowed_directories = ['/']`],
    ['unlock itself', 'SET enable_external_access = true'],
    ['raise its memory', `SET memory_limit = '64GB'`],
    ['install an extension', 'INSTALL httpfs'],
    ['attach a database', `ATTACH '/tmp/other.db'`],
  ])('gives an engine that cannot %s', async (_, sql) => {
    await expect(db.query(sql.replace('FOLDER', folder))).rejects.toThrow(
      /disabled|locked|Cannot access|Cannot change|not allowed/,
    );
  });
});
