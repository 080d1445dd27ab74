import { exactNoise } from '../../../core/privacy/noise.js';
import { replayedBits } from '../../../core/privacy/testing/replayed-bits.js';
import { Random } from '../../../core/random/random.js';
import { aBoundedSchema, aSource } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import type { NetworkModel } from '../network/network-model.js';
import { sampleNetwork } from '../network/sample-network.js';
import { groupCells } from './group-cells.js';
import { mstMethod } from './mst.js';
import { learnNetwork } from './private-network.js';

const random = Random.fromSeed('42');
const columns = aBoundedSchema.columns.map(({ name }) => name);

describe('MST', () => {
  let model: NetworkModel;
  let cells: Map<string, Cell[]>;
  beforeAll(async () => {
    const noise = exactNoise(replayedBits('mst'));
    const parameters = { epsilon: 5, delta: 1e-6, rowsPerSubject: 1, cells: 16 };
    const input = { schema: aBoundedSchema, rows: aSource };
    model = await learnNetwork(mstMethod, input, { parameters, random, noise });
    cells = await collectCells(sampleNetwork(model, { columns, rows: 5000, random }, 4096));
  });

  it('makes a tree of the columns', () => {
    expect(model.columns.filter(({ parents }) => parents.length === 0)).toHaveLength(1);
    expect(model.columns.filter(({ parents }) => parents.length === 1)).toHaveLength(columns.length - 1);
  });

  it('keeps the relations between columns', () => {
    const north = cells.get('ward')!.map((ward) => ward === 'Élan "North", 1');
    const share = (isOld: boolean): number => {
      const rows = cells.get('age')!.flatMap((age, row) => (Number(age) > 64 === isOld ? [row] : []));
      return rows.filter((row) => north[row]).length / rows.length;
    };
    // 0.95 and near 0.05 in the source's rule; noise of about 15 rows on cells of 1200 rows, and bins of 5 years.
    expect(share(true)).toBeGreaterThan(0.8);
    expect(share(false)).toBeLessThan(0.25);
  });

  it('gives the same rows whatever the size of a block', async () => {
    const options = { columns, rows: 300, random };
    const whole = await collectCells(sampleNetwork(model, options, 300));
    for (const size of [1, 7, 64, 299])
      expect(await collectCells(sampleNetwork(model, options, size))).toEqual(whole);
  });

  it('pays for the columns, every choice and the pairs, a third each', () => {
    const rhoOf = (purpose: RegExp): number =>
      model.spent.reduce(
        (sum, { purpose: own, cost }) => sum + (purpose.test(own) && cost.kind === 'zcdp' ? cost.rho : 0),
        0,
      );
    const all = rhoOf(/./);
    for (const purpose of [/counts of 6 columns/, /a pair of columns/, /counts of 5 pairs/])
      expect(rhoOf(purpose) / all).toBeCloseTo(1 / 3, 2);
    expect(model.spent).toHaveLength(7);
  });
});

describe('the groups of cells', () => {
  const noisy = (counts: number[], sigma = 1): { counts: Float64Array; sigma: number } => ({
    counts: Float64Array.from(counts),
    sigma,
  });
  const numbers = (cells: number) =>
    ({ kind: 'numbers', decimals: 0, first: 0, points: cells, cells, mayBeMissing: false }) as const;
  const categories = (count: number, mayBeMissing = false) =>
    ({ kind: 'categories', values: Array.from({ length: count }, String), mayBeMissing }) as const;
  const listed = ({ groups: { starts, cells } }: ReturnType<typeof groupCells>): number[][] =>
    Array.from({ length: starts.length - 1 }, (_, group) => [
      ...cells.subarray(starts[group], starts[group + 1]),
    ]);

  it('of categories are the frequent ones, and one of all others', () => {
    expect(listed(groupCells(categories(4), noisy([50, 2, 40, 2.5]), 10))).toEqual([[0], [2], [1, 3]]);
    expect(listed(groupCells(categories(4), noisy([50, 30, 40, 20]), 3))).toEqual([[0], [2], [1, 3]]);
  });

  it('leave out what does not stand out of the noise', () => {
    expect(listed(groupCells(categories(4), noisy([50, 1, 40, -1]), 10))).toEqual([[0], [2]]);
    expect(listed(groupCells(categories(2, true), noisy([50, 60, 2]), 10))).toEqual([[0], [1]]);
  });

  it('are one of all cells where nothing does', () => {
    expect(listed(groupCells(categories(2, true), noisy([5, -6, 2], 10), 10))).toEqual([[0, 1, 2]]);
  });

  it('of numbers are neighbours, a heap by itself, with their part of the rows', () => {
    const found = groupCells(numbers(8), noisy([5, 5, 90, 5, 5, 10, 10, 0]), 4);
    expect(listed(found)).toEqual([[0, 1], [2], [3, 4, 5, 6, 7]]);
    expect([...found.counts]).toEqual([10, 90, 30]);
    expect([...found.variances]).toEqual([2, 1, 5]);
  });
});
