import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Command, CommandContext } from '../command.js';
import { fitCommand } from '../fit.js';
import { sampleCommand } from '../sample.js';
import { checkOmopCommand } from './check-omop-command.js';
import { readOmopCommand } from './read-omop-command.js';

const first = 9007199254740993n; // As numbers of JavaScript, two neighbours would be one.
const people = Array.from({ length: 160 }, (_, n) => first + BigInt(n));
const files = {
  'PERSON.csv': [
    'person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id,person_source_value',
    ...people.map((id, n) => `${id},${n % 2 ? 8507 : 8532},${1950 + (n % 40)},0,0,secret-${n}`),
  ],
  'CONDITION_OCCURRENCE.csv': [
    'condition_occurrence_id,person_id,condition_concept_id,condition_start_date,condition_type_concept_id,visit_occurrence_id',
    ...people.flatMap((id, n) =>
      Array.from(
        { length: n % 3 },
        (_, k) => `${10 * n + k},${id},${100 + k},20${10 + k}-01-1${n % 9},32817,${n}`,
      ),
    ),
    '99999,7,100,2010-01-01,32817,',
  ],
};

describe('a folder of OMOP tables on the command line', () => {
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

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-fit-omop-'));
    for (const [name, lines] of Object.entries(files)) await writeFile(at(name), [...lines, ''].join('\n'));
    printed.length = 0;
    complaints.length = 0;
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is learned without metadata, and what is made holds no id and no text of the source', async () => {
    const code = await run(fitCommand, { table: folder, out: at('model') });
    expect([code, complaints.at(-1)]).toEqual([0, '100 %']);
    expect(printed.join('\n')).toMatch(/160 subjects[^]*Tables: person, condition_occurrence/);
    expect(complaints).toContain('condition_occurrence.person_id: 1 rows name no row of person');
    expect(complaints.join('\n')).toContain('person.person_source_value');
    expect(await run(sampleCommand, { model: at('model'), rows: '200', out: at('made') })).toBe(0);
    const [heading, ...made] = (await readFile(at('made-synthetic/person-synthetic.csv'), 'utf8'))
      .trimEnd()
      .split('\n');
    expect(heading).toBe('person_id,gender_concept_id,year_of_birth,race_concept_id,ethnicity_concept_id');
    expect(made).toHaveLength(200);
    const known = new Set(made.map((line) => line.split(',')[0] ?? ''));
    const conditions = (await readFile(at('made-synthetic/condition_occurrence-synthetic.csv'), 'utf8'))
      .trimEnd()
      .split('\n')
      .slice(1);
    expect(conditions.length).toBeGreaterThan(80);
    expect(conditions.every((line) => known.has(line.split(',')[1] ?? ''))).toBe(true);
    expect(people.some((id) => known.has(String(id)))).toBe(false);
  });

  it('becomes synthetic OMOP and FHIR of the same persons, whole or not at all', async () => {
    expect(await run(fitCommand, { table: folder, out: at('model') })).toBe(0);
    const before = (await readdir(folder)).sort();
    const order = { model: at('model'), rows: '50', out: at('made'), format: 'omop,fhir', country: 'GB' };
    for (const [change, why] of [
      [{ dated: '2005-01-01' }, /later than the day of the release/],
      [{}, /--dated YYYY-MM-DD/],
      [{ dated: '2030-01-01', format: 'omop,csv' }, /not written at once/],
      [{ dated: '2030-01-01', vocabulary: at('nowhere') }, /nowhere/],
    ] as const) {
      expect(await run(sampleCommand, { ...order, ...change })).toBe(2);
      expect(complaints.at(-1)).toMatch(why);
      expect((await readdir(folder)).sort()).toEqual(before);
    }
    expect(await run(sampleCommand, { ...order, dated: '2030-01-01' })).toBe(0);
    const linesIn = async (name: string): Promise<string[]> =>
      (await readFile(at(`made-synthetic/${name}`), 'utf8')).trimEnd().split('\n');
    const persons = (await linesIn('omop/PERSON.csv')).slice(1);
    const patients = await linesIn('fhir/Patient.ndjson');
    expect([persons.length, patients.length]).toEqual([50, 50]);
    const conditions = (await linesIn('omop/CONDITION_OCCURRENCE.csv')).slice(1);
    expect(conditions.length).toBe((await linesIn('fhir/Condition.ndjson')).length);
    expect(conditions.length).toBeGreaterThan(20);
    expect(JSON.parse(await readFile(at('made-synthetic/manifest.json'), 'utf8'))).toMatchObject({
      ...{ synthetic: true, tier: 'HIGH', subjects: 50 },
    });
    const all = `${persons.join()}${patients.join()}`;
    expect(people.some((id) => all.includes(String(id)))).toBe(false);
    const omop = { directory: at('made-synthetic/omop'), today: '2030-01-01' };
    await run(checkOmopCommand, omop);
    expect(printed.filter((line) => line.includes('(fatal)'))).toEqual([]);
  });

  it('is checked and read, and nothing is written where a cell misfits', async () => {
    expect(
      await run(checkOmopCommand, { directory: folder, out: at('report.json'), today: '2026-03-31' }),
    ).toBe(1);
    const report = JSON.parse(await readFile(at('report.json'), 'utf8')) as { CheckResults: unknown[] };
    expect(report.CheckResults).toHaveLength(2002);
    expect(printed.join('\n')).toMatch(
      /failed \(fatal\) {2}isForeignKey condition_occurrence.person_id: 1 of 160/,
    );
    expect(await run(readOmopCommand, { directory: folder })).toBe(0);
    expect(printed).toContain('Records: 160 persons, 0 encounters, 159 events.');
    await writeFile(at('PERSON.csv'), files['PERSON.csv'].join('\n').replace(',1951,', ',born,'));
    expect(await run(fitCommand, { table: folder, out: at('model') })).toBe(2);
    expect(complaints.at(-1)).toMatch(
      /table person, row 2, field year_of_birth: the cell is not of type integer/,
    );
    expect((await readdir(folder)).sort()).toEqual(['CONDITION_OCCURRENCE.csv', 'PERSON.csv', 'report.json']);
    expect(await run(checkOmopCommand, { directory: folder, today: '2026-02-31' })).toBe(2);
  });
});
