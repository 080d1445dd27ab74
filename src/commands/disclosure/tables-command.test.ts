import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '../../modules/platform/config/config.js';
import { tablesCommand } from './tables-command.js';

let folder: string;
let printed: string[];
let complaints: string[];
let policies: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picketfence-tables-'));
  policies = 'policies';
  printed = [];
  complaints = [];
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => join(folder, name);
const run = (
  subcommand: string,
  files: readonly string[],
  more: Record<string, unknown> = {},
): Promise<number> =>
  tablesCommand.run(
    {
      loadConfig: () => ({ ...loadConfig({}), policiesDirectory: policies }),
      print: (line) => printed.push(line),
      complain: (line) => complaints.push(line),
      environment: {},
    },
    { subcommand, files: files.map(at), ...more },
  );

const wards = 'ward,sex,count\nA,f,3\nA,m,52\nB,f,61\nB,m,70\nC,f,80\nC,m,90\n';
const ages = 'ward,age,count\nA,young,25\nA,old,30\nB,young,60\nB,old,71\nC,young,100\nC,old,70\n';

describe('picketfence tables', () => {
  it('check names file, cell, rule and why, and fails', async () => {
    await writeFile(at('wards.csv'), wards);
    expect(await run('check', ['wards.csv'])).toBe(1);
    const text = printed.join('\n');
    expect(text).toContain('fail    wards  [minimum-cell]\n        "A, f" holds 3 people, fewer than 10.');
    expect(text).toContain('[rounding]');
    printed = [];
    expect(await run('check', ['wards.csv'], { json: true })).toBe(1);
    const { findings } = JSON.parse(printed.join('\n')) as { findings: object[] };
    expect(findings).toContainEqual(
      expect.objectContaining({ file: 'wards', cell: 'A, f', rule: 'minimum-cell', status: 'fail' }),
    );
  });

  it('protect writes tables that check then finds nothing to fail in, each hiding what the other hides', async () => {
    await writeFile(at('wards.csv'), wards);
    await writeFile(at('ages.csv'), ages);
    expect(await run('protect', ['wards.csv', 'ages.csv'], { out: at('out') })).toBe(0);
    const written = await readFile(at('out/wards.csv'), 'utf8');
    expect(written).toMatch(/^ward,sex,count\nA,f,\n/);
    expect(written.split('\n').filter((line) => line.endsWith(',')).length).toBeGreaterThanOrEqual(2);
    expect(written).toContain('total,total,355');
    expect(printed.join('\n')).toContain('"A, f" holds 3 people, fewer than 10.');
    expect(printed.join('\n')).toContain('so that no other can be worked out');
    printed = [];
    expect(await run('check', ['out/wards.csv', 'out/ages.csv'])).toBe(0);
    await expect(run('protect', ['wards.csv'], { out: at('out') })).rejects.toThrow('cannot be written');
  });

  it('check finds what a published table does not hide', async () => {
    await writeFile(at('bad.csv'), 'ward,count\nA,\nB,51\nC,60\ntotal,115\n');
    expect(await run('check', ['bad.csv'])).toBe(1);
    expect(printed.join('\n')).toContain(
      '[derivable]\n        "A" is suppressed, and the totals tell that it is 4.',
    );
  });

  it('judges by the values of the policy, dominance and degrees of freedom too', async () => {
    await writeFile(
      at('costs.csv'),
      'ward,count,sum,largest,negative\nA,20,1000,600;310,no\nB,20,900,60;50,no\n',
    );
    await writeFile(at('fits.csv'), 'model,observations,parameters\nstay,30,25\n');
    expect(await run('check', ['costs.csv', 'fits.csv'])).toBe(1);
    expect(printed.join('\n')).toContain('[dominance]');
    expect(printed.join('\n')).toContain('[degrees-of-freedom]');
    printed = [];
    policies = at('policies');
    await cp('policies', policies, { recursive: true });
    const path = join(policies, 'disclosure.json');
    const laxer = (await readFile(path, 'utf8'))
      .replace('0.9', '0.99')
      .replace('Min": 10\n  }', 'Min": 5\n  }');
    await writeFile(path, laxer);
    expect(await run('check', ['costs.csv', 'fits.csv'])).toBe(0);
  });

  it('says what it cannot read', async () => {
    expect(await run('check', [])).toBe(2);
    expect(await run('protect', ['wards.csv'])).toBe(2);
    expect(await run('check', ['missing.csv'])).toBe(2);
    await writeFile(at('formula.csv'), 'ward,count\n=1+1,50\nB,60\n');
    await writeFile(at('fits.csv'), 'model,observations,parameters\nstay,30,25\n');
    expect(complaints).toHaveLength(3);
    expect(await run('protect', ['formula.csv'], { out: at('out') })).toBe(0);
    expect(await readFile(at('out/formula.csv'), 'utf8')).toContain("'=1+1,50");
    await expect(run('protect', ['fits.csv'], { out: at('other') })).rejects.toThrow(
      'only tables of true counts',
    );
  });
});
