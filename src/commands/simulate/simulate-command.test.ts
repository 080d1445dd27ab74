import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coldModule } from '../../generators/trajectories/testing/a-population.js';
import { simulateCommand } from './simulate-command.js';

const folder = mkdtempSync(join(tmpdir(), 'picketfence-simulate-command-'));
const at = (name: string): string => join(folder, name);
mkdirSync(at('modules'));
writeFileSync(at('modules/cold.json'), JSON.stringify(coldModule));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

type Values = Readonly<Record<string, unknown>>;

const usual = { seed: '5', 'reference-date': '20260101', modules: [at('modules')], workers: '1' };

/** What `picketfence simulate` answers, and says. */
async function simulate(out: string, values: Values): Promise<readonly [number, string]> {
  const lines: string[] = [];
  const say = (line: string): void => void lines.push(line);
  const context = {
    ...{ print: say, complain: say, environment: {} },
    loadConfig: () => {
      throw new Error('No settings are needed.');
    },
  };
  return [await simulateCommand.run(context, { out: at(out), ...values }), lines.join('\n')];
}

async function made(out: string, values: Values): Promise<void> {
  expect(await simulate(out, values)).toEqual([0, expect.stringContaining('synthetic patients')]);
}

const linesOf = (out: string, table: string): string[][] =>
  readFileSync(at(`${out}/${table}-synthetic.csv`), 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split(','));
const csvOf = (out: string): Record<string, string> =>
  Object.fromEntries(
    readdirSync(at(out))
      .filter((file) => file.endsWith('.csv'))
      .map((file) => [file, readFileSync(at(`${out}/${file}`), 'utf8')]),
  );

describe('picketfence simulate', () => {
  it('takes its options from a file, and what is typed before them', async () => {
    writeFileSync(
      at('config.json'),
      JSON.stringify({ ...usual, population: 3, composition: 'mixed', age: '1-9' }),
    );
    await made('by-config', { config: at('config.json') });
    await made('by-both', { config: at('config.json'), population: '2' });
    expect(linesOf('by-config', 'patients')).toHaveLength(3);
    expect(linesOf('by-both', 'patients')).toEqual(linesOf('by-config', 'patients').slice(0, 2));
    writeFileSync(at('odd.json'), '{"people": 3}');
    expect(await simulate('odd', { config: at('odd.json') })).toEqual([
      2,
      expect.stringContaining('there is no option "people"'),
    ]);
  });

  it('puts numbers into modules', async () => {
    const few = { ...usual, population: '12', composition: 'mixed', age: '9-9', 'years-of-history': '0' };
    writeFileSync(at('often.txt'), 'cold.json::$.states.Well.distribution.parameters.mean = 0.1\n');
    writeFileSync(at('wrong.txt'), 'cold.json::$.states.Sick.mean = 1\n');
    await made('seldom', few);
    await made('often', { ...few, overrides: at('often.txt') });
    expect(linesOf('often', 'conditions').length).toBeGreaterThan(linesOf('seldom', 'conditions').length);
    const [code, said] = await simulate('wrong', { ...few, overrides: at('wrong.txt') });
    expect([code, said]).toEqual([2, expect.stringContaining('there is no number at "$.states.Sick.mean".')]);
  });

  it('keeps whom a keep module keeps', async () => {
    const shares = [
      { transition: 'Win', distribution: 0.2 },
      { transition: 'End', distribution: 0.8 },
    ];
    const luck = {
      Initial: { type: 'Initial', distributed_transition: shares },
      Win: { type: 'SetAttribute', attribute: 'lucky', value: true, direct_transition: 'End' },
      End: { type: 'Terminal' },
    };
    const condition = { condition_type: 'Attribute', attribute: 'lucky', operator: '==', value: true };
    const keep = {
      Initial: {
        type: 'Initial',
        conditional_transition: [{ transition: 'Keep', condition }, { transition: 'Terminal' }],
      },
      ...{ Keep: { type: 'Terminal' }, Terminal: { type: 'Terminal' } },
    };
    mkdirSync(at('luck'));
    writeFileSync(at('luck/luck.json'), JSON.stringify({ name: 'Luck', states: luck }));
    writeFileSync(at('keep.json'), JSON.stringify({ name: 'keep', states: keep }));
    const values = { ...usual, modules: [at('luck')], population: '8', age: '1-3', keep: at('keep.json') };
    const [code, said] = await simulate('kept', values);
    expect([code, linesOf('kept', 'patients').length]).toEqual([0, 8]);
    // One life in five is kept: that all of 8 are so at the first try has the chance 0.2^8.
    expect(Number(/(\d+) lives were simulated/.exec(said)?.[1])).toBeGreaterThan(8);
    writeFileSync(at('keep-broken.json'), '{');
    expect(await simulate('broken', { ...usual, keep: at('keep-broken.json') })).toEqual([
      2,
      expect.stringContaining('The keep module is not JSON.'),
    ]);
  });

  it('simulates people of whom something is settled', async () => {
    const people = [
      { sex: 'F', birthDate: '1990-02-28', givenName: 'Ada', familyName: 'Made-Up' },
      { sex: 'M', birthDate: '2020-12-31' },
    ];
    writeFileSync(at('people.json'), JSON.stringify(people));
    await made('fixed', { ...usual, fixed: at('people.json'), composition: 'mixed' });
    const patients = linesOf('fixed', 'patients');
    expect(patients.map((cells) => [cells[1], cells[15]])).toEqual([
      ['1990-02-28', 'F'],
      ['2020-12-31', 'M'],
    ]);
    expect(patients[0]).toEqual(expect.arrayContaining(['Ada', 'Made-Up']));
    for (const [wrong, message] of [
      [[{ sex: 'X', birthDate: '1990-02-28' }], 'person 1: "sex" is neither F nor M.'],
      [[{ sex: 'F', birthDate: '1990-02-30' }], 'person 1: "birthDate" is no day'],
      [[...people, { ...people[0], income: 3 }], 'person 3: "income" is not one of'],
      [{}, 'is no list of people'],
    ] as const) {
      writeFileSync(at('wrong.json'), JSON.stringify(wrong));
      expect(await simulate('wrong', { ...usual, fixed: at('wrong.json') })).toEqual([
        2,
        expect.stringContaining(message),
      ]);
    }
  });

  it('runs through loops at once where that is asked for, and says so', async () => {
    await made('fast', { ...usual, population: '2', age: '1-2', 'fast-forward': true });
    expect(JSON.parse(readFileSync(at('fast/manifest.json'), 'utf8'))).toMatchObject({
      settings: { isFastForward: true },
    });
  });
});

