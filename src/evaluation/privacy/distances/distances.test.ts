import type { Column } from '../../../core/table/table.js';
import type { EvaluationContext } from '../../evaluation-context.js';
import type { Measure } from '../../measure.js';
import { aPopulation } from '../../testing/a-population.js';
import { bootstrapWithNoise, independentMarginalsOf, withRecords } from '../../testing/candidates.js';
import { aComparison } from '../../testing/a-comparison.js';
import { exactCopiesAboveHoldout } from '../copies/exact-copies-above-holdout.js';
import { identicalMatchShare } from '../copies/identical-match-share.js';
import { distanceToClosestRecord } from './distance-to-closest-record.js';
import { nearCopiesAboveHoldout } from './near-copies.js';
import { nearerToTraining } from './nearer-to-training.js';
import { nearestNeighbourRatio } from './nearest-neighbour-ratio.js';

const [train, holdout, fresh] = ['train', 'holdout', 'fresh'].map((seed) => aPopulation(seed, 600));
const against = (candidate: Record<string, Column>): EvaluationContext =>
  aComparison({ train: train!, holdout: holdout!, candidate });

const clean = against(fresh!);
const marginals = against(independentMarginalsOf(train!, 'a'));
const noisy = against(bootstrapWithNoise(train!, 'a', 0.15));
const copied = against(
  withRecords(
    fresh!,
    train!,
    Array.from({ length: 60 }, (_, row) => row),
  ),
);

const distances = [nearerToTraining, distanceToClosestRecord, nearestNeighbourRatio, nearCopiesAboveHoldout];
const copies = [exactCopiesAboveHoldout, identicalMatchShare];
const named = (list: readonly Measure[]): [string, Measure][] => list.map((one) => [one.name, one]);
const zero = (name: string): number => (name === 'nearer-to-training' ? 0.5 : 0);

/** Numbers with two decimals, and so much added to each. */
function moved(columns: Record<string, Column>, by: number): Record<string, Column> {
  const move = (column: Column): Column =>
    column.kind === 'number'
      ? { ...column, values: column.values.map((value) => Math.round(value * 100) / 100 + by) }
      : column;
  return Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, move(column)]));
}

describe('distances and copies', () => {
  it.each(named([...distances, ...copies]))(
    '%s finds nothing in fresh people and independent columns',
    async (name, measure) => {
      for (const context of [clean, marginals])
        expect((await measure.run(context)).value).toBeLessThanOrEqual(zero(name));
    },
  );

  it.each(named(distances))('%s finds records that were moved a little', async (name, measure) => {
    const { value, interval } = await measure.run(noisy);
    expect(value).toBeGreaterThan(zero(name) + 0.05);
    expect(value).toBe(interval?.low);
  });

  it.each(named(copies))('%s finds copies', async (_, measure) => {
    expect((await measure.run(copied)).value).toBeGreaterThan(0.03);
    expect((await measure.run(noisy)).value).toBe(0);
  });

  it.each(named(copies))('%s finds copies that were rounded when they were written', async (_, measure) => {
    const fine = (columns: Record<string, Column>): Record<string, Column> => moved(columns, 1e-7);
    const context = aComparison({
      train: fine(train!),
      holdout: fine(holdout!),
      candidate: moved(withRecords(fresh!, train!, [...Array(60).keys()]), 0),
    });
    expect((await measure.run(context)).value).toBeGreaterThan(0.03);
  });

  it('count each copied record once, however often it was copied', async () => {
    const many = withRecords(fresh!, train!, Array<number>(60).fill(5));
    const { value, explanation } = await exactCopiesAboveHoldout.run(against(many));
    expect(value).toBe(0);
    expect(explanation).toContain('1 of 600 distinct records learned from');
  });

  it.each(named(distances))('%s says that it clears nothing', async (_, measure) => {
    expect((await measure.run(clean)).explanation).toContain('cannot show that none can be recognised');
  });

  it('carry what they rest on, and repeat', async () => {
    const { basis, value } = await nearerToTraining.run({ ...clean, seed: 'one' });
    expect(basis).toEqual({ rows: { train: 600, holdout: 600, candidate: 600 }, seed: 'one', version: '1' });
    expect((await nearerToTraining.run({ ...clean, seed: 'one' })).value).toBe(value);
  });

  it('compare halves of unequal size fairly', async () => {
    const unequal = aComparison({ train: train!, holdout: aPopulation('few', 200), candidate: fresh! });
    for (const measure of [...distances, ...copies])
      expect((await measure.run(unequal)).value).toBeLessThanOrEqual(zero(measure.name));
  });
});
