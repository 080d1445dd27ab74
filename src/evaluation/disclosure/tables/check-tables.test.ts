import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { checkDegreesOfFreedom } from './check-degrees-of-freedom.js';
import { checkFrequencyTable } from './check-frequency-table.js';
import { checkMagnitudeTable } from './check-magnitude-table.js';
import { checkRounding, publishTable } from './published-table.js';
import { frequencyTable } from './table-for-release.js';
import type { MagnitudeCell, MagnitudeTable } from './table-for-release.js';
import type { TableFinding } from './table-finding.js';
import type { TableRules } from './table-rules.js';
import { UnsupportedTableError } from './unsupported-table-error.js';

/** The policy as it is shipped. */
const { tables, cellCountMin, countRounding } = JSON.parse(
  readFileSync('policies/disclosure.json', 'utf8'),
) as {
  tables: Omit<TableRules, 'cellCountMin' | 'countRounding'>;
  cellCountMin: number;
  countRounding: number;
};
const rules: TableRules = { ...tables, cellCountMin, countRounding };

const brief = (findings: readonly TableFinding[]): string[] =>
  findings.map(({ cell, rule, status }) => `${status} ${rule} ${cell?.row ?? '*'}/${cell?.column ?? '*'}`);

describe('a frequency table', () => {
  it('fails where a cell or a total holds fewer people than the floor', () => {
    const table = frequencyTable(
      [
        ['a', 'b'],
        ['x', 'y'],
      ],
      [3, 2, 40, 50],
    );
    expect(brief(checkFrequencyTable(table, rules))).toEqual([
      'fail minimum-cell 0/0',
      'fail minimum-cell 0/1',
      'fail minimum-cell 0/*',
    ]);
    expect(checkFrequencyTable(table, rules)[2]?.why).toBe('"a, total" holds 5 people, fewer than 10.');
    expect(checkFrequencyTable(frequencyTable([['a', 'b']], [10, 20]), rules)).toEqual([]);
  });

  it('is looked at by a person where a cell is empty, if the policy counts zeros as low', () => {
    const table = frequencyTable([['a', 'b', 'c']], [0, 20, 30]);
    expect(brief(checkFrequencyTable(table, rules))).toEqual(['review zero-cell 0/0']);
    expect(checkFrequencyTable(table, { ...rules, zerosAreLow: false })).toEqual([]);
  });

  it('is looked at by a person where all people of a row or column are in one cell', () => {
    const table = frequencyTable(
      [
        ['a', 'b'],
        ['x', 'y'],
      ],
      [40, 0, 50, 60],
    );
    const found = checkFrequencyTable(table, { ...rules, zerosAreLow: false });
    expect(brief(found)).toEqual(['review class-disclosure 0/0', 'review class-disclosure 1/1']);
    expect(found[0]?.why).toBe('Everybody in "a, total" is in "a, x": that is said of each of them.');
    const oneWay = frequencyTable([['x', 'y']], [40, 0]);
    expect(brief(checkFrequencyTable(oneWay, { ...rules, zerosAreLow: false }))).toEqual([
      'review class-disclosure 0/0',
    ]);
  });

  it('is published in multiples of the rounding', () => {
    const table = frequencyTable([['a', 'b']], [13, 24]);
    expect(
      checkRounding(
        publishTable(table, () => false, 5),
        rules,
      ),
    ).toEqual([]);
    expect(
      brief(
        checkRounding(
          publishTable(table, ({ column }) => column === 1, 1),
          rules,
        ),
      ),
    ).toEqual(['fail rounding 0/0', 'fail rounding */*']);
  });

  it.each([
    [[['a'], ['b'], ['c']], [1]],
    [[], []],
    [[['a', 'b']], [1]],
    [[[]], []],
    [[['a']], [-1]],
    [[['a']], [1.5]],
  ])('is refused with dimensions %j and counts %j', (dimensions, counts) => {
    expect(() => frequencyTable(dimensions, counts)).toThrow(UnsupportedTableError);
  });
});

/** What checks need to know of contributions. */
function cellOf(contributions: readonly number[]): MagnitudeCell {
  return {
    count: contributions.length,
    sum: contributions.reduce((sum, value) => sum + value, 0),
    largest: contributions.toSorted((a, b) => b - a).slice(0, 2),
    hasNegative: contributions.some((value) => value < 0),
  };
}

const oneCell = (contributions: readonly number[]): MagnitudeTable => ({
  ways: 1,
  rows: ['all'],
  columns: ['ward A'],
  cells: [[cellOf(contributions)]],
});

/** Of the cell alone; its total says the same. */
const judge = (contributions: readonly number[]): string[] =>
  brief(checkMagnitudeTable(oneCell(contributions), rules).filter(({ cell }) => cell?.column === 0));

const ones = (count: number): number[] => Array<number>(count).fill(1);

describe('a magnitude table', () => {
  it('passes when enough people contribute about as much', () => {
    expect(judge(ones(10))).toEqual([]);
  });

  it('fails on few contributors, on dominance and on the p-ratio, each at its own bound', () => {
    expect(judge(ones(9))).toEqual(['fail minimum-cell 0/0']);
    // Nine tenths of the sum, reached and missed.
    expect(judge([40, 50, ...ones(10)])).toEqual(['fail dominance 0/0']);
    expect(judge([40, 49, ...ones(10)])).toEqual([]);
    // A tenth of the largest, missed and reached.
    expect(judge([101, 1, ...ones(10)])).toEqual(['fail dominance 0/0', 'fail p-ratio 0/0']);
    expect(judge([100, 1, ...ones(10)])).toEqual(['fail dominance 0/0']);
  });

  it('never passes with negative contributions or none but zeros', () => {
    expect(judge([...ones(20), -1])).toEqual(['review negative-values 0/0']);
    expect(judge(Array<number>(20).fill(0))).toEqual(['review p-ratio 0/0']);
    expect(judge([])).toEqual(['review zero-cell 0/0']);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 99 }), { minLength: 1 }), (contributions) => {
        if (contributions.some((value) => value < 0)) expect(judge(contributions)).not.toEqual([]);
      }),
    );
  });

  it('fails without the contributions it takes to judge it', () => {
    const table = oneCell(ones(20));
    const cells = [[{ ...table.cells[0]![0]!, largest: [1] }]];
    expect(brief(checkMagnitudeTable({ ...table, cells }, rules))).toContain('fail dominance 0/0');
  });

  it('judges totals by the largest of all cells together', () => {
    const cells = [[cellOf([900, ...ones(10)]), cellOf([800, ...ones(10)])]];
    const table: MagnitudeTable = { ways: 1, rows: ['all'], columns: ['a', 'b'], cells };
    expect(brief(checkMagnitudeTable(table, rules))).toContain('fail dominance */*');
  });
});

describe('a fitted model', () => {
  it('has at least ten residual degrees of freedom', () => {
    expect(checkDegreesOfFreedom({ observations: 30, parameters: 20 }, rules)).toEqual([]);
    expect(checkDegreesOfFreedom({ observations: 30, parameters: 21 }, rules)).toMatchObject([
      {
        status: 'fail',
        why: '30 observations less 21 parameters leave 9 residual degrees of freedom, fewer than 10.',
      },
    ]);
  });
});
