import type { Column } from '../../../core/table/table.js';
import type { EvaluationContext } from '../../evaluation-context.js';
import type { Measure } from '../../measure.js';
import { aComparison } from '../../testing/a-comparison.js';
import { aPopulation } from '../../testing/a-population.js';
import { bootstrapWithNoise } from '../../testing/candidates.js';
import { membershipByDensity } from '../membership/by-density.js';
import { membershipByCalibratedDistance, membershipByDistance } from '../membership/by-distance.js';
import { attributeDisclosure } from './attribute-disclosure.js';
import { kMap, rareCombinations, replicatedUniques } from './combinations.js';
import { outliersReproduced } from './outliers-reproduced.js';

const [train, holdout, fresh] = ['train', 'holdout', 'fresh'].map((seed) => aPopulation(seed, 400));
const against = (candidate: Record<string, Column>): EvaluationContext =>
  aComparison({ train: train!, holdout: holdout!, candidate });
const clean = against(fresh!);
const remembered = against(bootstrapWithNoise(train!, 'c', 0.05));
const copied = against(train!);

const membership = [membershipByDistance, membershipByCalibratedDistance, membershipByDensity];
const reproduction = [replicatedUniques, kMap, rareCombinations, attributeDisclosure, outliersReproduced];
const named = (list: readonly Measure[]): [string, Measure][] => list.map((one) => [one.name, one]);

describe('membership and reproduction', () => {
  it.each(named(membership))('%s tells a remembered table from a fresh one', async (_, measure) => {
    expect((await measure.run(clean)).value).toBeLessThan(0.5);
    expect((await measure.run(remembered)).value).toBeGreaterThan(0.55);
  });

  it.each(named(reproduction))('%s tells a copied table from a fresh one', async (_, measure) => {
    expect((await measure.run(clean)).value).toBe(0);
    expect((await measure.run(copied)).value).toBeGreaterThan(0.01);
  });
});
