import { Random } from '../../../core/random/random.js';
import type { ColumnSchema } from '../../../core/schema/schema.js';
import { aSchema } from '../../testing/a-source.js';
import { collectCells } from '../../testing/cells.js';
import type { Cell } from '../../testing/cells.js';
import { randomMode, sampleUniform } from './random-mode.js';

const rows = 20_000;
const draw = async (column: Omit<ColumnSchema, 'name' | 'missingMarkers'>): Promise<Cell[]> => {
  const schema = { columns: [{ name: 'a', missingMarkers: [''], ...column }] };
  const options = { columns: ['a'], rows, random: Random.fromSeed('42') };
  return (await collectCells(randomMode.sample(schema, options))).get('a') ?? [];
};
const provenance = 'declared';

describe('random mode', () => {
  it.each([
    ['its whole numbers', { type: 'integer', bounds: { low: -1, high: 2, provenance } }, [-1, 0, 1, 2]],
    [
      'its decimals',
      { type: 'number', decimals: 1, bounds: { low: 0.3, high: 0.6, provenance } },
      [0.3, 0.4, 0.5, 0.6],
    ],
    ['one value', { type: 'integer', bounds: { low: 7, high: 7, provenance } }, [7]],
    ['its days', { type: 'date', bounds: { low: 19_000, high: 19_001, provenance } }, [19_000, 19_001]],
    ['its categories', { type: 'category', categories: { values: ['x', 'y'], provenance } }, ['x', 'y']],
    ['letters where no category is declared', { type: 'category' }, ['A', 'B', 'C', 'D', 'E']],
    ['both booleans', { type: 'boolean' }, ['false', 'true']],
    ['whole numbers from 0 to 100', { type: 'integer' }, Array.from({ length: 101 }, (_, value) => value)],
    ['hundredths from 0 to 1', { type: 'number' }, Array.from({ length: 101 }, (_, value) => value / 100)],
  ] as const)('draws %s, each as often', async (_, column, expected) => {
    const cells = await draw(column);
    expect(new Set(cells)).toEqual(new Set<Cell>(expected));
    for (const value of expected) {
      const share = cells.filter((cell) => cell === (value as Cell)).length / rows;
      expect(Math.abs(share - 1 / expected.length)).toBeLessThan(0.02); // Hoeffding: 2 exp(-2 20000 0.02^2) = 2e-7.
    }
  });

  it.each([
    ['date', 0, 22_279],
    ['datetime', 0, 22_280 * 86_400_000 - 1],
  ] as const)('draws a %s from 1970 to 2030', async (type, low, high) => {
    const values = (await draw({ type })).map(Number);
    const span = high - low;
    expect(Math.min(...values)).toBeGreaterThanOrEqual(low);
    expect(Math.max(...values)).toBeLessThanOrEqual(high);
    expect(Math.max(...values) - Math.min(...values)).toBeGreaterThan(0.99 * span);
    expect(new Date(22_279 * 86_400_000).toISOString().slice(0, 10)).toBe('2030-12-31');
  });

  it.each([
    [{ type: 'integer', bounds: { low: 2, high: 1, provenance } }, 'not bounds'],
    [{ type: 'integer', bounds: { low: 0.2, high: 0.8, provenance } }, 'no value with 0 decimals'],
    [{ type: 'number', bounds: { low: 0, high: Infinity, provenance } }, 'not bounds'],
    [{ type: 'category', categories: { values: [], provenance } }, 'no category'],
    [{ type: 'identifier' }, 'cannot be generated'],
    [{ type: 'free-text' }, 'cannot be generated'],
  ] as const)('refuses %j', async (column, message) => {
    await expect(draw(column)).rejects.toThrow(message);
  });

  it('gives the same rows whatever the size of a block', async () => {
    const columns = aSchema.columns.map(({ name }) => name);
    const options = { columns, rows: 300, random: Random.fromSeed('42') };
    const whole = await collectCells(sampleUniform(aSchema, options, 300));
    for (const size of [1, 7, 64, 299])
      expect(await collectCells(sampleUniform(aSchema, options, size))).toEqual(whole);
  });
});
