import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Random } from '../../core/random/random.js';
import type { Command, CommandContext } from '../command.js';
import { detectCommand } from '../detect.js';
import { fitCommand } from '../fit.js';
import { openDuckDb } from '../../core/files/duckdb.js';
import { sampleCommand } from '../sample.js';

const random = Random.fromSeed('tables');
const rows = Array.from({ length: 300 }, (_, row) => {
  const start = 18_000 + Math.floor(500 * random.uniformAt(row, 0));
  const day = (at: number): string => new Date(at * 86_400_000).toISOString().slice(0, 10);
  const level = (50 * random.uniformAt(row, 1)).toFixed(1);
  return `P${row},${day(start)},${day(start + (row % 9))},${level},${row % 3 === 0 ? 'f' : 'm'}`;
});
const table = ['person,admitted,discharged,level,sex', ...rows, ''].join('\n');

describe('tables on the command line', () => {
  let folder: string;
  const printed: string[] = [];
  const complaints: string[] = [];
  const context: CommandContext = {
    loadConfig: () => {
      throw new Error('No setting is needed.');
    },
    print: (line) => printed.push(line),
    complain: (line) => {
      complaints.push(line);
      if (line === '30 %' && isInterrupted) process.emit('SIGINT');
    },
    environment: {},
  };
  let isInterrupted = false;
  const run = (command: Command, values: Record<string, unknown>): Promise<number> =>
    command.run(context, values);
  const at = (name: string): string => join(folder, name);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-tables-'));
    printed.length = 0;
    complaints.length = 0;
    isInterrupted = false;
    await writeFile(at('table.csv'), table);
  });
  afterEach(async () => {
    await rm(folder, { recursive: true });
  });

  it('goes from a table to a model to rows that keep what was declared', async () => {
    const file = at('table.csv');
    const constraints = [{ type: 'inequality', low: 'admitted', high: 'discharged' }];
    await writeFile(at('constraints.json'), JSON.stringify(constraints));
    expect(await run(detectCommand, { table: file, out: at('schema.json') })).toBe(0);
    expect(printed.find((line) => line.startsWith('person'))).toMatch(/^person: identifier/);
    const files = { schema: at('schema.json'), constraints: at('constraints.json') };
    expect(await run(fitCommand, { table: file, out: at('model'), generator: 'cart', ...files })).toBe(0);
    expect(printed.join('\n')).toMatch(/as private as its source/);
    expect(complaints).toContain('made anew, from nothing the source holds: person (key)');
    expect(await run(sampleCommand, { model: at('model'), rows: '400', out: at('one.csv'), seed: 'a' })).toBe(
      0,
    );
    expect(await run(sampleCommand, { model: at('model'), rows: '400', out: at('two.csv'), seed: 'a' })).toBe(
      0,
    );
    const made = await readFile(at('one-synthetic.csv'), 'utf8');
    expect(made).toBe(await readFile(at('two-synthetic.csv'), 'utf8'));
    const described = await readFile(at('one-synthetic.csv-metadata.json'), 'utf8');
    expect(JSON.parse(described)).toMatchObject({ url: 'one-synthetic.csv', 'rdfs:label': 'SYNTHETIC' });
    const [header, ...lines] = made.trim().split('\n');
    expect(header).toBe('person,admitted,discharged,level,sex');
    expect(new Set(lines.map((line) => line.split(',')[0])).size).toBe(400);
    expect(lines.filter((line) => !/^SYN-\d{12},/.test(line))).toEqual([]);
    expect(lines).toHaveLength(400);
    for (const line of lines) expect(line.split(',')[1]! <= line.split(',')[2]!).toBe(true);
  });

  it('takes SDV metadata for what the columns are, and writes them', async () => {
    const table = at('table.csv');
    expect(await run(detectCommand, { table, sdv: at('sdv.json') })).toBe(0);
    const metadata = JSON.parse(await readFile(at('sdv.json'), 'utf8')) as { primary_key: string };
    expect(metadata).toMatchObject({
      METADATA_SPEC_VERSION: 'SINGLE_TABLE_V1',
      primary_key: 'person',
      columns: {
        level: { sdtype: 'numerical' },
        admitted: { sdtype: 'datetime', datetime_format: '%Y-%m-%d' },
      },
    });
    const fit = { table, out: at('model'), metadata: at('sdv.json'), generator: 'GaussianCopulaSynthesizer' };
    expect(await run(fitCommand, fit)).toBe(0);
    expect(await run(sampleCommand, { model: at('model'), rows: '20', out: at('s.csv') })).toBe(0);
    const [header, first] = (await readFile(at('s-synthetic.csv'), 'utf8')).split('\n');
    expect(header).toBe('person,admitted,discharged,level,sex');
    expect(first).toMatch(/^SYN-\d{12},\d{4}-\d\d-\d\d,/);
    await writeFile(at('other.json'), JSON.stringify({ columns: { wrad: { sdtype: 'id' } } }));
    expect(await run(fitCommand, { ...fit, out: at('x'), metadata: at('other.json') })).toBe(2);
    expect(complaints.at(-1)).toMatch(/has a column "wrad", the table has not/);
  });

  it('takes conditions, and says what a model contains', async () => {
    const model = at('model');
    expect(await run(fitCommand, { table: at('table.csv'), out: model, generator: 'gaussian-copula' })).toBe(
      0,
    );
    const where = JSON.stringify({ sex: 'f', level: { low: 20, high: 30 } });
    expect(await run(sampleCommand, { model, rows: '50', out: at('f.csv'), where })).toBe(0);
    const lines = (await readFile(at('f-synthetic.csv'), 'utf8')).trim().split('\n').slice(1);
    expect(lines).toHaveLength(50);
    for (const line of lines) expect(line).toMatch(/,(2\d\.\d|30\.0),f$/);
    expect(await run(sampleCommand, { model })).toBe(0);
    expect(printed.join('\n')).toMatch(/A model by gaussian-copula .* of 300 rows/);
  });

  it('makes Parquet of the same rows, and a name that does not say synthetic does', async () => {
    const model = at('model');
    await run(fitCommand, { table: at('table.csv'), out: model, generator: 'gaussian-copula' });
    const made = { model, rows: '50' };
    expect(await run(sampleCommand, { ...made, out: at('rows.csv') })).toBe(0);
    expect(await run(sampleCommand, { ...made, out: at('rows.parquet') })).toBe(0);
    expect(await run(sampleCommand, { ...made, out: at('Synthetic rows'), format: 'parquet' })).toBe(0);
    expect((await readdir(folder)).sort()).toEqual([
      ...['Synthetic rows.parquet', 'model', 'rows-synthetic.csv', 'rows-synthetic.csv-metadata.json'],
      ...['rows-synthetic.parquet', 'table.csv'],
    ]);
    expect(printed.at(-1)).toBe(`${at('Synthetic rows.parquet')}: 50 synthetic rows.`);
    const db = await openDuckDb({ allowedDirectories: [folder], tempDirectory: folder });
    try {
      const read = (name: string): Promise<unknown> =>
        db.query(`SELECT level::DECIMAL(9, 1) AS level, sex FROM '${at(name)}'`);
      expect(await read('rows-synthetic.parquet')).toEqual(await read('rows-synthetic.csv'));
      expect(await read('Synthetic rows.parquet')).toEqual(await read('rows-synthetic.csv'));
    } finally {
      db.close();
    }
    expect(await run(sampleCommand, { ...made, out: at('both'), format: 'csv,parquet' })).toBe(0);
    expect(printed.at(-1)).toBe('Read back, they hold the same cells.');
    expect(await readFile(at('both-synthetic.csv'))).toEqual(await readFile(at('rows-synthetic.csv')));
    for (const [out, format, message] of [
      ['x.csv', 'csv,parquet', /x.csv ends as csv does, and --format says parquet/],
      ['x', 'csv,xlsx', /--format xlsx/],
      ['x.csv', 'parquet', /x.csv ends as csv does, and --format says parquet/],
      ['x', 'xlsx', /--format xlsx: the formats are csv and parquet/],
      ['rows.parquet', undefined, /rows-synthetic.parquet is there already/],
    ] as const) {
      expect(await run(sampleCommand, { ...made, out: at(out), format })).toBe(2);
      expect(complaints.at(-1)).toMatch(message);
    }
  });

  it.each([
    ['a cell too few', fitCommand, { out: 'x' }, 'a,b\n1\n', /table.csv: Line 2, column 2/],
    ['no table', fitCommand, { out: 'x', table: 'none.csv' }, table, /none.csv: ENOENT/],
    ['no generator', fitCommand, { out: 'x', generator: 'magic' }, table, /"magic" learns from no rows/],
    [
      'a budget',
      fitCommand,
      { out: 'x', generator: 'dp-independent-marginals' },
      table,
      /only the service books/,
    ],
    ['a weak guard', fitCommand, { out: 'x', parameters: '{"tailCount":1}' }, table, /"tailCount": 1 is not/],
    ['no JSON', fitCommand, { out: 'x', parameters: '{' }, table, /--parameters is not JSON/],
    ['too few rows', fitCommand, { out: 'x' }, 'a\n1\n2\n', /nothing is learned/],
    ['a file in the way', fitCommand, { out: 'table.csv' }, table, /there already/],
    ['no model', sampleCommand, { model: 'table.csv', rows: '1', out: 'x' }, table, /cannot be used/],
  ] as [string, Command, Record<string, string>, string, RegExp][])(
    'refuses %s in a sentence that names the place, and leaves nothing',
    async (_, command, given, text, message) => {
      await writeFile(at('table.csv'), text);
      const paths = { ...(command.name === 'fit' ? { table: 'table.csv' } : {}), ...given };
      const values = Object.fromEntries(
        Object.entries(paths).map(([name, value]) => [
          name,
          ['table', 'out', 'model'].includes(name) ? at(value) : value,
        ]),
      );
      expect(await run(command, values)).toBe(2);
      expect(complaints.join('\n')).toMatch(message);
      expect(await readdir(folder)).toEqual(['table.csv']);
    },
  );

  it('stops at Ctrl-C and leaves nothing', async () => {
    isInterrupted = true;
    expect(await run(fitCommand, { table: at('table.csv'), out: at('model'), generator: 'cart' })).toBe(130);
    expect(complaints.at(-1)).toBe('Stopped; nothing was written.');
    expect(await readdir(folder)).toEqual(['table.csv']);
  });
});
