import type {
  CategoricalProfile,
  ColumnProfile,
  NumericProfile,
  Profile,
} from '../../core/profile/profile.js';
import { Random } from '../../core/random/random.js';
import { aProfile, columnNames } from '../testing/a-profile.js';
import { collectCells } from '../testing/cells.js';
import type { Cell } from '../testing/cells.js';
import { sampleBlocks } from './independent-marginals.js';

const rows = 20_000;
const random = Random.fromSeed('42');
const columnOf = (name: string): ColumnProfile => aProfile.columns.find((column) => column.name === name)!;
const profileWith = (column: ColumnProfile): Profile => ({ ...aProfile, columns: [column] });
const sampleOne = (column: ColumnProfile): Promise<Map<string, Cell[]>> =>
  collectCells(sampleBlocks(profileWith(column), { columns: [column.name], rows: 100, random }, 100));

describe('independent marginals', () => {
  let cells: Map<string, Cell[]>;
  beforeAll(async () => {
    cells = await collectCells(sampleBlocks(aProfile, { columns: columnNames, rows, random }, 4096));
  });

  // Dvoretzky-Kiefer-Wolfowitz: P(sup |F_n - F| > e) <= 2 exp(-2 n e^2) for n independent draws. The smallest n here
  // is about 16,000 present cells; we ask n >= 15,000, where e = 0.02 gives 2 exp(-12) = 1.2e-5 a column. The seed is
  // fixed, so the test does not flicker: this is how unlikely it is that a right sampler failed it from the start.
  const tolerance = 0.02;

  it.each(['creatinine', 'age', 'admitted', 'seen at'])('draws %s as its histogram says', (name) => {
    const { edges, counts } = columnOf(name) as NumericProfile;
    const values = cells.get(name)!.filter((cell) => cell !== null) as number[];
    expect(values.length).toBeGreaterThan(15_000);
    const total = counts.reduce((sum, count) => sum + count, 0);
    let below = 0;
    for (const [bin, count] of counts.entries()) {
      below += count;
      const isLast = bin === counts.length - 1;
      const drawn = values.filter((value) => isLast || value < edges[bin + 1]!).length / values.length;
      expect(Math.abs(drawn - below / total)).toBeLessThan(tolerance);
      const middle = (edges[bin]! + edges[bin + 1]!) / 2;
      const belowMiddle = values.filter((value) => value < middle).length / values.length;
      // Within a bin the law is uniform on the grid; the middle splits it to within one grid point of at least 20.
      expect(Math.abs(belowMiddle - (below - count / 2) / total)).toBeLessThan(
        tolerance + count / total / 20,
      );
    }
  });

  it.each(['ward', 'smoker'])('draws %s with the shares of the profile', (name) => {
    const { categories, pooledCount } = columnOf(name) as CategoricalProfile;
    const values = cells.get(name)!.filter((cell) => cell !== null);
    const total = categories.reduce((sum, { count }) => sum + count, pooledCount);
    for (const { value, count } of [...categories, { value: '(other)', count: pooledCount }]) {
      const drawn = values.filter((cell) => cell === value).length / values.length;
      // Hoeffding, n >= 15,000: P(|share - p| > 0.02) <= 2 exp(-2 n 0.02^2) = 1.2e-5.
      expect(Math.abs(drawn - count / total)).toBeLessThan(tolerance);
    }
  });

  it.each(columnNames)('leaves out as many cells of %s as the profile', (name) => {
    const { missingCount, count } = columnOf(name);
    const missing = cells.get(name)!.filter((cell) => cell === null).length / rows;
    const share = (missingCount ?? 0) / ((missingCount ?? 0) + count);
    expect(Math.abs(missing - share)).toBeLessThan(tolerance); // Hoeffding as above.
  });

  it('keeps no relation between columns', () => {
    const north = cells.get('ward')!.map((ward) => ward === '=B');
    const old = cells.get('age')!.map((age) => typeof age === 'number' && age >= 60);
    const share = (flags: boolean[]): number => flags.filter(Boolean).length / rows;
    const both = share(north.map((flag, row) => flag && old[row]!));
    // Three Hoeffding bounds: each share is within 0.02 of its probability, so the difference is within 0.06.
    expect(Math.abs(both - share(north) * share(old))).toBeLessThan(0.06);
  });

  it('gives the same rows whatever the size of a block', async () => {
    const options = { columns: columnNames, rows: 300, random };
    const whole = await collectCells(sampleBlocks(aProfile, options, 300));
    for (const size of [1, 7, 64, 299]) {
      expect(await collectCells(sampleBlocks(aProfile, options, size))).toEqual(whole);
    }
  });

  it('lets timers run between blocks', async () => {
    let ticks = 0;
    const timer = setInterval(() => ticks++, 0);
    await collectCells(sampleBlocks(aProfile, { columns: columnNames, rows: 50_000, random }, 500));
    clearInterval(timer);
    expect(ticks).toBeGreaterThan(3);
  });

  it('leaves every cell out when no record has a value', async () => {
    const ward = {
      ...columnOf('ward'),
      count: 0,
      missingCount: 50,
      categories: [],
      pooledCount: 0,
    } as ColumnProfile;
    expect(new Set((await sampleOne(ward)).get('ward'))).toEqual(new Set([null]));
  });

  it('never draws from a bin that is finer than the decimals', async () => {
    const age = { ...columnOf('age'), edges: [20, 20.2, 20.8, 30], counts: [10, 500, 10] } as ColumnProfile;
    const values = (await sampleOne(age)).get('age') as number[];
    expect(values.every((value) => Number.isInteger(value) && value >= 20 && value < 30)).toBe(true);
  });

  it('refuses a profile without any value to draw, and a row count that is none', () => {
    const age = { ...columnOf('age'), counts: [0, 0, 0] } as ColumnProfile;
    const sample = (count: number): unknown =>
      sampleBlocks(profileWith(age), { columns: ['age'], rows: count, random }, 10);
    expect(() => sample(1)).toThrow('Column "age": there is no count above zero');
    expect(() => sample(-1)).toThrow('-1 is not a number of rows.');
  });
});
