import { tableCells } from '../../../core/marginals/cell-map.js';
import { countCodes } from '../../../core/marginals/count-codes.js';
import type { CodedRows } from '../../../core/marginals/count-codes.js';
import type { Family } from './grow-network.js';
import type { BayesianNetworkParameters } from './parameters.js';

/** A value that less than this share of the column's rows has. */
const rareShare = 0.1;

/**
 * Rows of the child's groups for each combination of its parents (that of the first parent slowest). Combinations of
 * fewer than `minLeaf` rows, and small ones in which everybody has one rare value, say what those of one parent fewer
 * say: no share rests on a few people.
 */
export function guardedShares(
  rows: CodedRows,
  { child, parents }: Family,
  { minLeaf, purityFloor }: Pick<BayesianNetworkParameters, 'minLeaf' | 'purityFloor'>,
): Float64Array {
  const width = rows.sizes[child] ?? 1;
  const alone = Float64Array.from(countCodes(rows, [child]));
  const total = sumOf(alone);
  const isRare = alone.map((count) => (count < rareShare * total ? 1 : 0));
  const isSafe = (shares: Float64Array): boolean => {
    const own = sumOf(shares);
    if (own < minLeaf) return false;
    const only = shares.findIndex((count) => count === own);
    return only < 0 || own >= purityFloor || isRare[only] === 0;
  };
  let known = alone;
  for (let given = 1; given <= parents.length; given += 1) {
    const axes = [...parents.slice(0, given), child];
    const counted = Float64Array.from(countCodes(rows, axes));
    const last = rows.sizes[parents[given - 1] ?? 0] ?? 1;
    for (let combination = 0; combination < tableCells(axes, rows.sizes) / width; combination += 1) {
      const start = combination * width;
      if (isSafe(counted.subarray(start, start + width))) continue;
      const fewer = Math.floor(combination / last) * width;
      counted.set(known.subarray(fewer, fewer + width), start);
    }
    known = counted;
  }
  return known;
}

function sumOf(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
