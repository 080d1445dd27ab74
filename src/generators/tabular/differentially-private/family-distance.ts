import { countGroups } from './grouped-table.js';
import type { GroupedTable } from './grouped-table.js';
import type { Family } from '../bayesian-network/grow-network.js';

/**
 * How many rows would have to change their group of the child to make it independent of its parents: half the sum of
 * |c(x, p) - s(x) c(p)| over the groups x of the child and the combinations p of the parents, s being shares of noisy
 * counts that are paid for already.
 *
 * One row more raises c(x, p) and c(p) by 1 for one x and one p. That moves the term of x by at most 1 - s(x) and those
 * of the other groups by their s: half of 2 (1 - s(x)), so at most 1, whatever the number of rows is. Mutual
 * information, the score of the first PrivBayes, moves by a part of its range that falls with the number of rows only
 * as ln(n) / n, and that number is not public.
 */
export function familyDistance(table: GroupedTable, family: Family, shares: Float64Array): number {
  const counts = countGroups(table, [...family.parents, family.child]);
  const width = shares.length;
  let distance = 0;
  for (let start = 0; start < counts.length; start += width) {
    const own = counts.subarray(start, start + width);
    const rows = own.reduce((sum, count) => sum + count, 0);
    if (rows === 0) continue;
    for (const [group, count] of own.entries()) distance += Math.abs(count - rows * (shares[group] ?? 0));
  }
  return distance / 2;
}
