import type { ColumnProfile } from '../../core/profile/profile.js';
import type { Random } from '../../core/random/random.js';

/** Row i uses uniformAt(i, draw). A new kind of draw gets a new number, so that the old values stay as they are. */
export const draws = { missing: 0, choice: 1, within: 2 } as const;

/**
 * Tells whether a row is missing, with the profile's share of missing cells.
 * A share that disclosure control suppressed (null) is drawn as zero: nothing may be made from a hidden count.
 */
export function missingSampler(profile: ColumnProfile, random: Random): (row: number) => boolean {
  const missing = profile.missingCount ?? 0;
  const share = missing === 0 ? 0 : missing / (missing + profile.count);
  return (row) => random.uniformAt(row, draws.missing) < share;
}
