import { UnknownColumnError } from '../../../core/schema/unknown-column-error.js';
import { aSchema, aSource } from '../../testing/a-source.js';
import type { Cell } from '../../testing/cells.js';
import {
  at,
  cellsOf,
  correlation,
  learn,
  mean,
  random,
  rowCount,
  sample,
} from '../../testing/copula-tables.js';
import { TooFewRowsError } from '../guards/too-few-rows-error.js';
import { ParameterError } from '../parameter-error.js';
import { gaussianCopula } from './gaussian-copula.js';
import { distributionNames } from './marginal.js';
import type { GaussianCopulaModel } from './model.js';

const fit = (parameters: Record<string, unknown> = {}): Promise<GaussianCopulaModel> =>
  gaussianCopula.fit({ schema: aSchema, rows: aSource }, { parameters, random });

describe('the parameters of the Gaussian copula', () => {
  it.each([
    [{ knotRows: 4 }],
    [{ classFloor: 39 }],
    [{ tailCount: 9 }],
    [{ valueFloor: 9 }],
    [{ categoryFloor: 9 }],
    [{ perClass: 'age' }],
    [{ perClass: 3 }],
    [{ marginal: 'cauchy' }],
    [{ marginals: { ward: 'norm' } }],
    [{ marginals: ['norm'] }],
    [{ nothing: 1 }],
  ])('refuse %j', async (parameters) => {
    await expect(fit(parameters)).rejects.toThrow(ParameterError);
  });

  it.each([[{ perClass: 'wrad' }], [{ marginals: { wrad: 'norm' } }]])(
    'refuse the unknown column of %j',
    async (parameters) => {
      await expect(fit(parameters)).rejects.toThrow(UnknownColumnError);
    },
  );

  it.each([0, 39])('refuse %d rows', async (rows) => {
    await expect(learn({ a: new Array<Cell>(rows).fill(1) })).rejects.toThrow(TooFewRowsError);
  });
});

describe('the marginals of the Gaussian copula', () => {
  const normal = (row: number, draw: number): number =>
    Math.sqrt(-2 * Math.log(at(row, draw))) * Math.cos(2 * Math.PI * at(row, draw + 1));
  const level = cellsOf((row) => Math.round(1000 * (50 + 10 * normal(row, 0))) / 1000);
  const partner = cellsOf((row) => Math.round(100 * (Number(level[row]) + 10 * normal(row, 2))) / 100);

  it.each([...distributionNames.filter((name) => name !== 'uniform'), 'best-fit'])(
    'of kind %s keep mean, spread and correlation',
    async (marginal) => {
      const model = await learn({ level, partner }, { marginal });
      const made = await sample(model);
      const values = made.get('level')!;
      // The mean of 4000 has an sd of 0.16, here and in the source, and the fit may be off by as much again.
      expect(Math.abs(mean(values) - 50)).toBeLessThan(1);
      expect(Math.abs(Math.sqrt(mean(values.map((x) => (Number(x) - 50) ** 2))) - 10)).toBeLessThan(0.8);
      // r = 0.707, with an sd of 0.008 in each sample.
      expect(Math.abs(correlation(values, made.get('partner')!) - Math.SQRT1_2)).toBeLessThan(0.05);
      const { marginals } = model.groups[0]!;
      if (marginal !== 'best-fit')
        expect(marginals.map((each) => each.kind === 'numbers' && each.distribution)).toEqual([
          marginal,
          marginal,
        ]);
    },
  );

  it('are chosen by their distance when asked to', async () => {
    const twoHumps = cellsOf((row) => Number(level[row]) + (row % 2 === 0 ? 100 : 0));
    const model = await learn({ twoHumps }, { marginal: 'best-fit' });
    expect(model.groups[0]!.marginals).toMatchObject([{ distribution: 'kde' }]);
  });
});

