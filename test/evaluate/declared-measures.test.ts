import { Random } from '../../src/core/random/random.js';
import { badFigures, evaluateTables } from './evaluate-files.js';
import type { CsvTable } from './evaluate-files.js';

const random = Random.fromSeed('declared measures');
const patients = (rows = 160): CsvTable => {
  const ages = Array.from({ length: rows }, () => 20 + random.integerBelow(60));
  return {
    age: ages,
    sex: ages.map(() => (random.integerBelow(2) === 0 ? 'F' : 'M')),
    pressure: ages.map((age) => 90 + age + random.integerBelow(10)),
    outcome: ages.map((age) => (random.integerBelow(60) < age - 20 ? 'died' : 'lived')),
  };
};
const rules = `
version: 1
rules:
  - { name: adults, kind: range, column: age, min: 18, max: 110 }
`;
const sections = ['use in models', 'groups of people', 'clinical sense'];

describe('picketfence evaluate with a target, groups and rules', () => {
  it('measures what was declared, with the tables behind it', async () => {
    const { report, html, code, complained } = await evaluateTables({
      ...{ real: patients(), synthetic: patients(), holdout: patients(), rules },
      declared: { target: 'outcome', protected: ['sex', 'age=40,60'] },
    });
    expect(complained).toEqual([]);
    expect([0, 1]).toContain(code);
    const measured = report!.figures.filter(({ section }) => sections.includes(section));
    expect(new Set(measured.map(({ section }) => section))).toEqual(new Set(sections));
    expect(measured.filter(({ value }) => value === null)).toEqual([]);
    expect(measured.map(({ name }) => name)).toContain('tstr-auc-loss');
    expect(measured.map(({ name }) => name)).not.toContain('tstr-rmse-excess');
    expect(new Set(report!.details.map(({ section }) => section))).toEqual(new Set(sections));
    expect(badFigures(report)).toEqual([]);
    expect(html).not.toMatch(/NaN|undefined|\[object/);
    const judged = report!.figures.filter(({ threshold }) => threshold !== undefined);
    const reasons = new Map(report!.limits.map(({ name, reason }) => [name, reason]));
    expect(judged.filter(({ name }) => !/^.{8,}[.].*$/.test(reasons.get(name) ?? ''))).toEqual([]);
    expect(html).toContain('Karr et al. 2006');
    for (const title of ['Use in models', 'Groups of people', 'Clinical sense'])
      expect(html).toContain(`>${title}</h2>`);
  });

  it('says what was not tested when nothing is declared', async () => {
    const { report, html } = await evaluateTables({ real: patients(60), synthetic: patients(60) });
    expect(report!.details).toEqual([]);
    expect(report!.notTested.map(({ why }) => why).join()).toContain('No target column is declared');
    expect(html).toContain('Not tested: no rules were declared');
  });

  it.each<[string, Record<string, unknown>, string | undefined, RegExp]>([
    [
      'a target that is not there',
      { target: 'death' },
      undefined,
      /--target names the column "death".*there are age, sex/,
    ],
    [
      'a group column that is not there',
      { protected: ['race'] },
      undefined,
      /--protected names the column "race"/,
    ],
    ['a number without bands', { protected: ['age'] }, undefined, /age is no category/],
    ['bands that fall', { protected: ['age=60,40'] }, undefined, /cuts are rising numbers/],
    ['rules of another shape', {}, 'version: 2', /rules.yaml: .*version/],
    [
      'a rule about a column that is not there',
      {},
      rules.replace('column: age', 'column: years'),
      /Rule "adults" .* "years"/,
    ],
    ['rules that are no YAML', {}, 'rules: [', /rules.yaml/],
  ])('refuses %s in a sentence', async (_, declared, text, words) => {
    const found = await evaluateTables({
      ...{ real: patients(20), synthetic: patients(20), declared },
      ...(text === undefined ? {} : { rules: text }),
    });
    expect(found.code).toBe(2);
    expect(found.complained.join()).toMatch(words);
  });
});
