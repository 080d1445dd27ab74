import type { NumericProfile } from '../../core/profile/profile.js';
import type { Random } from '../../core/random/random.js';
import type { Column } from '../../core/table/table.js';
import type { ColumnSampler, RowRange } from './column-sampler.js';
import { gridBin, valueInBin } from './grid-bin.js';
import type { GridBin } from './grid-bin.js';
import { draws, missingSampler } from './missing-sampler.js';
import { WeightedChoice } from './weighted-choice.js';

/** A bin by its share, then a value uniformly among those of the bin that the column's decimals can write. */
export function numericSampler(profile: NumericProfile, random: Random): ColumnSampler {
  const bins = gridBins(profile);
  // A bin that holds no writable value cannot be drawn; its share goes to the others in proportion.
  const weights = profile.counts.map((count, index) => (bins[index]?.points ? count : 0));
  const choice = profile.count > 0 ? new WeightedChoice(`Column "${profile.name}"`, weights) : undefined;
  const isMissing = missingSampler(profile, random);
  return ({ start, count }: RowRange) => {
    const values = profile.type === 'date' ? new Int32Array(count) : new Float64Array(count);
    const missing = new Uint8Array((count + 7) >> 3);
    for (let offset = 0; offset < count; offset++) {
      const row = start + offset;
      const bin = isMissing(row) ? undefined : bins[choice?.pick(random.uniformAt(row, draws.choice)) ?? -1];
      if (bin) values[offset] = valueInBin(bin, random.uniformAt(row, draws.within));
      else missing[offset >> 3] = (missing[offset >> 3] ?? 0) | (1 << (offset & 7));
    }
    return numericColumn(profile.type, values, missing);
  };
}

function gridBins({ edges, counts, decimals }: NumericProfile): GridBin[] {
  return counts.map((_, index) =>
    gridBin({
      lower: edges[index] ?? NaN,
      upper: edges[index + 1] ?? NaN,
      decimals,
    }),
  );
}

function numericColumn(
  type: NumericProfile['type'],
  values: Float64Array | Int32Array,
  missing: Uint8Array,
): Column {
  if (values instanceof Int32Array) return { kind: 'date', values, missing };
  return { kind: type === 'datetime' ? 'datetime' : 'number', values, missing };
}
