import type { Axes } from '../../../core/marginals/cell-map.js';
import type { PrivacyAccount } from '../../../core/privacy/privacy-account.js';
import type { PrivacyUnits } from '../../../core/privacy/privacy-units.js';
import { countGroups } from './grouped-table.js';
import type { GroupedTable } from './grouped-table.js';
import { nearestCounts } from './nearest-counts.js';

interface Edge {
  readonly axes: Axes;
  /** How far the pair is from independent columns: the sum of absolute differences. A row moves it by at most 1. */
  readonly score: number;
}

/**
 * Chooses the pairs of columns that hold the table together, one by one as Kruskal does, each by the exponential
 * mechanism for an equal part of `rho`.
 */
export function chooseSpanningTree(table: GroupedTable, account: PrivacyAccount, rho: PrivacyUnits): Axes[] {
  const { columns } = table;
  let edges = scoreEdges(table);
  const part = columns.map((_, axis) => axis);
  const chosen: Axes[] = [];
  const cost = rho / BigInt(Math.max(1, columns.length - 1));
  while (edges.length > 0) {
    const at = account.choose(
      'a pair of columns',
      edges.map(({ score }) => score),
      { sensitivity: 1, cost },
    );
    const [left = 0, right = 0] = edges[at]?.axes ?? [];
    chosen.push([left, right]);
    const [from, to] = [part[left], part[right]];
    for (const [axis, own] of part.entries()) if (own === from) part[axis] = to ?? 0;
    edges = edges.filter(({ axes: [one = 0, other = 0] }) => part[one] !== part[other]);
  }
  return chosen;
}

function scoreEdges(table: GroupedTable): Edge[] {
  const { total, measured } = table;
  const shares = measured.map(({ counts }) => nearestCounts(counts, total).map((count) => count / total));
  const edges: Edge[] = [];
  for (const [left, ofLeft] of shares.entries())
    for (let right = left + 1; right < shares.length; right += 1) {
      const ofRight = shares[right] ?? new Float64Array();
      const counts = countGroups(table, [left, right]);
      let score = 0;
      for (const [cell, count] of counts.entries()) {
        const share =
          (ofLeft[Math.floor(cell / ofRight.length)] ?? 0) * (ofRight[cell % ofRight.length] ?? 0);
        score += Math.abs(count - total * share);
      }
      edges.push({ axes: [left, right], score });
    }
  return edges;
}
