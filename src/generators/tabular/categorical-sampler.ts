import { pooledCategory } from '../../core/profile/profile.js';
import type { CategoricalProfile } from '../../core/profile/profile.js';
import type { Random } from '../../core/random/random.js';
import type { ColumnSampler, RowRange } from './column-sampler.js';
import { draws, missingSampler } from './missing-sampler.js';
import { WeightedChoice } from './weighted-choice.js';

/** A published category by its share; categories that were pooled come out as one, `pooledCategory`. */
export function categoricalSampler(profile: CategoricalProfile, random: Random): ColumnSampler {
  const published = profile.categories.map(({ value }) => value);
  const dictionary = profile.pooledCount > 0 ? [...published, pooledCategory] : published;
  const weights = [...profile.categories.map(({ count }) => count), profile.pooledCount];
  const choice = profile.count > 0 ? new WeightedChoice(`Column "${profile.name}"`, weights) : undefined;
  const isMissing = missingSampler(profile, random);
  return ({ start, count }: RowRange) => {
    const codes = new Int32Array(count);
    const missing = new Uint8Array((count + 7) >> 3);
    for (let offset = 0; offset < count; offset++) {
      const row = start + offset;
      if (choice && !isMissing(row)) codes[offset] = choice.pick(random.uniformAt(row, draws.choice));
      else missing[offset >> 3] = (missing[offset >> 3] ?? 0) | (1 << (offset & 7));
    }
    return { kind: 'category', codes, dictionary, missing };
  };
}
