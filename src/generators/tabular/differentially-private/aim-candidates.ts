import { tableCells } from '../../../core/marginals/cell-map.js';
import type { Axes } from '../../../core/marginals/cell-map.js';
import { junctionTreeCells, largestClique } from '../../../core/marginals/junction-tree.js';
import type { Random } from '../../../core/random/random.js';
import { countGroups } from './grouped-table.js';
import type { GroupedTable } from './grouped-table.js';
import type { ModelSample } from './model-sample.js';

/** Columns that could be measured together. */
export interface Candidates {
  /** Those that keep the model within `cellsMax` cells, beside what has been measured already. */
  within(measured: readonly Axes[], cellsMax: number): Axes[];
  /**
   * How much measuring each would tell: its part of the workload times by how much the model is wrong beyond what noise
   * of standard deviation `sigma` a cell would hide. A row moves a score by at most the largest number of columns.
   */
  score(candidates: readonly Axes[], sample: ModelSample, sigma: number): number[];
}

const cliqueCellsMax = 20_000;
/** Triples are many, so each round looks at some that are drawn at random, whatever the rows are. */
const triplesDrawn = 60;

export function aimCandidates(table: GroupedTable, degree: number, random: Random): Candidates {
  const axes = [...table.sizes.keys()];
  const pairs = axes.flatMap((left) => axes.slice(left + 1).map((right): Axes => [left, right]));
  const counted = new Map<string, Int32Array>();
  const trueCounts = (candidate: Axes): Int32Array => {
    const known = counted.get(candidate.join());
    if (known) return known;
    const counts = countGroups(table, candidate);
    if (candidate.length === 2) counted.set(candidate.join(), counts);
    return counts;
  };
  return {
    within: (measured, cellsMax) => {
      const drawn = degree > 2 ? drawTriples(axes.length, random) : [];
      return [...pairs, ...drawn].filter(
        (candidate) =>
          tableCells(candidate, table.sizes) <= cliqueCellsMax &&
          fits(table, [...measured, candidate], cellsMax),
      );
    },
    score: (candidates, sample, sigma) =>
      candidates.map((candidate) => {
        const { counts: expected, drift } = sample.expectedCounts(candidate);
        const found = trueCounts(candidate);
        const error = found.reduce((sum, count, cell) => sum + Math.abs(count - (expected[cell] ?? 0)), 0);
        const hidden = Math.sqrt(2 / Math.PI) * sigma * found.length + drift;
        return candidate.length * (error - hidden);
      }),
  };
}

function fits({ sizes }: GroupedTable, sets: readonly Axes[], cellsMax: number): boolean {
  return largestClique(sets, sizes) <= cliqueCellsMax && junctionTreeCells(sets, sizes) <= cellsMax;
}

function drawTriples(columns: number, random: Random): Axes[] {
  if (columns < 3) return [];
  return Array.from({ length: triplesDrawn }, () => {
    const axes = new Set<number>();
    while (axes.size < 3) axes.add(random.integerBelow(columns));
    return [...axes].sort((a, b) => a - b);
  });
}
