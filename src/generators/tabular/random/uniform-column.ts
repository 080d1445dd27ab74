import type { Random } from '../../../core/random/random.js';
import { createMissingBitmap } from '../../../core/table/missing-bitmap.js';
import type { ColumnSampler } from '../column-sampler.js';
import { valueInBin } from '../grid-bin.js';
import type { ValueSpace } from './value-space.js';

/** Draws each value of the space with equal probability. */
export function uniformColumn(space: ValueSpace, random: Random): ColumnSampler {
  return ({ start, count }) => {
    const missing = createMissingBitmap(count);
    if (space.kind === 'category') {
      const codes = new Int32Array(count);
      const size = space.values.length;
      for (let offset = 0; offset < count; offset += 1)
        codes[offset] = Math.min(size - 1, Math.floor(random.uniformAt(start + offset) * size));
      return { kind: 'category', codes, dictionary: space.values, missing };
    }
    const values = new Float64Array(count);
    for (let offset = 0; offset < count; offset += 1)
      values[offset] = valueInBin(space.grid, random.uniformAt(start + offset));
    if (space.kind === 'date') return { kind: 'date', values: Int32Array.from(values), missing };
    return { kind: space.kind, values, missing };
  };
}
