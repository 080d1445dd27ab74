import type { ColumnProfile } from '../../core/profile/profile.js';
import type { Random } from '../../core/random/random.js';
import { categoricalSampler } from './categorical-sampler.js';
import type { ColumnSampler } from './column-sampler.js';
import { numericSampler } from './numeric-sampler.js';
import { WithheldColumnError } from './withheld-column-error.js';

/**
 * @throws {WithheldColumnError} when the profile says nothing about the column's values
 * @throws {RangeError} when the column has no count above zero that a value can be drawn from
 */
export function createColumnSampler(profile: ColumnProfile, random: Random): ColumnSampler {
  switch (profile.kind) {
    case 'numeric':
      return numericSampler(profile, random);
    case 'categorical':
      return categoricalSampler(profile, random);
    case 'withheld':
      throw new WithheldColumnError(profile.name, profile.reason);
  }
}
