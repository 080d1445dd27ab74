import fc from 'fast-check';
import type { FormulaValue } from './formula.js';
import { parseFormula } from './parse-formula.js';

const cells: Readonly<Record<string, number | string | null>> = {
  a: 6,
  b: 4,
  none: null,
  sex: 'f',
  'two words': 2,
};
const valueOf = (text: string): FormulaValue => parseFormula(text).valueOf((name) => cells[name] ?? null);

describe('formulas', () => {
  it.each([
    ['1 + 2 * 3', 7],
    ['(1 + 2) * 3', 9],
    ['2 ^ 3 ^ 2', 512],
    ['-2 ^ 2', -4],
    ['8 - 4 - 2', 2],
    ['a / b', 1.5],
    ['"two words" * a', 12],
    ['a / 0', null],
    ['a + none', null],
    ['a > b', true],
    ["sex = 'f' and a <= 6", true],
    ['none > 1 or a = 6', true],
    ['none > 1 and a = 5', false],
    ['none > 1 and a = 6', null],
    ['missing(none)', true],
    ['not(a != 6)', true],
    ["if(a > b, 'more', 'less')", 'more'],
    ['if(none = 1, 1, 2)', null],
    ['max(a, b, 9) - min(a, b) + abs(-1) + floor(1.9) + round(1.5) + sqrt(16)', 13],
  ])('%s is %s', (text, value) => {
    expect(valueOf(text)).toBe(value);
  });

  it('reckon as numbers do', () => {
    interface Reckoned {
      text: string;
      value: number;
    }
    const signs = {
      '+': (left: number, right: number) => left + right,
      '-': (left: number, right: number) => left - right,
      '*': (left: number, right: number) => left * right,
    };
    const reckoned = fc.letrec<{ term: Reckoned }>((tie) => ({
      term: fc.oneof(
        { maxDepth: 4 },
        fc.integer({ min: 0, max: 99 }).map((value) => ({ text: String(value), value })),
        fc.tuple(tie('term'), fc.constantFrom('+', '-', '*'), tie('term')).map(([left, sign, right]) => ({
          text: `(${left.text} ${sign} ${right.text})`,
          value: signs[sign](left.value, right.value),
        })),
      ),
    })).term;
    fc.assert(
      fc.property(reckoned, ({ text, value }) => {
        expect(Number(valueOf(text)) + 0).toBe(value + 0);
      }),
    );
  });

  it.each([
    ['', /character 1: it ends too early/],
    ['1 +', /ends too early/],
    ['a b', /"b" does not belong here/],
    ['(a', /"\)" is missing/],
    ['a; b', /nothing that a formula has/],
    ['constructor(a)', /no function "constructor"/],
    ['if(a, b)', /takes 3 values/],
    ['('.repeat(60), /too deep/],
    ['1'.repeat(2001), /longer than 2000/],
  ])('that are none are refused with the place: %s', (text, message) => {
    expect(() => parseFormula(text)).toThrow(message);
  });

  it.each(['sex + 1', "a = 'f'", 'if(a, 1, 2)'])('do not mix kinds: %s', (text) => {
    expect(() => valueOf(text)).toThrow(TypeError);
  });

  it('name the columns that they look at', () => {
    expect(parseFormula('if(a > 1, "two words", a)').columns).toEqual(['a', 'two words']);
  });
});
