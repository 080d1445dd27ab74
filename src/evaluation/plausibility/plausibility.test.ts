import { parse } from 'yaml';
import type { Column } from '../../core/table/table.js';
import { detailTables } from '../details/detail-tables.js';
import { evaluate } from '../evaluate.js';
import { aComparison } from '../testing/a-comparison.js';
import { categories, dates, numbers, sourceOf } from '../testing/columns.js';
import { plausibilityMeasures } from './measures.js';
import { parsePlausibilityRules } from './parse-rules.js';
import { ruleReader } from './rule-check.js';
import type { PlausibilityRule } from './rule.js';

const file = `
version: 1
rules:
  - name: births are of women
    kind: implication
    says: A delivery is recorded of women alone.
    when: [{ column: diagnosis, startsWith: [O8] }]
    then: [{ column: sex, in: [F] }]
  - { name: stay in order, kind: order, columns: [birth, admission, discharge] }
  - { name: glucose in mmol, kind: range, column: glucose, min: 1, max: 50, unit: { column: unit, is: mmol/L } }
  - name: insulin for diabetes
    kind: pairs
    columns: [diagnosis, drug]
    allowed: { E10: [insulin], O80: [oxytocin, none] }
  - { name: born after 1900, kind: range, column: birth, min: 1900-01-01 }
`;
const rules = parsePlausibilityRules(parse(file, { schema: 'core' }));
const table: Readonly<Record<string, Column>> = {
  diagnosis: categories(['O80', 'O81', 'E10', null]),
  sex: categories(['F', 'M', 'M', 'M']),
  birth: dates([0, 100, -30_000, null]),
  admission: dates([10, 50, null, 5]),
  discharge: dates([10, 60, 20, 4]),
  glucose: numbers([5, 90, 90, 0]),
  unit: categories(['mmol/L', 'mg/dL', 'mmol/L', 'mmol/L']),
  drug: categories(['oxytocin', 'none', 'none', 'none']),
};
const verdicts = async (rule: PlausibilityRule): Promise<unknown[]> => {
  const keeps = await ruleReader(sourceOf(table), rule);
  return [0, 1, 2, 3].map(keeps);
};

describe('a clinical rule', () => {
  it.each([
    ['births are of women', [true, false, null, null]],
    ['stay in order', [true, false, true, false]],
    ['glucose in mmol', [true, null, false, false]],
    ['insulin for diabetes', [true, false, false, null]],
    ['born after 1900', [true, true, false, null]],
  ])('%s is kept, broken or not about a row', async (name, expected) => {
    expect(await verdicts(rules.find((rule) => rule.name === name)!)).toEqual(expected);
  });

  it.each<[string, unknown, RegExp]>([
    ['no list', { version: 1 }, /must have required property 'rules'/],
    ['an unknown kind', { version: 1, rules: [{ name: 'a', kind: 'magic' }] }, /rules\/0\/kind/],
    [
      'an unknown word',
      { version: 1, rules: [{ name: 'a', kind: 'order', columns: ['x', 'y'], strict: true }] },
      /rule "a" must NOT have additional properties/,
    ],
    ['no bound', { version: 1, rules: [{ name: 'a', kind: 'range', column: 'x' }] }, /rule "a"/],
    [
      'a condition of nothing',
      {
        version: 1,
        rules: [
          { name: 'a', kind: 'implication', when: [{ column: 'x' }], then: [{ column: 'y', in: ['1'] }] },
        ],
      },
      /rule "a"\/when\/0/,
    ],
    [
      'one name twice',
      { version: 1, rules: [1, 2].map(() => ({ name: 'a', kind: 'order', columns: ['x', 'y'] })) },
      /Two rules have the name "a"/,
    ],
  ])('in a file with %s is refused with its place', (_, value, words) => {
    expect(() => parsePlausibilityRules(value)).toThrow(words);
  });

  it.each<[string, PlausibilityRule, RegExp]>([
    [
      'a column that is not there',
      { name: 'r', kind: 'order', columns: ['birth', 'death'] },
      /Rule "r" .* "death", which is not there/,
    ],
    [
      'an order of categories',
      { name: 'r', kind: 'order', columns: ['birth', 'sex'] },
      /Rule "r": the column "sex" is no number/,
    ],
    [
      'a number as the bound of a date',
      { name: 'r', kind: 'range', column: 'birth', min: 3 },
      /Rule "r": a bound of the column "birth"/,
    ],
    [
      'a day that is none',
      { name: 'r', kind: 'range', column: 'birth', min: '2020-13-45' },
      /Rule "r": a bound/,
    ],
  ])('about %s is refused, naming rule and column', async (_, rule, words) => {
    await expect(ruleReader(sourceOf(table), rule)).rejects.toThrow(words);
  });
});

describe('measures of clinical sense', () => {
  const rows = 100;
  const stays = (wrong: number): Record<string, Column> => ({
    admission: numbers(Array.from({ length: rows }, (_, row) => row)),
    discharge: numbers(Array.from({ length: rows }, (_, row) => (row < wrong ? row - 1 : row + 1))),
  });
  const rule: PlausibilityRule = { name: 'in order', kind: 'order', columns: ['admission', 'discharge'] };
  const contextOf = (real: number, synthetic: number, declared: readonly PlausibilityRule[] = [rule]) =>
    aComparison(
      { train: stays(real), holdout: stays(0), candidate: stays(synthetic) },
      { declared: { rules: declared } },
    );
  const limits = {
    'rule-violations': { pass: 0.01, fail: 0.1 },
    'rule-violations-excess': { pass: 0.01, fail: 0.1 },
  };
  const checksOf = async (...given: Parameters<typeof contextOf>) =>
    evaluate(contextOf(...given), limits, plausibilityMeasures);

  it('count the records that break a rule, and how many more than real ones do', async () => {
    const [share, excess] = await checksOf(20, 30);
    expect(share).toMatchObject({ value: 0.3, status: 'fail' });
    expect(share!.interval!.low).toBeLessThan(0.3);
    expect(excess!.value).toBeCloseTo(0.1, 12);
    const clean = await checksOf(0, 0);
    expect(clean.map(({ value, status }) => [value, status])).toEqual([
      [0, 'pass'],
      [0, 'pass'],
    ]);
  });

  it('show real counts rounded, and none under the smallest cell', async () => {
    const control = { cellCountMin: 10, countRounding: 5, tailShare: 0.01, binsMax: 50, categoriesMax: 100 };
    const shown = async (real: number): Promise<unknown> =>
      (await detailTables(contextOf(real, 3), new Set(['rule-violations']), control))[0]!.rows[0]!.slice(3);
    expect(await shown(3)).toEqual(['100', 'fewer than 10', '100', '3']);
    expect(await shown(13)).toEqual(['100', '15', '100', '3']);
    // Neither does the figure give the count away: 3 real ones count as none.
    expect((await checksOf(3, 3))[1]!.value).toBeCloseTo(0.03, 12);
  });

  it.each<[string, PlausibilityRule[], RegExp]>([
    ['without rules', [], /No rules are declared/],
    [
      'of a column that is not there',
      [{ name: 'r', kind: 'order', columns: ['admission', 'death'] }],
      /Rule "r" .*"death"/,
    ],
  ])('fail %s, with the reason', async (_, declared, reason) => {
    const [check] = await checksOf(0, 0, declared);
    expect(check).toMatchObject({ value: null, status: 'fail' });
    expect(check!.explanation).toMatch(reason);
  });
});
