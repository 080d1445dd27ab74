import type {
  CategoricalProfile,
  ColumnProfile,
  NumericProfile,
  WithheldProfile,
} from '../../core/profile/profile.js';
import { NotComputableError } from '../not-computable-error.js';
import { missingKey } from './cell-key.js';

/**
 * The probability that a column drawn by itself from the profile gives the cell with this key. Worked out here from
 * the profile's figures and not taken from a generator, so that a generator's mistake does not excuse itself.
 */
export function chanceOfCell(profile: Exclude<ColumnProfile, WithheldProfile>): (key: number) => number {
  const missing = profile.missingCount ?? 0;
  const cells = missing + profile.count;
  if (!(cells > 0))
    throw new NotComputableError(`The profile of column "${profile.name}" rests on no record.`);
  const missingShare = missing / cells;
  const chance = profile.kind === 'numeric' ? chanceOfNumber(profile) : chanceOfCategory(profile);
  return (key) => (key === missingKey ? missingShare : (1 - missingShare) * chance(key));
}

function chanceOfCategory({ categories, pooledCount }: CategoricalProfile): (key: number) => number {
  const counts = [...categories.map(({ count }) => count), pooledCount];
  const total = counts.reduce((sum, count) => sum + count, 0);
  return (key) => (total > 0 ? (counts[key] ?? 0) / total : 0);
}

/** The bin's share, spread evenly over the values that the column's decimals can write inside the bin. */
function chanceOfNumber({ edges, counts, decimals }: NumericProfile): (key: number) => number {
  const starts = edges.map((edge) => Math.ceil(toGrid(edge, decimals)));
  const widths = counts.map((_, bin) => (starts[bin + 1] ?? NaN) - (starts[bin] ?? NaN));
  const weights = counts.map((count, bin) => ((widths[bin] ?? 0) > 0 ? count : 0));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return (key) => {
    const bin = lastAtOrBelow(starts, key);
    const width = widths[bin] ?? 0; // Beyond the outer edges there is no bin: never drawn.
    return width > 0 && total > 0 ? (weights[bin] ?? 0) / total / width : 0;
  };
}

/** An edge in units of the last decimal; 0.29 * 100 is not 29 in floating point, so near-whole counts as whole. */
function toGrid(edge: number, decimals: number): number {
  const scaled = edge * 10 ** decimals;
  const whole = Math.round(scaled);
  return Math.abs(scaled - whole) <= 1e-9 * Math.max(1, Math.abs(scaled)) ? whole : scaled;
}

/** The last place whose start is at or below the key; -1 when none is. `starts` never falls. */
function lastAtOrBelow(starts: readonly number[], key: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((starts[middle] ?? Infinity) <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
