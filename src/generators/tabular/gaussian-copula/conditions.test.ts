import type { Condition } from '../../generator.js';
import { aSchema, aSource } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import { at, cellsOf, learn, mean, random, sample } from '../../testing/copula-tables.js';
import { ConditionError } from '../condition-error.js';
import { gaussianCopula } from './gaussian-copula.js';
import type { GaussianCopulaModel } from './model.js';
import { sampleGaussianCopula } from './sample-gaussian-copula.js';

const names = aSchema.columns.map(({ name }) => name);

describe('conditions on the Gaussian copula', () => {
  let model: GaussianCopulaModel;
  beforeAll(async () => {
    model = await gaussianCopula.fit({ schema: aSchema, rows: aSource }, { parameters: {}, random });
  });

  it.each([
    [[['age', 82]]],
    [[['ward', null]]],
    [
      [
        ['creatinine', null],
        ['age', { low: 30, high: 40 }],
      ],
    ],
    [
      [
        ['ward', 'C'],
        ['smoker', 'true'],
        ['creatinine', 1.2],
      ],
    ],
    [
      [
        ['admitted', { low: 18_100, high: 18_110 }],
        ['seen at', null],
      ],
    ],
  ] as [[string, Condition][]][])('are met in every row: %j', async (conditions) => {
    const made = await sample(model, 700, conditions);
    expect(made.get('age')).toHaveLength(700);
    for (const [name, condition] of conditions)
      for (const cell of made.get(name)!) {
        if (typeof condition === 'object' && condition !== null) {
          expect(Number(cell)).toBeGreaterThanOrEqual(condition.low);
          expect(Number(cell)).toBeLessThanOrEqual(condition.high);
        } else expect(cell).toBe(condition);
      }
  });

  it('give the law of the other columns that rows have which happen to meet them', async () => {
    const cell = (row: number, draw: number): number => Math.round(1000 * at(row, draw));
    const made = await learn({
      a: cellsOf((row) => cell(row, 0)),
      b: cellsOf((row) => cell(row, 0) + cell(row, 1)),
      c: cellsOf((row) => cell(row, 1) + cell(row, 2)),
    });
    const free = await sample(made, 60_000);
    const met = free
      .get('b')!
      .flatMap((b, row) =>
        Number(free.get('a')![row]) >= 700 && Number(b) <= 1100 ? [free.get('c')![row]!] : [],
      );
    const given = await sample(made, 5000, [
      ['a', { low: 700, high: 5000 }],
      ['b', { low: -5000, high: 1100 }],
    ]);
    // c has an sd below 410, so the difference of the two means has one below 12.
    expect(met.length).toBeGreaterThan(2000);
    expect(Math.abs(mean(met) - mean(given.get('c')!))).toBeLessThan(60);
    expect(Math.abs(mean(met) - mean(free.get('c')!))).toBeGreaterThan(150);
  });

  it.each([
    [[['age', 300]]],
    [[['age', '82']]],
    [[['age', 30.5]]],
    [[['ward', 'D']]],
    [[['ward', { low: 1, high: 2 }]]],
    [[['age', { low: 300, high: 400 }]]],
    [[['age', null]]],
  ] as [[string, Condition][]][])('are refused when no row can meet them: %j', (conditions) => {
    const options = { columns: names, rows: 1, random, conditions: new Map(conditions) };
    expect(() => gaussianCopula.sample(model, options)).toThrow(ConditionError);
  });

  it('do not depend on the size of a block, nor do rows without one', async () => {
    for (const conditions of [
      new Map<string, Condition>(),
      new Map<string, Condition>([
        ['age', 50],
        ['ward', 'C'],
      ]),
    ]) {
      const options = { columns: names, rows: 300, random, conditions };
      const whole = await collectCells(sampleGaussianCopula(model, options, 300));
      for (const size of [1, 64, 299])
        expect(await collectCells(sampleGaussianCopula(model, options, size))).toEqual(whole);
    }
  });
});