describe('a snapshot of a population', () => {
  const some = { ...usual, population: '12', age: '20-30', 'years-of-history': '0' };
  const goOn = (name: string, values: Values = {}): Values => ({
    snapshot: at(name),
    days: '365',
    workers: '1',
    ...values,
  });

  it('goes on with the same lives as a run that ends later', async () => {
    const mixed = { ...some, composition: 'mixed' };
    await made('until-2026', { ...mixed, 'save-snapshot': at('mixed.snapshot') });
    await made('on-to-2027', { ...goOn('mixed.snapshot'), 'save-snapshot': at('later.snapshot') });
    await made('until-2027', { ...mixed, 'end-date': '20270101' });
    expect(csvOf('on-to-2027')).toEqual(csvOf('until-2027'));
    expect(csvOf('on-to-2027')).not.toEqual(csvOf('until-2026'));
    await made('on-to-2028', goOn('later.snapshot'));
    await made('until-2028', { ...mixed, 'end-date': '20280101' });
    expect(csvOf('on-to-2028')).toEqual(csvOf('until-2028'));
  });

  it('replaces nobody who dies on the way', async () => {
    writeFileSync(
      at('deadly.txt'),
      "cold.json::$.states['No More Syrup'].distributed_transition[0].distribution = 0.5\n",
    );
    const deadly = { ...some, overrides: at('deadly.txt') };
    await made('survivors', { ...deadly, 'save-snapshot': at('survivors.snapshot') });
    await made('ten-years-on', { ...goOn('survivors.snapshot'), days: '3652' });
    const [before, after] = ['survivors', 'ten-years-on'].map((out) => linesOf(out, 'patients'));
    const idsOf = (patients: readonly string[][]): (string | undefined)[] => patients.map(([id]) => id);
    expect(idsOf(after!)).toEqual(idsOf(before!));
    const living = (patients: readonly string[][]): number =>
      patients.filter((cells) => cells[2] === '').length;
    expect(living(before!)).toBe(12);
    expect(living(after!)).toBeLessThan(12);
  });

  it('is refused where its past would be another, or is asked to be', async () => {
    await made('once', { ...some, 'save-snapshot': at('once.snapshot') });
    mkdirSync(at('others'));
    writeFileSync(at('others/cold.json'), JSON.stringify({ ...coldModule, name: 'Another' }));
    const text = readFileSync(at('once.snapshot'), 'utf8');
    writeFileSync(at('changed.snapshot'), text.replace(/"encounters":\d+/, '"encounters":999'));
    writeFileSync(at('no.snapshot'), '{"snapshot": 0}');
    for (const [values, message] of [
      [goOn('once.snapshot', { modules: [at('others')] }), 'The modules are not those of the snapshot'],
      [goOn('once.snapshot', { seed: '6' }), '--seed cannot be said with --snapshot'],
      [goOn('once.snapshot', { days: '-1' }), '--days -1 is not a whole number'],
      [{ snapshot: at('once.snapshot') }, 'Say how far to go on'],
      [goOn('changed.snapshot'), 'Person 1 did not live as the snapshot says'],
      [goOn('no.snapshot'), 'is no snapshot of a simulation'],
      [{ ...some, days: '3' }, '--days goes on from a --snapshot.'],
      [{ ...some, 'save-snapshot': at('once.snapshot') }, 'is there already'],
    ] as const)
      expect(await simulate('refused', values)).toEqual([2, expect.stringContaining(message)]);
  });
});
