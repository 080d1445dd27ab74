import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lintCommand } from '../../src/commands/lint.js';
import { StartRefused } from '../../src/commands/start-refused.js';
import type { Config } from '../../src/modules/platform/config/config.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'picketfence-lint-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function lint(
  directory: string | undefined,
  values: Record<string, unknown> = {},
): Promise<{ code: number; out: string; complaints: string }> {
  const out: string[] = [];
  const complaints: string[] = [];
  const code = await lintCommand.run(
    {
      loadConfig: () => ({ policiesDirectory: 'policies' }) as Config,
      print: (line) => void out.push(line),
      complain: (line) => void complaints.push(line),
      environment: {},
    },
    { directory, ...values },
  );
  return { code, out: out.join('\n'), complaints: complaints.join('\n') };
}

describe('picketfence lint', () => {
  it('finds nothing in a clean folder', async () => {
    expect(await lint('content/lint-corpus/clean')).toEqual({
      ...{ code: 0, complaints: '' },
      out: 'Nothing found in 3 files.',
    });
  });

  it('names file, line, path, rule and reason of what must not leave', async () => {
    const { code, out } = await lint('content/lint-corpus/leaky');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual(
      expect.arrayContaining([
        'fail    src-stats.yaml:8  src-stats.auto__death__death_date.results  [date-values-listed]',
        'fail    src-stats.yaml:38  src-stats.auto__person__eye_colour.results[2].count  [count-under-floor]',
        '        Fewer than 10 records are behind this row.',
        'fail    config.yaml:1  config#  [infrastructure-named]',
        'fail    orm.yaml:1  orm.dsn  [infrastructure-named]',
        'fail    config.yaml:41  config.src-stats[7].query  [suppression-missing]',
        '        2 private queries spend epsilon 1.25 and delta 0.00002 in total, and no ledger has it.',
        '34 findings in 4 files: 26 fails, 8 reviews.',
      ]),
    );
    for (const value of [
      'umber',
      '880011',
      '2029-11-17',
      'corpus_reader',
      'example.nhs',
      'Kingfisher',
      'vermilion',
    ]) {
      expect(out).not.toContain(value);
    }
  });

  it('prints JSON for machines', async () => {
    const { code, out } = await lint('content/lint-corpus/leaky', { json: true });
    const { version, files, findings } = JSON.parse(out) as Record<string, unknown[]>;
    expect([code, version, files?.length]).toEqual([1, 1, 4]);
    expect(findings).toContainEqual({
      ...{ rule: 'identifier-summarised', severity: 'fail', file: 'src-stats.yaml', line: 16 },
      path: 'src-stats.auto__death__person_id.results',
      why: 'The values of an identifier column are listed: each stands for one record.',
    });
  });

  it('passes with 0 when there is something to review and nothing fails', async () => {
    writeFileSync(join(folder, 'config.yaml'), 'row_generators_module: ours');
    mkdirSync(join(folder, 'more'));
    const { code, out } = await lint(folder);
    expect([code, out]).toEqual([0, expect.stringContaining('2 findings in 2 files: 0 fails, 2 reviews.')]);
  });

  it.each(['nowhere', 'src/commands', undefined])(
    'answers 2 for %s, where there is nothing to look at',
    async (directory) => {
      expect(await lint(directory)).toMatchObject({
        code: 2,
        out: '',
        complaints: expect.stringMatching(/\S/) as string,
      });
    },
  );

  it('imports what passes, and overwrites nothing', async () => {
    const target = join(folder, 'profile.json');
    const { code, out } = await lint('content/lint-corpus/clean', { import: target });
    expect([code, out]).toEqual([0, expect.stringContaining('a profile of 2 of 5 columns')]);
    expect(JSON.parse(readFileSync(target, 'utf8'))).toMatchObject({ version: 1, rows: 940 });
    expect(await lint(folder)).toMatchObject({ code: 0, out: 'Nothing found in 1 file.' });
    await expect(lint('content/lint-corpus/clean', { import: target })).rejects.toThrow(StartRefused);
  });

  it('refuses to import when nothing passes, or when it is not clear which table is meant', async () => {
    const target = join(folder, 'profile.json');
    await expect(lint('content/lint-corpus/leaky', { import: target })).rejects.toThrow(
      '--table: death, person.',
    );
    await expect(lint('content/lint-corpus/leaky', { import: target, table: 'person' })).rejects.toThrow(
      'Nothing of this table',
    );
  });
});
