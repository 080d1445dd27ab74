import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { clinicalFormats } from '../../exporters/clinical-registry.js';
import { clinicMapping } from '../../exporters/mapping/testing/clinic.js';
import type { CommandContext } from '../command.js';
import { mapCommand } from './map-command.js';

const people = [
  'person,sex,born,enrolled,died,smoker',
  'B-77,F,1950-03-01,2001-01-01,2005-06-07,yes',
  'A-12,M,1960-01-31,,,no',
];
const visits = [
  'person,visit,class,from,to,diagnosis',
  'A-12,v1,in,2003-02-03,2003-02-09,I10',
  'B-77,v2,out,2004-01-01,2004-01-01,E11.9',
];
const results = ['person,visit,test,value,unit,day', 'B-77,v2,K,4.5,mmol,2004-01-01'];

describe('picketfence map', () => {
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
  const at = (name: string): string => join(folder, name);
  const write = (name: string, lines: readonly string[]): Promise<void> =>
    writeFile(at(`tables/${name}.csv`), `${lines.join('\n')}\n`);
  const run = (values: Record<string, unknown>): Promise<number> =>
    mapCommand.run(context, { tables: at('tables'), mapping: at('m.yaml'), ...values });

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-map-test-'));
    await mkdir(at('tables'));
    await writeFile(at('m.yaml'), clinicMapping());
    await write('people', people);
    await write('visits', visits);
    await write('results', results);
    printed.length = 0;
    complaints.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('previews what the mapping covers, and writes nothing', async () => {
    expect(await run({ preview: true })).toBe(0);
    expect(printed.join('\n')).toMatch(/2 persons \(1 dead\), 2 encounters, 4 events/);
    expect(printed.join('\n')).toMatch(/Table visits\n {2}2 rows; 0 gave no encounter/);
    expect((await readdir(folder)).sort()).toEqual(['m.yaml', 'tables']);
  });

  it('writes records a line each, with coverage and a manifest that says what they are', async () => {
    expect(await run({ format: 'ndjson', out: at('out'), tier: 'LOW' })).toBe(0);
    const lines = (await readFile(at('out/persons-synthetic.ndjson'), 'utf8')).trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as { person: { key: string } }).person.key)).toEqual([
      'p1',
      'p2',
    ]);
    expect(JSON.parse(await readFile(at('out/manifest.json'), 'utf8'))).toMatchObject({
      ...{ synthetic: true, tier: 'LOW', title: 'A clinic', patients: 2, dead: 1 },
    });
    expect(JSON.parse(await readFile(at('out/coverage.json'), 'utf8'))).toMatchObject({ persons: 2 });
  });

  it.each(clinicalFormats.map(({ name }) => name))(
    'writes %s through its writer, twice the same',
    async (format) => {
      const values = { format, tier: 'LOW', country: 'GB', dated: '2010-01-01' };
      for (const out of ['one', 'other']) expect(await run({ ...values, out: at(out) })).toBe(0);
      const found = await readdir(at(`one/${format}`), { recursive: true, withFileTypes: true });
      const names = found
        .filter((file) => file.isFile())
        .map((file) => relative(at(`one/${format}`), join(file.parentPath, file.name)));
      expect(names.length).toBeGreaterThan(3);
      for (const name of names)
        expect(await readFile(at(`other/${format}/${name}`))).toEqual(
          await readFile(at(`one/${format}/${name}`)),
        );
      const all = await Promise.all(names.map((name) => readFile(at(`one/${format}/${name}`), 'utf8')));
      expect(all.join('\n')).toContain('E11.9');
      expect(all.join('\n')).not.toMatch(/A-12|B-77/);
    },
  );

  it('gives OMOP a row a person, an encounter and a measurement', async () => {
    expect(
      await run({ format: 'omop', out: at('out'), tier: 'LOW', country: 'GB', dated: '2010-01-01' }),
    ).toBe(0);
    const rows = async (table: string): Promise<number> =>
      (await readFile(at(`out/omop/${table.toUpperCase()}.csv`), 'utf8')).trimEnd().split('\n').length - 1;
    expect(await Promise.all(['person', 'visit_occurrence', 'death', 'measurement'].map(rows))).toEqual([
      ...[2, 2, 1, 1],
    ]);
  });

  const mistakes: [string, Record<string, unknown>, RegExp][] = [
    [
      'a column that is not there',
      { mapping: 'unknown.yaml' },
      /unknown\.yaml:\d+: tables\[0\]\.person\.sex\.column: table "people" has no column "gender"/,
    ],
    [
      'a cell that is no number',
      { mapping: 'm.yaml', broken: true },
      /Table "results", row 2, column "value": the cell is no number\./,
    ],
    ['no tier', { tier: undefined }, /--tier STRUCTURAL\|LOW\|HIGH/],
    ['a format that there is not', { format: 'parchment' }, /there is: ndjson, fhir, omop/],
    [
      'a day before the events',
      { format: 'omop', country: 'GB', dated: '2004-06-01' },
      /later than the day of the release/,
    ],
    [
      'a table that is not there',
      { mapping: 'tableless.yaml' },
      /there is no table "wards"; there is: "people", "results", "visits"/,
    ],
  ];
  it.each(mistakes)(
    'refuses %s, and leaves nothing behind',
    async (_, { mapping, broken, ...change }, message) => {
      await writeFile(
        at('unknown.yaml'),
        clinicMapping().replace('sex: { column: sex,', 'sex: { column: gender,'),
      );
      await writeFile(at('tableless.yaml'), clinicMapping().replace('name: visits', 'name: wards'));
      if (broken === true) await write('results', [...results, 'A-12,v1,K,much,mmol,2003-02-04']);
      const file = at(typeof mapping === 'string' ? mapping : 'm.yaml');
      const values = { format: 'ndjson', tier: 'LOW', out: at('out'), ...change, mapping: file };
      expect(await run(values)).toBe(2);
      expect(complaints.join('\n')).toMatch(message);
      expect((await readdir(folder)).filter((name) => name.startsWith('out'))).toEqual([]);
    },
  );
});