describe('the guards of the Gaussian copula', () => {
  it('keep no number of fewer than five people, neither in the model nor in the rows', async () => {
    const dose = cellsOf((row) => Math.round((1 + 3 * at(row, 0)) * 1e9) / 1e9);
    const model = await learn({ dose });
    const known = new Set(dose);
    const [marginal] = model.groups[0]!.marginals;
    expect(marginal?.kind === 'numbers' && [...marginal.values].filter((value) => known.has(value))).toEqual(
      [],
    );
    // Of 3 x 10^9 values 4000 are known: all rows together hit one with p = 4000 x 4000 / 3e9 = 0.005.
    expect((await sample(model)).get('dose')!.filter((cell) => known.has(cell))).toEqual([]);
  });

  it('let no single value move the ends', async () => {
    const planted = [999_999, 500_000, 250_001, -77_777];
    const cost = cellsOf((row) => planted[row] ?? Math.round(1000 * at(row, 4)));
    const made = (await sample(await learn({ cost }), 20_000)).get('cost')!.map(Number);
    expect(Math.max(...made)).toBeLessThan(1050);
    expect(Math.min(...made)).toBeGreaterThanOrEqual(-50);
    const other = cellsOf((row) => (row === 0 ? 123_456_789 : cost[row]!));
    const [one, two] = [await learn({ cost }), await learn({ cost: other })];
    expect(gaussianCopula.save(one)).toEqual(gaussianCopula.save(two));
  });

  it('pool what few rows have', async () => {
    const ward = cellsOf((row) => (row < 9 ? 'rare' : row < 18 ? 'rarer' : 'abc'[row % 3]!));
    expect(new Set((await sample(await learn({ ward }))).get('ward'))).toEqual(
      new Set(['a', 'b', 'c', '(other)']),
    );
  });

  it('repeat no combination that one row has', async () => {
    const given = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, draw) => [
        name,
        cellsOf((row) => (row === 0 ? 'z' : 'uvwxyz'[Math.floor(5 * at(row, 10 + draw) ** 1.5 + 0.2)]!)),
      ]),
    );
    const made = await sample(await learn(given));
    const keys = cellsOf((row) => [...made.values()].map((cells) => cells[row]).join(''));
    expect(keys).not.toContain('zzzzzzzz');
  });
});

describe('categories in the Gaussian copula', () => {
  it('keep their relation to numbers and to each other in spite of their ties', async () => {
    const sick = cellsOf((row) => (at(row, 0) < 0.3 ? 'yes' : 'no'));
    const dose = cellsOf((row) => Math.round(100 * (at(row, 1) + (sick[row] === 'yes' ? 0.5 : 0))));
    const treated = cellsOf((row) => (at(row, 2) < (sick[row] === 'yes' ? 0.8 : 0.1) ? 'yes' : 'no'));
    const made = await sample(await learn({ sick, dose, treated }), 20_000);
    const among = (name: string, value: string): Cell[] =>
      made.get(name)!.filter((_, row) => made.get('sick')![row] === value);
    // Source: means 99.5 and 49.5, shares 0.8 and 0.1, each with an sd below 0.02 of its size.
    expect(mean(among('dose', 'yes')) - mean(among('dose', 'no'))).toBeGreaterThan(40);
    const treatedShare = (value: string): number =>
      among('treated', value).filter((cell) => cell === 'yes').length / among('treated', value).length;
    expect(Math.abs(treatedShare('yes') - 0.8)).toBeLessThan(0.06);
    expect(Math.abs(treatedShare('no') - 0.1)).toBeLessThan(0.03);
  });

  it('are copulas of their own for each class, the rare ones together', async () => {
    const kind = cellsOf((row) => (row < 30 ? 'few' : row % 2 === 0 ? 'up' : 'down'));
    const x = cellsOf((row) => Math.round(1000 * at(row, 0)));
    const y = cellsOf((row) => (kind[row] === 'up' ? Number(x[row]) : 1000 - Number(x[row])));
    const model = await learn({ x, y, kind }, { perClass: 'kind' });
    expect(model.classes.map(({ group }) => group)).toEqual([1, 0, 2]);
    const made = await sample(model);
    const among = (name: string, value: string): Cell[] =>
      made.get(name)!.filter((_, row) => made.get('kind')![row] === value);
    expect(correlation(among('x', 'up'), among('y', 'up'))).toBeGreaterThan(0.98);
    expect(correlation(among('x', 'down'), among('y', 'down'))).toBeLessThan(-0.98);
    expect(among('x', 'few').length).toBeGreaterThan(10); // 30 expected, sd 5.5.
  });
});

describe('what is missing in the Gaussian copula', () => {
  it('is missing together, and depends on the rest', async () => {
    const trial = cellsOf((row) => (at(row, 0) < 0.7 ? 'in' : 'out'));
    const whenIn = (cell: Cell, row: number): Cell => (trial[row] === 'in' ? cell : null);
    const made = await sample(
      await learn({
        trial,
        copper: cellsOf((row) => whenIn(Math.round(90 * at(row, 1)), row)),
        drug: cellsOf((row) => whenIn('xyz'[row % 3]!, row)),
        weight: cellsOf((row) => (at(row, 2) < 0.1 ? null : Math.round(90 * at(row, 3)))),
        never: cellsOf(() => null),
      }),
    );
    const missing = (name: string): boolean[] => made.get(name)!.map((cell) => cell === null);
    expect(missing('copper')).toEqual(missing('drug'));
    const isOut = made.get('trial')!.map((cell) => cell === 'out');
    const agree = missing('copper').filter((gap, row) => gap === isOut[row]).length / rowCount;
    expect(agree).toBeGreaterThan(0.95);
    const shareOf = (name: string): number => missing(name).filter(Boolean).length / rowCount;
    expect(Math.abs(shareOf('weight') - 0.1)).toBeLessThan(0.03); // sd 0.005 in both.
    expect(shareOf('never')).toBe(1);
  });
});
