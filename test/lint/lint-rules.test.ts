import { lintRules } from '../../src/evaluation/lint/rules/registry.js';
import { configurationCases } from './configuration-cases.js';
import { fileCases } from './file-cases.js';
import type { CaseFiles } from './lint-case.js';
import { lintOf } from './lint-of.js';
import { profileCases } from './profile-cases.js';
import { queryCases } from './query-cases.js';
import { statisticCases } from './statistic-cases.js';

const cases = { ...fileCases, ...statisticCases, ...queryCases, ...configurationCases, ...profileCases };

function pathsOf(rule: string, files: CaseFiles): string[] {
  return lintOf(files)
    .findings.filter((finding) => finding.rule === rule)
    .map(({ path }) => path);
}

it('has cases for every rule, and no others', () => {
  expect(Object.keys(cases).sort()).toEqual(lintRules.map(({ id }) => id).sort());
});

describe.each(lintRules.map((rule) => [rule.id, rule] as const))('%s', (id, { severity }) => {
  it('fires', () => {
    for (const [path, files] of cases[id]!.fires)
      expect([files, pathsOf(id, files)]).toEqual([files, expect.arrayContaining([path])]);
    const [first] = cases[id]!.fires;
    expect(lintOf(first![1]).findings).toContainEqual(expect.objectContaining({ rule: id, severity }));
  });

  it('is silent', () => {
    for (const files of cases[id]!.silent) expect([files, pathsOf(id, files)]).toEqual([files, []]);
  });
});

it('says how much privacy budget was spent in total', () => {
  const spend = (epsilon: number): string =>
    `  - {name: s${epsilon}, query: q, dp-query: q, epsilon: ${epsilon}, delta: 1.0e-6}`;
  const { findings } = lintOf({ 'config.yaml': `src-stats:\n${spend(0.1)}\n${spend(0.2)}` });
  expect(findings.map(({ why }) => why)).toContain(
    '2 private queries spend epsilon 0.3 and delta 0.000002 in total, and no ledger has it.',
  );
});
