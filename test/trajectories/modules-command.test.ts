import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { modulesCommand } from '../../src/commands/modules/modules-command.js';

const end = { type: 'Terminal' };
const cold = {
  name: 'cold',
  states: {
    Initial: { type: 'Initial', direct_transition: 'Wait' },
    Wait: { type: 'Delay', exact: { quantity: 3, unit: 'days' }, direct_transition: 'Luck' },
    Luck: {
      type: 'Simple',
      distributed_transition: [
        { distribution: 1, transition: 'Old "enough"' },
        { distribution: 0, transition: 'End' },
      ],
    },
    'Old "enough"': {
      type: 'Guard',
      allow: { condition_type: 'Age', operator: '>=', quantity: 90, unit: 'years' },
      direct_transition: 'End',
    },
    End: end,
  },
};

describe('picketfence modules', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picketfence-modules-command-'));
    for (const name of ['good', 'bad', 'empty']) await mkdir(join(folder, name));
    await writeFile(join(folder, 'good/cold.json'), JSON.stringify(cold));
    await writeFile(
      join(folder, 'bad/cold.json'),
      JSON.stringify({ ...cold, states: { ...cold.states, End: { type: 'Ende' } } }),
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  const run = async (
    action: string | undefined,
    path: string,
    values: Record<string, string> = {},
  ): Promise<[number, string[]]> => {
    const lines: string[] = [];
    const say = (line: string): void => void lines.push(line);
    const context = {
      print: say,
      complain: say,
      environment: {},
      loadConfig: () => {
        throw new Error('No settings are needed.');
      },
    };
    return [await modulesCommand.run(context, { action, path: join(folder, path), ...values }), lines];
  };

  it('check says what is wrong, and where', async () => {
    expect(await run('check', 'good')).toEqual([0, ['1 modules, 0 errors, 0 warnings']]);
    const [code, lines] = await run('check', 'bad');
    expect(code).toBe(1);
    expect(lines).toContain('error   cold, state "End", type: there is no state type "Ende".');
    expect(await run('check', 'empty')).toEqual([2, [`There is no module in ${join(folder, 'empty')}.`]]);
    expect((await run('check', 'nowhere'))[0]).toBe(2);
    expect((await run('juggle', 'good'))[0]).toBe(2);
  });

  it('draw draws for Mermaid and Graphviz', async () => {
    const [, [mermaid]] = await run('draw', 'good/cold.json');
    expect(mermaid).toContain('flowchart TD\n  s0["Initial"]\n  s1["Wait (Delay)"]');
    expect(mermaid).toContain('  s3["Old #quot;enough#quot; (Guard)"]');
    expect(mermaid).toContain('  s2 -->|"1"| s3');
    const [, [dot]] = await run('draw', 'good/cold.json', { format: 'dot' });
    expect(dot).toContain('  s3 [label="Old \\"enough\\" (Guard)"];');
    expect((await run('draw', 'good/cold.json', { format: 'png' }))[0]).toBe(2);
  });

  it('explain follows one life and says why the module waits', async () => {
    const [code, lines] = await run('explain', 'good', {
      module: 'cold',
      birth: '2000-01-01',
      end: '2010-01-01',
    });
    expect(code).toBe(0);
    expect(lines).toEqual([
      '2000-01-01 00:00  Initial (Initial) -> Wait',
      '2000-01-04 00:00  Wait (Delay) -> Luck',
      '2000-01-04 00:00  Luck (Simple) -> Old "enough"',
      '2010-01-01 00:00  cold: at "Old "enough"" (Guard), it waits for {"condition_type":"Age","operator":">=","quantity":90,"unit":"years"}',
    ]);
    expect((await run('explain', 'good', { module: 'flu' }))[0]).toBe(2);
    expect((await run('explain', 'good', { module: 'cold', birth: 'once' }))[0]).toBe(2);
  });
});
