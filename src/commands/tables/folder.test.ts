import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, CommandContext } from '../command.js';
import { fitCommand } from '../fit.js';
import { sampleCommand } from '../sample.js';

const people = Array.from({ length: 200 }, (_, row) => `p${row},${row % 2 ? 'f' : 'm'},${1000 + (row % 50)}`);
const events = people.flatMap((_, row) =>
  Array.from(
    { length: row % 4 },
    (_each, event) => `p${row},${(row % 90) + 100 * event},${event % 2 ? 'a' : 'b'}`,
  ),
);
const metadata = {
  tables: {
    people: {
      columns: { id: { sdtype: 'id' }, sex: { sdtype: 'categorical' }, end: { sdtype: 'numerical' } },
      primary_key: 'id',
    },
    events: {
      columns: { id: { sdtype: 'id' }, day: { sdtype: 'numerical' }, kind: { sdtype: 'categorical' } },
      sequence_key: 'id',
      sequence_index: 'day',
    },
  },
  relationships: [
    {
      ...{ parent_table_name: 'people', parent_primary_key: 'id' },
      ...{ child_table_name: 'events', child_foreign_key: 'id' },
    },
  ],
};
const windows = [{ table: 'events', column: 'day', notAfter: { table: 'people', column: 'end' } }];

describe('a folder of tables on the command line', () => {
  let folder: string;
  const printed: string[] = [];
  const complaints: string[] = [];
  const context: CommandContext = {
    loadConfig: () => {
      throw new Error('No setting is needed.');
    },
    print: (line) => printed.push(line),
    complain: (line) => complaints.push(line),
    environment: {},
  };
  const run = (command: Command, values: Record<string, unknown>): Promise<number> =>
    command.run(context, values);
  const at = (name: string): string => join(folder, name);
  const linesOf = async (name: string): Promise<string[]> =>
    (await readFile(at(name), 'utf8')).trimEnd().split('\n');

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-folder-'));
    await writeFile(at('people.csv'), ['id,sex,end', ...people, ''].join('\n'));
    await writeFile(at('events.csv'), ['id,day,kind', ...events, ''].join('\n'));
    await writeFile(at('metadata.json'), JSON.stringify(metadata));
    await writeFile(at('windows.json'), JSON.stringify(windows));
    printed.length = 0;
    complaints.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  const fit = (values: Record<string, unknown> = {}): Promise<number> =>
    run(fitCommand, { table: folder, out: at('model'), metadata: at('metadata.json'), ...values });

  it('is learned and made as a folder of files that belong together', async () => {
    expect(await fit({ windows: at('windows.json') })).toBe(0);
    expect(printed.join('\n')).toMatch(
      /200 subjects[^]*Tables: people, events[^]*Windows of time: 1; 0 times/,
    );
    for (const out of ['made', 'again'])
      expect(await run(sampleCommand, { model: at('model'), rows: '500', out: at(out) })).toBe(0);
    expect((await readdir(at('made-synthetic'))).sort()).toEqual([
      ...['csv-metadata.json', 'events-synthetic.csv', 'people-synthetic.csv'],
    ]);
    const [heading, ...made] = await linesOf('made-synthetic/people-synthetic.csv');
    expect(heading).toBe('id,sex,end');
    expect(made).toHaveLength(500);
    const known = new Set(made.map((line) => line.split(',')[0]));
    const children = (await linesOf('made-synthetic/events-synthetic.csv')).slice(1);
    expect(children.length).toBeGreaterThan(400);
    expect(children.filter((line) => !known.has(line.split(',')[0]))).toEqual([]);
    expect(await linesOf('again-synthetic/events-synthetic.csv')).toEqual(
      await linesOf('made-synthetic/events-synthetic.csv'),
    );
    expect(JSON.parse(await readFile(at('made-synthetic/csv-metadata.json'), 'utf8'))).toMatchObject({
      'rdfs:label': 'SYNTHETIC',
      tables: [
        { url: 'people-synthetic.csv', tableSchema: { primaryKey: ['id'] } },
        {
          url: 'events-synthetic.csv',
          tableSchema: {
            foreignKeys: [
              {
                columnReference: ['id'],
                reference: { resource: 'people-synthetic.csv', columnReference: ['id'] },
              },
            ],
          },
        },
      ],
    });
  });

  it('is made as Parquet files as well', async () => {
    expect(await fit()).toBe(0);
    const made = { model: at('model'), rows: '20', out: at('made'), format: 'parquet' };
    expect(await run(sampleCommand, made)).toBe(0);
    expect((await readdir(at('made-synthetic'))).sort()).toEqual([
      'events-synthetic.parquet',
      'people-synthetic.parquet',
    ]);
    expect(printed.at(-1)).toMatch(/-synthetic.parquet: \d+ synthetic rows/);
    expect(await run(sampleCommand, { ...made, format: 'xlsx' })).toBe(2);
    expect(complaints.at(-1)).toMatch(/the formats are csv and parquet/);
  });

  it.each([
    ['no metadata', { metadata: undefined }, /--metadata FILE/],
    ['a dangling key', { metadata: 'dangling' }, /Table "events", column "id", row 1: there is no such row/],
    ['windows of nothing', { windows: 'broken' }, /\[0\] has neither "notBefore" nor "notAfter"/],
    ['options of a single table', { generator: 'cart' }, /--generator is for a single table/],
    ['two tables of subjects to choose from', { metadata: 'unrelated' }, /several have no parent/],
  ])('is refused with a sentence: %s', async (_, values, message) => {
    await writeFile(at('broken'), JSON.stringify([{ table: 'events', column: 'day' }]));
    await writeFile(
      at('unrelated'),
      JSON.stringify({ ...metadata, relationships: [] }).replace(/"sequence_key":"id",/, ''),
    );
    await writeFile(at('dangling'), JSON.stringify(metadata));
    if ('metadata' in values && values.metadata === 'dangling')
      await writeFile(at('people.csv'), ['id,sex,end', ...people.slice(2), ''].join('\n'));
    const named = Object.entries(values).map(([name, value]) => [
      name,
      value !== undefined && name !== 'generator' ? at(value) : value,
    ]);
    expect(await fit(Object.fromEntries(named) as Record<string, unknown>)).toBe(2);
    expect(complaints.join('\n')).toMatch(message);
    expect(await readdir(folder)).not.toContain('model');
  });
});
